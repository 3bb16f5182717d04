// The frames that a window could draw while something went on, as anybody may watch them.

// Runs `what`; adds the longest gap between two frames of `view` to what it gives.
export async function watched(view, what) {
  let last = performance.now();
  let longestGapMs = 0;
  let request;
  const note = () => {
    const now = performance.now();
    longestGapMs = Math.max(longestGapMs, now - last);
    last = now;
  };
  const frame = () => {
    note();
    request = view.requestAnimationFrame(frame);
  };
  request = view.requestAnimationFrame(frame);
  const value = await what();
  note();
  view.cancelAnimationFrame(request);
  return { ...value, longestGapMs };
}
