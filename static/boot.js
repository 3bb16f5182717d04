// Before the page is up: its colours, and what to say when it can't come up. A classic script, and no inline one, so
// that it works under a strict content policy and where modules or WebAssembly don't.
(function () {
  'use strict';
  var root = document.documentElement;
  var failed = false;

  // The link decides on the colours, else what was chosen here last; never of a frame, which is another page's.
  try {
    var query = new URLSearchParams(location.search);
    var theme = query.get('theme');
    if (theme !== 'light' && theme !== 'dark' && query.get('embed') !== '1') theme = localStorage.getItem('interleave-theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch (_) { /* No storage here: the system decides. */ }

  function show(id) { var element = document.getElementById(id); if (element) element.hidden = false; }
  function say(id, text) { var element = document.getElementById(id); if (element) element.textContent = text; }

  function fail(what, why, todo, said) {
    if (failed) return;
    failed = true;
    root.dataset.state = 'failed';
    var put = function () {
      say('boot-what', what);
      say('boot-why', why);
      say('boot-do', todo);
      say('boot-said', said || 'Nothing.');
      show('boot-failed');
      var loading = document.getElementById('boot-loading');
      if (loading) loading.hidden = true;
      var slow = document.getElementById('boot-slow');
      if (slow) slow.hidden = true;
    };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', put); else put();
  }

  function isLoading() { return root.dataset.state === 'loading'; }

  function reason(error) { return error && error.message ? String(error.name || 'Error') + ': ' + error.message : String(error); }

  // The page calls this when it panics.
  window.interleaveCrashed = function (said) {
    fail('Interleave has crashed',
      'The page ran into a mistake of its own and can not go on. What you set up is still in the address.',
      'Reload to go on from there. If it happens again, change the workload.', said);
  };

  function couldNotLoad(said) {
    if (!isLoading()) return;
    fail('Interleave could not start',
      'The part that runs the tasks, a WebAssembly file beside this page, could not be loaded or was refused.',
      'Check your connection and reload. If it stays so, something between here and the server may block or change '
      + '.wasm files: a filter, an extension, or the way the files were copied.', said);
  }

  function couldNotStart(error, said) {
    if (!(error instanceof RangeError)) return couldNotLoad(said);
    if (!isLoading()) return;
    fail('Interleave found no room',
      'The browser has no room for the memory that it runs in. All pages of this site share that room, and their workers.',
      'Close other tabs of this site, or a page that shows Interleave many times, then reload.', said);
  }

  if (typeof WebAssembly !== 'object' || typeof Promise !== 'function' || !('noModule' in HTMLScriptElement.prototype)) {
    fail('This browser can’t run Interleave',
      'It has no WebAssembly, or it is switched off, and the tasks run in it.',
      'Open this address in a current Chrome, Edge, Firefox or Safari, or allow WebAssembly (some lock-down modes '
      + 'switch it off).', navigator.userAgent);
    return;
  }

  // Scripts and files that don't load send their errors to themselves: only the capturing phase sees them.
  window.addEventListener('error', function (event) {
    if (!isLoading()) return;
    var from = event.target && (event.target.src || event.target.href);
    if (from) {
      var type = event.target.rel || event.target.localName;
      if (type === 'icon' || type === 'stylesheet') return;
      couldNotLoad('Could not load ' + from);
    } else {
      couldNotStart(event.error, event.message || reason(event.error));
    }
  }, true);
  window.addEventListener('unhandledrejection', function (event) { couldNotStart(event.reason, reason(event.reason)); });

  setTimeout(function () { if (isLoading()) { show('boot-slow'); } }, 8000);
})();
