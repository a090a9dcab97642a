// What is folded away opens for a link that leads into it, and on paper.
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

  // On paper everything is unfolded, except code; afterwards the page is as it was.
  const unfold = () => {
    const folded = [...document.querySelectorAll("details:not([open], .code)")];
    folded.forEach((details) => { details.open = true; });
    window.addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }), { once: true });
  };

  window.report.ready(() => {
    window.addEventListener("hashchange", reveal);
    window.addEventListener("beforeprint", unfold);
    reveal();
  });
})();
