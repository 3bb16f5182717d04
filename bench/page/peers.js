// The same work in plain JavaScript, as one who knows it well would write it by hand.
// Work is { tasks, step }, a step { sleep: ms }, { count: iterations } or "print"; a task prints One before it and Two
// after it.

import { watched } from "./frames.js";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// All at once on the event loop; sleeps only.
globalThis.js_loop = async ({ tasks, step }) => {
  const start = performance.now();
  const output = [];
  const print = (task, text) => output.push({ atMs: performance.now() - start, task, text });
  await Promise.all(
    Array.from({ length: tasks }, async (_, task) => {
      print(task, "One");
      await pause(step.sleep);
      print(task, "Two");
    }),
  );
  return { elapsedMs: performance.now() - start, startupMs: 0 };
};

// The same, with the frames watched.
globalThis.js_loop_watched = (work) => watched(globalThis, () => globalThis.js_loop(work));

// In so many workers, let go together, each with its part of the tasks.
globalThis.js_workers = async ({ tasks, step }, lanes) => {
  const start = performance.now();
  const output = [];
  const workers = Array.from({ length: lanes }, () => new Worker("peer-worker.js"));
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
    worker.addEventListener("message", ({ data }) => data.text && output.push(data));
  }
  await Promise.all(workers.map((worker) => hear(worker, "up")));
  const startupMs = performance.now() - start;
  const ends = workers.map((worker) => hear(worker, "end"));
  for (const worker of workers) worker.postMessage({ tasks: tasks / lanes, step });
  await Promise.all(ends);
  const elapsedMs = performance.now() - start;
  for (const worker of workers) worker.terminate();
  return { elapsedMs, startupMs };
};

// What one reading of the clock costs, and what recording an event does that a plain object stands for, in ns.
globalThis.js_recording = () => {
  const times = 1_000_000;
  const each = (what) => {
    const start = performance.now();
    for (let index = 0; index < times; index++) what(index);
    return ((performance.now() - start) / times) * 1e6;
  };
  let events = [];
  let sink = 0;
  each((task) => events.push({ atMs: 0, task, text: "One" }));
  events = [];
  const objectNs = each((task) => events.push({ atMs: 0, task, text: "One" }));
  const readingNs = each(() => (sink += performance.now()));
  return { objectNs, readingNs, sink };
};

// How far a worker's clock is from this page's, in ms, as the narrowest of many exchanges bounds it.
globalThis.js_clock = async (exchanges) => {
  const worker = new Worker("peer-clock.js");
  const now = () => performance.timeOrigin + performance.now();
  const answer = () => new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
  await answer();
  let [atLeast, atMost] = [-Infinity, Infinity];
  for (let exchange = 0; exchange < exchanges; exchange++) {
    const sent = now();
    const heard = answer();
    worker.postMessage(null);
    const said = await heard;
    atLeast = Math.max(atLeast, said - now());
    atMost = Math.min(atMost, said - sent);
  }
  worker.terminate();
  return { atLeastMs: atLeast, atMostMs: atMost };
};
