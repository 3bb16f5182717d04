// Drives the page through its public messages, as any embedding page would. Measures nothing that the result tells.

import { busy, frame_by_frame, watched } from "./frames.js";

const frame = document.getElementById("interleave");

function next(type) {
  return new Promise((resolve) => {
    addEventListener("message", function hear({ data, source }) {
      if (source === frame.contentWindow && data.interleave === 1 && data.type === type) {
        removeEventListener("message", hear);
        resolve(data);
      }
    });
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const say = (message) => frame.contentWindow.postMessage({ interleave: 1, ...message }, "*");

// Sets a link up, and waits until the page has drawn what it predicts of it.
async function load(link) {
  const loaded = next("loaded");
  say({ type: "load", link });
  await loaded;
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
}
globalThis.set_up = load;

// Runs what is set up in a mode; gives the result.
async function run(mode) {
  const result = next("result");
  say({ type: "run", modes: [mode] });
  return (await result).result;
}

// Opens the page afresh, and waits until its pool is warm and its machine measured; gives the environment.
globalThis.open_page = async (address) => {
  const ready = next("ready");
  frame.contentWindow.location.replace(address);
  await ready;
  for (let before = Infinity; ; ) {
    // A run puts off the measuring, which is repeated as often as it was disturbed.
    await pause(4000);
    await load("?v=1&tasks=1&steps=print:warm");
    const { environment } = await run("sync");
    const counts = environment.countsPerMs;
    if (counts !== null && counts <= 1.01 * before && before < Infinity) return environment;
    before = counts ?? Infinity;
  }
};

// Runs a link in a mode; gives its run.
globalThis.run_mode = async (link, mode) => {
  await load(link);
  return (await run(mode)).runs[0];
};

// The same, with the frames watched from outside until the result is here.
globalThis.run_mode_watched = async (link, mode) => {
  await load(link);
  return watched(frame.contentWindow, async () => (await run(mode)).runs[0]);
};

// Runs what is set up in all its modes, so many times.
globalThis.run_all = async (times) => {
  for (let left = times; left > 0; left -= 1) {
    const result = next("result");
    say({ type: "run" });
    const bad = (await result).result.runs.find(({ status }) => status !== "finished" && status !== "unavailable");
    if (bad !== undefined) throw new Error(`${bad.mode}: ${bad.reason}`);
  }
};

// Runs a link in a mode, stops it after so many milliseconds; gives how long the stop took from when it was due, since a
// page that has no time for a click either is late with it, and the run.
globalThis.stop = async (link, mode, after) => {
  await load(link);
  const result = run(mode);
  const due = performance.now() + after;
  await pause(after);
  say({ type: "cancel" });
  const { runs } = await result;
  return { tookMs: performance.now() - due, status: runs[0].status, output: runs[0].output.length };
};

// How large the memory of the page's wasm has become: it never shrinks.
globalThis.wasm_bytes = () => frame.contentWindow.interleaveWasm.memory.buffer.byteLength;

// What is shown as predicted: how long each mode takes, and each timeline in words.
const shown = (selector, attribute) => () =>
  [...frame.contentDocument.querySelectorAll(selector)].map((element) => element.getAttribute(attribute));
const figures = shown("[data-figure=predicted]", "data-ms");
const timelines = shown("canvas.timeline", "aria-label");

// Types into the field of the form that holds `from`.
function type(from, to) {
  const field = [...frame.contentDocument.querySelectorAll("form input")].find(({ value }) => value === from);
  field.value = to;
  field.dispatchEvent(new frame.contentWindow.InputEvent("input", { bubbles: true }));
}

const all_new = (now, before) => now.length === before.length && now.every((one, at) => one !== before[at]);

// Types; gives how long the page's thread is busy until all modes are predicted and drawn anew.
globalThis.redraw = (from, to) => {
  const before = [figures(), timelines()];
  const done = () => all_new(figures(), before[0]) && all_new(timelines(), before[1]);
  return busy(frame.contentWindow, () => type(from, to), done);
};

// Types; gives how long it takes until all modes' elapsed times are predicted anew, with the frames watched.
globalThis.predict = (from, to) =>
  watched(frame.contentWindow, async () => {
    const before = figures();
    const start = performance.now();
    await new Promise((resolve) => {
      const look = () => {
        if (!all_new(figures(), before)) return;
        watch.disconnect();
        resolve();
      };
      const watch = new MutationObserver(look);
      watch.observe(frame.contentDocument.body, { attributes: true, childList: true, subtree: true });
      type(from, to);
    });
    return { tookMs: performance.now() - start };
  });

// Asks for the whole timeline of a mode; gives how long it takes until it is drawn, with the frames watched.
globalThis.predict_whole = (mode) =>
  watched(frame.contentWindow, async () => {
    const card = frame.contentDocument.querySelector(`[data-mode=${mode}]`);
    const label = () => card.querySelector("canvas.timeline").getAttribute("aria-label");
    const [before, start] = [label(), performance.now()];
    card.querySelector("[data-action=predict-whole]").click();
    while (label() === before) await pause(5);
    return { tookMs: performance.now() - start };
  });

// Sets a link up, and waits until so many modes are predicted and drawn.
globalThis.set_up_predicted = async (link, modes) => {
  await load(link);
  while (figures().length < modes) await pause(20);
  await pause(300);
};

// Turns the wheel over a mode's timeline, once a frame, each time by the next of some turns; gives how long the thread is
// busy in each frame.
globalThis.turn_wheel = async (mode, turns, count) => {
  const view = frame.contentWindow;
  const box = frame.contentDocument.querySelector(`[data-mode=${mode}] .timeline-box`);
  const label = () => box.querySelector("canvas").getAttribute("aria-label");
  while (!label().includes("measured")) await pause(20);
  // Until the page asks for no frame any more: what it does in one is behind what is measured from then on.
  await pause(3000);
  const { left, width, top } = box.getBoundingClientRect();
  const place = { clientX: left + width / 2, clientY: top + 1, bubbles: true, cancelable: true };
  const turned = (at) => box.dispatchEvent(new view.WheelEvent("wheel", { ...place, ...turns[at % turns.length] }));
  return frame_by_frame(view, count, turned);
};
