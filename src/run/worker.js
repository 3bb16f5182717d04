// Boots a worker. The page's glue imports this file as well, to learn its address.
//
// When the script listens it says so by a bare `true`: what was sent before may be lost (a page can have wrapped its
// workers, as test harnesses do). Then comes [address of the glue, compiled module]; all that follows is for Rust,
// and waits here until Rust listens. What goes wrong is reported as an error of the worker, so that the page hears.

export function address() {
  return import.meta.url;
}

async function boot([glue, module]) {
  const backlog = [];
  self.onmessage = (event) => backlog.push(event);
  const rust = await import(glue);
  rust.initSync({ module });
  rust.lane_main();
  backlog.forEach((event) => self.onmessage(event));
}

// The glue imports this file in the worker too, where a browser may evaluate it once more: then it is booting already.
const isWorker = typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope;
if (isWorker && self.name === "interleave" && self.onmessage === null) {
  self.onmessage = ({ data }) => boot(data).catch(reportError);
  self.postMessage(true);
}
