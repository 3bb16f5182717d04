// Boots a worker: with glue and a compiled module, which the page sends first. All that follows is for Rust, and waits
// here until Rust listens. What goes wrong is reported as an error of the worker, so that the page hears.
//
// Built, this stands at the end of the lanes' glue, and `glue` is the very file: one fetch, which is most of what a
// worker's start can save. Else, as in tests, it is a script of its own, and the page's glue imports it for its address.

export function address() {
  return import.meta.url;
}

// A worker that ends without an error tells nobody. So it holds a lock for as long as it lives, and says which: who gets
// that lock knows that the worker is gone. Some pages may not use locks, as in a sandbox; then it says so, and nobody
// knows. The page listens to nothing else before: a worker in a blocking wait could not get a lock any more.
async function hold() {
  const name = `interleave-${crypto.randomUUID()}`;
  await navigator.locks.request(name, () => {
    postMessage(name);
    return new Promise(() => {});
  });
}

// Calls `gone` when the worker that holds this lock is gone.
export function watch(name, gone) {
  navigator.locks.request(name, gone).catch(() => {});
}

async function boot([glue, module]) {
  const backlog = [];
  self.onmessage = (event) => backlog.push(event);
  const rust = typeof initSync === "function" ? { initSync, lane_main } : await import(glue);
  rust.initSync({ module });
  rust.lane_main();
  backlog.forEach((event) => self.onmessage(event));
}

// The glue may import this file in the worker too, where a browser may evaluate it once more: then it is booting already.
const isWorker = typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope;
if (isWorker && self.name === "interleave" && self.onmessage === null) {
  hold().catch(() => postMessage(""));
  self.onmessage = ({ data }) => boot(data).catch(reportError);
}
