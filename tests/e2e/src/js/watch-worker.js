// A worker that holds a lock for life, tells on a channel how much it has waited and turned, and then is the real one.
const name = `worker ${crypto.randomUUID()}`;
let done = 0;
const { wait } = Atomics;
Atomics.wait = (...all) => { done += 1; return wait(...all); };
const { postMessage } = MessagePort.prototype;
MessagePort.prototype.postMessage = function (...all) { done += 1; return postMessage.apply(this, all); };
const channel = new BroadcastChannel('watch');
channel.onmessage = ({ data }) => { if (data.name === undefined) channel.postMessage({ name, done }); };
navigator.locks.request(name, () => new Promise(() => {}));
