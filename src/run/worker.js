// Boots a worker: with glue and a compiled module, which the page sends first. All that follows is for Rust, and waits
// here until Rust listens. What goes wrong is reported as an error of the worker, so that the page hears.
//
// Built, this stands at the end of the lanes' glue, and `glue` is the very file: one fetch, which is most of what a
// worker's start can save. Else, as in tests, it is a script of its own, and the page's glue imports it for its address.

// Less than a run waits for a lane, see src/run/stage.rs.
const ROOM_MS = 5000;
const ROOM_PAUSE_MS = 100;

export function address() {
  return import.meta.url;
}

// A worker that ends without an error tells nobody. So it holds a lock for as long as it lives, and says which: who gets
// that lock knows that the worker is gone. Some pages may not use locks, as in a sandbox; then nobody knows.
function hold() {
  return new Promise((done) => {
    const name = `interleave-${crypto.randomUUID()}`;
    const held = () => {
      postMessage(name);
      done();
      return new Promise(() => {});
    };
    navigator.locks.request(name, held).catch(done);
  }).catch(() => {});
}

// Calls `gone` when the worker that holds this lock is gone.
export function watch(name, gone) {
  navigator.locks.request(name, gone).catch(() => {});
}

// Starts the wasm as soon as there is room for its memory: workers that were just let go still have theirs for a moment.
async function start(initSync, module) {
  const late = performance.now() + ROOM_MS;
  for (;;) {
    try {
      return initSync({ module });
    } catch (error) {
      if (!(error instanceof RangeError) || performance.now() > late) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, ROOM_PAUSE_MS));
  }
}

async function boot([glue, module], held) {
  const backlog = [];
  self.onmessage = (event) => backlog.push(event);
  const rust = typeof initSync === "function" ? { initSync, lane_main } : await import(glue);
  await start(rust.initSync, module);
  await held;
  rust.lane_main();
  backlog.forEach((event) => self.onmessage(event));
}

// The glue may import this file in the worker too, where a browser may evaluate it once more: then it is booting already.
const isWorker = typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope;
if (isWorker && self.name === "interleave" && self.onmessage === null) {
  const held = hold();
  self.onmessage = ({ data }) => boot(data, held).catch(reportError);
}
