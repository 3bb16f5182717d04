// Boots a worker. The page's glue imports this file as well, to learn its address.
//
// The page's first message is [address of the glue, compiled module]; all others are for Rust, and wait here until
// it listens.

export function address() {
  return import.meta.url;
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope && self.name === "interleave") {
  const backlog = [];
  self.onmessage = ({ data: [glue, module] }) => {
    self.onmessage = (event) => backlog.push(event);
    import(glue).then((rust) => {
      rust.initSync({ module });
      self.onmessage = null;
      rust.lane_main();
      backlog.forEach((event) => self.onmessage(event));
    });
  };
}
