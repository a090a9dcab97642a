// A button that copies a cell's code, or what shows a chart on another site.
(() => {
  "use strict";
  window.report.ready(() => document.querySelectorAll(".cell_input .highlight, .embed .highlight").forEach((block) => {
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => navigator.clipboard.writeText(block.querySelector("pre").textContent)
      .then(() => { button.textContent = "Copied"; }));
    block.append(button);
  }));
})();
