// Tells the time by this worker's clock, whenever it is asked.

onmessage = () => postMessage(performance.timeOrigin + performance.now());
postMessage("up");
