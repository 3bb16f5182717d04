// Put behind all else in a script that workers first run: goes on as the real one. What the page sends before that
// listens is kept for it.
const early = [];
const keep = (event) => early.push(event);
addEventListener('message', keep);
await import(new URL(import.meta.url).searchParams.get('real'));
removeEventListener('message', keep);
early.forEach(({ data, ports }) => dispatchEvent(new MessageEvent('message', { data, ports })));
