// The ledger's filters: which claims are shown, kept in the page's address. Without this script every claim is shown.
(() => {
  "use strict";
  const form = document.querySelector(".ledger-filters");
  const page = document.querySelector("main");
  const entries = [...document.querySelectorAll(".ledger-entry")];
  const selects = [...form.querySelectorAll("select")];
  const said = form.querySelector("output");

  const fits = (entry, { section, verdict, kind, vantage }) => {
    const { then, now } = entry.dataset;
    const words = vantage ? [entry.dataset[vantage]] : [then, now];
    const moved = then !== now && then !== "none" && now !== "none";
    return (!section || entry.dataset.section === section) && (!kind || entry.dataset.kind === kind)
      && (!verdict || (verdict === "moved" ? moved : words.includes(verdict)));
  };

  const chosen = () => Object.fromEntries(selects.map((s) => [s.name, s.value]));

  const apply = () => {
    const choice = chosen();
    let shown = 0;
    entries.forEach((entry) => {
      const fit = fits(entry, choice);
      entry.closest("section").hidden = !fit;
      shown += fit;
    });
    document.querySelectorAll("section[id^='section-']").forEach((part) => {
      part.hidden = ![...part.querySelectorAll(":scope > section")].some((claim) => !claim.hidden);
    });
    page.classList.toggle("only-then", choice.vantage === "then");
    page.classList.toggle("only-now", choice.vantage === "now");
    said.textContent = `${shown} of ${entries.length} claims`;
  };

  const remember = (place = "") => {
    const address = new URL(location.href);
    selects.forEach((s) => (s.value ? address.searchParams.set(s.name, s.value) : address.searchParams.delete(s.name)));
    address.hash = place;
    if (!window.report.remember(address)) location.assign(address);
  };

  const restore = () => {
    const asked = new URL(location.href).searchParams;
    selects.forEach((s) => {
      const value = asked.get(s.name);
      s.value = [...s.options].some((o) => o.value === value) ? value : "";
    });
  };

  // A link to a claim or a reading that the filters hide shows all claims again.
  const unhide = () => {
    const target = window.report.target();
    if (target && target.closest("section[hidden]")) {
      selects.forEach((s) => { s.value = ""; });
      apply();
      remember(location.hash);
      target.scrollIntoView();
    }
  };

  // A mark says which reading it is, and leads to it.
  const named = (mark) => {
    const row = document.getElementById(mark.dataset.r);
    if (!row || mark.querySelector("title")) return;
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    const label = row.cells[0].firstChild.textContent.trim();
    title.textContent = [label, row.cells[1].textContent, row.cells[2].textContent].filter(Boolean).join(", ");
    mark.append(title);
  };

  form.hidden = false;
  restore();
  apply();
  unhide();
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  window.addEventListener("hashchange", unhide);
  window.addEventListener("popstate", () => { restore(); apply(); });
  document.addEventListener("pointerover", (event) => {
    const mark = event.target.closest?.("use[data-r]");
    if (mark) named(mark);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("use[data-r]");
    if (mark) location.hash = `#${mark.dataset.r}`;
  });
})();
