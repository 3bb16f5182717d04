// A lane of the same work in a plain worker: its part of the tasks, one after the other.

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The interpreter's round, in the 32 bits that JavaScript multiplies at full speed.
function count(iterations, seed) {
  let state = seed;
  for (let round = 0; round < iterations; round++) {
    state = (Math.imul(state ^ (state >>> 16), 0x85ebca6b) + 1) | 0;
  }
  return state;
}

let state = 1;

onmessage = async ({ data: { tasks, step } }) => {
  for (let task = 1; task <= tasks; task++) {
    postMessage({ text: "One", task, atMs: performance.now() });
    if (step.sleep) await pause(step.sleep);
    if (step.count) state = count(step.count, state);
    postMessage({ text: "Two", task, atMs: performance.now(), state });
  }
  postMessage("end");
};
postMessage("up");
