// Drives the page through its public messages, as any embedding page would.

const frame = document.getElementById("interleave");

function next(type) {
  return new Promise((resolve) => {
    addEventListener("message", function hear({ data, source }) {
      if (source === frame.contentWindow && data.interleave === 1 && data.type === type) {
        removeEventListener("message", hear);
        resolve(data);
      }
    });
  });
}

const say = (message) => frame.contentWindow.postMessage({ interleave: 1, ...message }, "*");

// Opens the page, and waits until its pool is warm and its machine measured.
globalThis.open_page = async (address) => {
  const ready = next("ready");
  frame.src = address;
  const { isolated, cores } = await ready;
  for (;;) {
    const { environment } = await globalThis.run("?v=1&tasks=1&steps=print:warm", ["sync"]);
    if (environment.countsPerMs !== null) return { isolated, cores, countsPerMs: environment.countsPerMs };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

// Runs a link in modes; gives the result.
globalThis.run = async (link, modes) => {
  const loaded = next("loaded");
  say({ type: "load", link });
  await loaded;
  const result = next("result");
  say({ type: "run", modes });
  return (await result).result;
};

// Runs a link in one mode, stops it after so many milliseconds; gives how long the stop took, and the run.
globalThis.stop = async (link, mode, after) => {
  const loaded = next("loaded");
  say({ type: "load", link });
  await loaded;
  const result = next("result");
  say({ type: "run", modes: [mode] });
  await new Promise((resolve) => setTimeout(resolve, after));
  const asked = performance.now();
  say({ type: "cancel" });
  const { runs } = (await result).result;
  return { tookMs: performance.now() - asked, status: runs[0].status, output: runs[0].output.length };
};
