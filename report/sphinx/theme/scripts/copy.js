// A button that copies a cell's code.
(() => {
  "use strict";
  window.report.ready(() => document.querySelectorAll(".cell_input .highlight").forEach((block) => {
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
