// Runs in the page's window before its own scripts, and adds up what moves by itself, as the browser scores it:
// https://wicg.github.io/layout-instability/. What follows within half a second of a click or a key is no matter.

const shifts = { score: 0, last: 0 };
globalThis.shifts = shifts;

// Whether nothing has moved, and nothing was predicted or drawn, for a second.
shifts.atRest = () => performance.now() - shifts.last > 1000;

new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) {
    if (!hadRecentInput) shifts.score += value;
    shifts.last = performance.now();
  }
}).observe({ type: "layout-shift", buffered: true });

document.addEventListener("DOMContentLoaded", () => {
  const changed = () => (shifts.last = performance.now());
  new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
});
