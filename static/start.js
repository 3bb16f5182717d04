// Starts the page: gets it isolated where only a service worker can do that (see sw.js), then loads the glue and the
// wasm. What goes wrong here is told by boot.js, which hears of every error until the page is up.
//
//   opened ── isolated, or can't be ──────────────────────────────▶ start
//      └── sw.js registered ── active ── reload, marked ── opened ──▶ start
//             └── refused, or 1.5 s ──────────────────────────────▶ start
//
// Only a page that came by the worker is isolated, hence the reload. It happens before anything runs: nobody sees two
// pages, and an embedding page hears once that this one is up.

// The mark is in the history's state, not in storage: it belongs to this very page or frame (several frames of one
// site may start at once), lasts through the reload, and is there where storage is blocked.
const MARK = 'interleave: reloaded';
// A registration takes some 50 ms and one or two round trips: this is enough for a slow line. Meanwhile the browser
// fetches the glue and the wasm, so what goes on without the worker has lost less than that. The next visit has it.
const PATIENCE_MS = 1500;

// A browser has room for some hundred wasm memories in all pages of a site together. Where pages with many workers have
// just been left, those still have theirs for a moment.
const ROOM_MS = 10_000;
const ROOM_PAUSE_MS = 200;

/** Takes the mark away. Whether it was there: then this page has been reloaded, and is not again. */
function wasReloaded() {
  const marked = history.state === MARK;
  if (marked) history.replaceState(null, '');
  return marked;
}

/** Whether a reload would bring the page by its service worker, and so perhaps isolated. */
async function isWorthReloading() {
  const { serviceWorker } = navigator;
  // There is none where the page isn't served securely, and a page that came by one can't get more of it.
  if (!serviceWorker || serviceWorker.controller) return false;
  await serviceWorker.register('./sw.js');
  // After a forced reload it is active at once, and no event tells.
  await serviceWorker.ready;
  return true;
}

/** Reloads the page if that can get it isolated; whether it does. */
async function reloads() {
  const marked = wasReloaded();
  // An old browser doesn't know the word.
  if (marked || window.crossOriginIsolated !== false) return false;
  try {
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, false));
    if (!await Promise.race([isWorthReloading(), late])) return false;
    history.replaceState(MARK, '');
    location.reload();
    return true;
  } catch {
    // Refused, sw.js not there, or storage is blocked: then it runs as it is.
    return false;
  }
}

/** Starts the wasm by its glue, as soon as there is room for its memory. */
async function start(init, wasm) {
  const late = performance.now() + ROOM_MS;
  for (;;) {
    try {
      return await init({ module_or_path: wasm });
    } catch (error) {
      if (!(error instanceof RangeError) || performance.now() > late) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, ROOM_PAUSE_MS));
  }
}

if (!await reloads()) {
  const { content, dataset } = document.querySelector('meta[name="interleave"]');
  const { default: init } = await import(new URL(content, document.baseURI));
  await start(init, new URL(dataset.wasm, document.baseURI));
}
