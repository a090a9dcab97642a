// The search and its index are loaded when a reader first asks for them: by the button, by Ctrl+K, or by a slash.
(() => {
  "use strict";
  const search = () => window.report.script("_static/search-index.js")
    .then(() => window.report.script("_static/search.js")).then(() => window.reportSearch);

  window.report.ready(() => {
    const place = document.querySelector("[data-search-here]");
    const link = document.querySelector("[data-search]");
    const open = (event) => {
      event.preventDefault();
      if (place) place.querySelector("input")?.focus();
      else search().then((found) => found.open()).catch(() => { location.href = link.href; });
    };
    if (place) search().then((found) => found.here(place)).catch((error) => place.append(error.message));
    link.addEventListener("click", open);
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea, [contenteditable]");
      if ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing)) open(event);
    });
  });
})();
