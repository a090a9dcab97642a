// Light or dark: the reader's choice is kept; without one the system's holds.
(() => {
  "use strict";
  window.report.ready(() => {
    const button = document.querySelector("[data-theme-toggle]");
    const page = document.documentElement;
    const isDark = () => page.dataset.theme === "dark";
    const label = () => button.setAttribute("aria-pressed", String(isDark()));
    label();
    button.addEventListener("click", () => {
      page.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", page.dataset.theme); } catch { /* the choice holds for this page */ }
      label();
    });
  });
})();
