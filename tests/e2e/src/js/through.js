// Put before all else in the page: each worker first runs the script that stands beside the page, by the page's name.
(() => {
  const Real = window.Worker;
  window.Worker = class extends Real {
    constructor(address) {
      const through = new URL(`${location.pathname}.js`, document.baseURI);
      through.searchParams.set('real', new URL(address, document.baseURI));
      super(through, { type: 'module' });
    }
  };
})();
