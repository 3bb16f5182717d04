// Put before all else in the page: starts every worker by way of break-worker.js, which breaks it when told to.
(() => {
  const Real = window.Worker;
  window.Worker = class extends Real {
    constructor(address, options) {
      const through = new URL('break-worker.js', document.baseURI);
      through.searchParams.set('real', new URL(address, document.baseURI));
      super(through, options);
    }
  };
})();
