// In a claim's box each reading can be ticked off, and its word follows. The rule is loaded once a reader asks for it.
(() => {
  "use strict";
  const ask = async (box) => {
    await Promise.all(["judge", "rule-data"].map((name) => window.report.script(`_static/${name}.js`)));
    await window.report.script("_static/claim-ticks.js");
    window.reportTicks(box);
  };

  const offer = (box) => {
    box.dataset.ticks = "";
    box.querySelectorAll("tr[data-reading]").forEach((row) => {
      const tick = document.createElement("input");
      tick.type = "checkbox";
      tick.checked = true;
      tick.className = "tick";
      tick.setAttribute("aria-label", `count ${row.cells[0].firstChild.textContent.trim()}`);
      row.cells[0].prepend(tick);
    });
    const more = document.createElement("button");
    more.type = "button";
    more.className = "tick-more";
    more.textContent = "Change the rule for this claim";
    more.addEventListener("click", () => { box.dataset.more = ""; ask(box); });
    box.querySelector(":scope > details > summary").after(more);
    box.addEventListener("change", (event) => {
      if (event.target.matches(".tick, .tick-form *")) ask(box);
    });
  };

  document.addEventListener("toggle", ({ target }) => {
    const box = target.open && target.parentElement.closest(".claim-box[data-own]");
    if (box && target.parentElement === box && box.dataset.ticks === undefined) offer(box);
  }, true);
})();
