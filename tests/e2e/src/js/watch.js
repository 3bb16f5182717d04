// Put before all else in the page: tells of its memory, and of its workers, as watch-worker.js has them tell.
(() => {
  // The bytes of the page's own wasm memory, which can grow and never shrinks.
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      const { memory } = (made.instance ?? made).exports;
      window.watchedMemory = () => memory.buffer.byteLength;
      return made;
    };
  }
  // For each worker that the browser still has: what it has done so far, or null if it does not answer. The page has
  // locks of its own.
  window.watchedWorkers = async () => {
    const { held } = await navigator.locks.query();
    const workers = new Map(held.filter(({ name }) => name.startsWith('worker ')).map(({ name }) => [name, null]));
    const channel = new BroadcastChannel('watch');
    await new Promise(resolve => {
      const enough = setTimeout(resolve, 300);
      channel.onmessage = ({ data: { name, done } }) => {
        if (name !== undefined && workers.has(name)) workers.set(name, done);
        if (Array.from(workers.values()).every(done => done !== null)) { clearTimeout(enough); resolve(); }
      };
      if (workers.size === 0) resolve(); else channel.postMessage({});
    });
    channel.close();
    return Array.from(workers);
  };
})();
