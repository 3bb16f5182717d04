// A worker that is the real one until it has a lane with a step that says “Throw” or “Close”: then it does so, in the
// turn after it has posted what it recorded.
const ways = {
  Throw: () => setTimeout(() => { throw new Error('Broken on purpose'); }),
  Close: () => close(),
};
let way;
addEventListener('message', ({ data }) => {
  const text = data[0] instanceof Uint8Array ? new TextDecoder('latin1').decode(data[0]) : '';
  way = Object.keys(ways).find(name => text.includes(name)) ?? way;
});
const { postMessage } = self;
self.postMessage = (message, ...more) => {
  // The second byte says what the message is, see src/run/protocol.rs; once sent, there are no bytes here.
  const hasPosted = message[1] === 1;
  postMessage.call(self, message, ...more);
  if (way && hasPosted) { ways[way](); way = undefined; }
};
