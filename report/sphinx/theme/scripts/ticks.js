// In a claim's box each reading can be ticked off, or one of its variants put in its place, and the claim's word
// follows. The rule is loaded once a reader asks for it.
(() => {
  "use strict";
  const ask = async (box) => {
    await Promise.all(["judge", "rule-data"].map((name) => window.report.script(`_static/${name}.js`)));
    await window.report.script("_static/claim-ticks.js");
    window.reportTicks(box);
  };

  const variantsOf = (row) => {
    const found = [];
    for (let next = row.nextElementSibling; next?.matches(".variant"); next = next.nextElementSibling) found.push(next);
    return found;
  };
  const swap = (row, label) => {
    const variants = variantsOf(row);
    if (!variants.length) return;
    const select = document.createElement("select");
    select.className = "tick-swap";
    select.setAttribute("aria-label", `what speaks for ${label}`);
    select.append(new Option("the reading itself speaks", "0"), ...variants.map((variant, at) =>
      new Option([...variant.cells].slice(0, 3).map((cell) => cell.textContent.trim()).filter(Boolean).join(", "), at + 1)));
    select.addEventListener("change", () => {
      row.classList.toggle("silent", select.value !== "0");
      variants.forEach((variant, at) => variant.classList.toggle("speaks", at + 1 === Number(select.value)));
    });
    row.cells[0].append(select);
  };

  const offer = (box) => {
    box.dataset.ticks = "";
    // What is announced has to be there, empty, before it is filled.
    const said = document.createElement("p");
    said.className = "tick-said";
    said.setAttribute("role", "status");
    box.querySelector(".verdicts").after(said);
    box.querySelectorAll("tr[data-reading]").forEach((row) => {
      const tick = document.createElement("input");
      tick.type = "checkbox";
      tick.checked = true;
      tick.className = "tick";
      const label = row.cells[0].firstChild.textContent.trim();
      tick.setAttribute("aria-label", `count ${label}`);
      row.cells[0].prepend(tick);
      swap(row, label);
    });
    const more = document.createElement("button");
    more.type = "button";
    more.className = "tick-more";
    more.textContent = "Change the rule for this claim";
    more.addEventListener("click", () => { box.dataset.more = ""; ask(box); });
    box.querySelector(":scope > details > summary").after(more);
    box.addEventListener("change", (event) => {
      if (event.target.matches(".tick, .tick-swap, .tick-form *")) ask(box);
    });
  };

  document.addEventListener("toggle", ({ target }) => {
    const box = target.open && target.parentElement.closest(".claim-box[data-own]");
    if (box && target.parentElement === box && box.dataset.ticks === undefined) offer(box);
  }, true);
})();
