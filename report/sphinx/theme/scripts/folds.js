// What is folded away opens for a link that leads into it. Paper shows what the screen shows.
(() => {
  "use strict";
  const reveal = () => {
    const target = window.report.target();
    let holder = target && target.closest("details");
    while (holder) {
      holder.open = true;
      holder = holder.parentElement.closest("details");
    }
    target?.scrollIntoView();
  };

  window.report.ready(() => {
    window.addEventListener("hashchange", reveal);
    reveal();
  });
})();
