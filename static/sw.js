// The service worker: lets a browser isolate the page where the host can't send the headers for it. An isolated page
// may share memory between its workers, and has finer clocks; see docs/isolation.md.
//
// It is no cache: it keeps nothing and answers nothing by itself. It sets headers on what needs them, the page's own
// document, from which its workers have theirs; everything else goes its way as if it weren't there, and so does any
// other page of the same host. It is kept beside the page, unhashed, so that the worker which is to serve offline one
// day comes to the same address and takes its place.

// Opener and embedder policy isolate a page of its own, in each browser; document isolation one in a frame, in
// Chromium alone, the others pass over it. The resource policy lets an isolated page embed this one. All that the page
// loads is its own, so that it can require what others would need a permission for: `credentialless` is not known
// everywhere.
const ISOLATING = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Document-Isolation-Policy': 'isolate-and-credentialless',
};

const PAGE = ['./', './index.html'].map((address) => new URL(address, location).pathname);

function needsHeaders({ mode, method, url }) {
  return mode === 'navigate' && method === 'GET' && PAGE.includes(new URL(url).pathname);
}

async function isolated(request) {
  const response = await fetch(request);
  // A redirect, which the browser follows by itself.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATING)) headers.set(name, value);
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}

// A new version takes over at once: it keeps nothing that an older one could miss. A page that was opened without it
// stays without it.
addEventListener('install', () => skipWaiting());

addEventListener('fetch', (event) => {
  if (needsHeaders(event.request)) event.respondWith(isolated(event.request));
});
