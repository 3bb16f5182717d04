// One task of the same work in a plain worker.

onmessage = ({ data: ms }) => {
  postMessage({ text: "One" });
  setTimeout(() => {
    postMessage({ text: "Two" });
    postMessage("end");
  }, ms);
};
postMessage("up");
