// Boots a worker. It stands in the worker's script behind the lanes' glue; see kit.rs. The page sends a compiled module
// first, and, where no glue stands here, as in tests, the address of its own. All that follows is for Rust, and waits
// here until Rust listens. What goes wrong is reported as an error of the worker, so that the page hears.

// Less than a run waits for a lane, see stage.rs.
const ROOM_MS = 5000;
const ROOM_PAUSE_MS = 100;

// A worker that ends without an error tells nobody. So it holds a lock for as long as it lives, and says which: who gets
// that lock knows that the worker is gone. Some pages may not use locks, as in a sandbox; then it says none, and nobody
// knows.
const held = new Promise((done, refused) => {
  const name = `interleave-${crypto.randomUUID()}`;
  const hold = () => {
    postMessage(name);
    done();
    return new Promise(() => {});
  };
  navigator.locks.request(name, hold).catch(refused);
}).catch(() => postMessage(''));

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

async function boot([module, glue]) {
  const backlog = [];
  self.onmessage = (event) => backlog.push(event);
  const rust = glue ? await import(glue) : wasm_bindgen;
  await start(rust.initSync, module);
  await held;
  rust.lane_main();
  backlog.forEach((event) => self.onmessage(event));
}

self.onmessage = ({ data }) => boot(data).catch(reportError);
