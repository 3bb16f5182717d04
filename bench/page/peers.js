// The same work in plain JavaScript, as one would write it by hand.

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// print One, sleep, print Two, so many at once on the event loop.
globalThis.js_async = async (tasks, ms) => {
  const start = performance.now();
  const output = [];
  const print = (task, text) => output.push({ atMs: performance.now() - start, task, text });
  await Promise.all(
    Array.from({ length: tasks }, async (_, task) => {
      print(task, "One");
      await pause(ms);
      print(task, "Two");
    }),
  );
  return { elapsedMs: performance.now() - start, startupMs: 0, texts: output.map(({ text }) => text) };
};

// The same, each task in a worker of its own, let go together.
globalThis.js_workers = async (tasks, ms) => {
  const start = performance.now();
  const texts = [];
  const workers = Array.from({ length: tasks }, () => new Worker("peer-worker.js"));
  const hear = (worker, what) =>
    new Promise((resolve) => {
      worker.addEventListener("message", function listen({ data }) {
        if (data === what) {
          worker.removeEventListener("message", listen);
          resolve();
        }
      });
    });
  for (const worker of workers) {
    worker.addEventListener("message", ({ data }) => data.text && texts.push(data.text));
  }
  await Promise.all(workers.map((worker) => hear(worker, "up")));
  const startupMs = performance.now() - start;
  const ends = workers.map((worker) => hear(worker, "end"));
  for (const worker of workers) worker.postMessage(ms);
  await Promise.all(ends);
  const elapsedMs = performance.now() - start;
  for (const worker of workers) worker.terminate();
  return { elapsedMs, startupMs, texts };
};
