// A browser without room for another wasm memory, as often as `refusals` says.
const refuse = () => {
  refusals -= 1;
  throw new RangeError('Out of memory, on purpose');
};
const { Instance, instantiate, instantiateStreaming } = WebAssembly;
WebAssembly.Instance = function (...parts) { return refusals > 0 ? refuse() : new Instance(...parts); };
WebAssembly.Instance.prototype = Instance.prototype;
WebAssembly.instantiate = async (...parts) => (refusals > 0 ? refuse() : instantiate(...parts));
WebAssembly.instantiateStreaming = async (...parts) => (refusals > 0 ? refuse() : instantiateStreaming(...parts));
