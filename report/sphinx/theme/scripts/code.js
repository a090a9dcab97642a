// One switch for all code of a page: folded, shown or hidden. The choice is kept and holds on every page.
(() => {
  "use strict";
  const page = document.documentElement;
  const set = (how) => {
    page.dataset.code = how;
    document.querySelectorAll("details.code").forEach((code) => { code.open = how === "shown"; });
  };
  window.report.ready(() => {
    const choice = document.querySelector("[data-code-switch]");
    if (!choice) return;
    choice.value = ["shown", "hidden"].includes(page.dataset.code) ? page.dataset.code : "folded";
    if (choice.value !== "folded") set(choice.value);
    choice.addEventListener("change", () => {
      const before = choice.getBoundingClientRect().top;
      set(choice.value);
      scrollBy(0, choice.getBoundingClientRect().top - before);
      try { localStorage.setItem("code", choice.value); } catch { /* the choice holds for this page */ }
    });
  });
})();
