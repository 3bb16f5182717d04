// The frames that a window could draw while something went on, as anybody may watch them.

// Runs `what`; adds the longest gap between two frames of `view` to what it gives.
export async function watched(view, what) {
  let last = performance.now();
  let longestGapMs = 0;
  let request;
  const note = () => {
    const now = performance.now();
    longestGapMs = Math.max(longestGapMs, now - last);
    last = now;
  };
  const frame = () => {
    note();
    request = view.requestAnimationFrame(frame);
  };
  request = view.requestAnimationFrame(frame);
  const value = await what();
  note();
  view.cancelAnimationFrame(request);
  return { ...value, longestGapMs };
}

// Comes back after whatever the thread has to do already.
const turn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  });

// Does `what`; gives how long the thread is busy from then on, its frames included, until `done` holds.
export async function busy(view, what, done) {
  const frame = () => new Promise((resolve) => view.requestAnimationFrame(resolve));
  await frame();
  await turn();
  // Asked for before the page asks, so it is the first thing in its frame.
  let next = frame();
  let from = performance.now();
  what();
  await turn();
  let busyMs = performance.now() - from;
  while (!done()) {
    await next;
    from = performance.now();
    next = frame();
    await turn();
    busyMs += performance.now() - from;
  }
  return busyMs;
}

// Does `what` in each of so many frames; gives how long the thread is busy in each, with all that is drawn in it.
export async function frame_by_frame(view, count, what) {
  const frame = () => new Promise((resolve) => view.requestAnimationFrame(resolve));
  const tookMs = [];
  let next = frame();
  for (let at = 0; at < count; at += 1) {
    await next;
    const from = performance.now();
    // Asked for before the page asks, so it is the first thing in its frame.
    next = frame();
    what(at);
    await turn();
    tookMs.push(performance.now() - from);
  }
  await next;
  return tookMs;
}
