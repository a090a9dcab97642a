// Choices among precomputed answers: the answer is named, its row marked, and the choice kept in the page's address.
(() => {
  "use strict";
  const keysOf = (form) => [...form.querySelectorAll("select")].map((select) => select.value).join("-");

  const show = (form) => {
    const row = form.querySelector(`tr[data-keys="${CSS.escape(keysOf(form))}"]`);
    form.querySelectorAll("tr[data-keys]").forEach((r) => r.classList.toggle("chosen", r === row));
    const said = form.querySelector("output");
    if (!row) {
      said.textContent = "No such combination can be read from the data.";
      return;
    }
    const cells = [...row.cells].slice(form.querySelectorAll("select").length).map((c) => c.textContent.trim());
    const kind = row.dataset.kind === "reading" ? "one reading" : "a variant, which has no vote,";
    const { total, rests } = form.dataset;
    said.textContent = `${cells[0]}: ${cells[1]}. This is ${kind} among ${total} answers here; ${rests}.`;
  };

  const tellChart = (form, made) => {
    if (!form.dataset.chart) return;
    const detail = { chart: form.dataset.chart, keys: keysOf(form), made };
    document.dispatchEvent(new CustomEvent("report:choice", { detail }));
  };

  const remember = (form) => {
    const address = new URL(location.href);
    form.querySelectorAll("select").forEach((s) => address.searchParams.set(`${form.dataset.name}.${s.name}`, s.value));
    window.report.remember(address);
  };

  const start = (form) => {
    const asked = new URL(location.href).searchParams;
    form.querySelectorAll(".selects, output").forEach((part) => { part.hidden = false; });
    form.querySelectorAll("select").forEach((select) => {
      const value = asked.get(`${form.dataset.name}.${select.name}`);
      if (value && [...select.options].some((o) => o.value === value)) select.value = value;
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => {
      show(form);
      remember(form);
      tellChart(form, true);
    });
    show(form);
    tellChart(form, false);
  };

  window.report.ready(() => document.querySelectorAll("form.choices").forEach(start));
})();
