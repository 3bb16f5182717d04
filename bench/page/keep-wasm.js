// Runs in the page's window before its own scripts, and keeps hold of its wasm: for the size of its memory, which no
// message tells.

for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await original.apply(WebAssembly, given);
    globalThis.interleaveWasm = (made.instance ?? made).exports;
    return made;
  };
}
