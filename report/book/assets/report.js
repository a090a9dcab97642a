// Charts turn interactive when a reader first touches one; choices select precomputed readings and keep their state
// in the address. Without this script every page is complete: pictures, tables and verdicts are in the HTML.
(() => {
  "use strict";
  const DARK = {/*DARK*/};
  const root = document.currentScript ? document.currentScript.src.replace(/_static\/report\.js.*$/, "") : "";
  const scripts = new Map();
  const views = new Map();

  const script = (path) => {
    if (!scripts.has(path)) {
      scripts.set(path, new Promise((done, failed) => {
        const tag = document.createElement("script");
        tag.src = root + path;
        tag.onload = done;
        tag.onerror = () => failed(new Error(`${path} could not be loaded`));
        document.head.append(tag);
      }));
    }
    return scripts.get(path);
  };

  const isDark = () => document.documentElement.dataset.theme === "dark";

  const themed = (spec) => isDark()
    ? JSON.parse(JSON.stringify(spec).replace(/"#[0-9a-f]{6}"/gi, (hex) => {
      const other = DARK[hex.slice(1, -1).toLowerCase()];
      return other ? `"${other}"` : hex;
    }))
    : spec;

  const draw = async (picture) => {
    const name = picture.closest("figure").dataset.chart;
    await Promise.all([script("_static/vega.js"), script(`charts/${name}.js`)]);
    const chart = window.reportCharts[name];
    const wide = getComputedStyle(picture.querySelector("svg.wide")).display !== "none";
    const still = picture.querySelector(wide ? "svg.wide" : "svg.narrow");
    const place = document.createElement("div");
    place.className = "live";
    place.style.width = `${still.getAttribute("width")}px`;
    place.style.height = `${still.getAttribute("height")}px`;
    const result = await window.vegaEmbed(place, { ...themed(chart[wide ? "wide" : "narrow"]), datasets: themed(chart.datasets) },
      { actions: false, renderer: "svg", hover: true, loader: { target: "_self" }, tooltip: { theme: isDark() ? "dark" : "light" } });
    place.querySelectorAll("a").forEach((link) => link.setAttribute("tabindex", "-1"));
    place.querySelector("svg")?.setAttribute("aria-hidden", "true");
    picture.querySelector(".live")?.remove();
    picture.classList.add("interactive");
    picture.append(place);
    views.set(name, result.view);
    applyChoice(name);
  };

  const activate = (picture) => {
    if (!picture.dataset.active) {
      picture.dataset.active = "yes";
      draw(picture).catch((error) => {
        delete picture.dataset.active;  // the still picture stays; the next touch tries again
        console.warn(error.message);
      });
    }
  };

  const pictures = () => [...document.querySelectorAll("figure.chart .picture")];

  const redraw = () => pictures().filter((p) => p.classList.contains("interactive")).forEach((p) => draw(p).catch(console.warn));

  // Choices ---------------------------------------------------------------------------------------------------------
  const chosen = (form) => [...form.querySelectorAll("select")].map((select) => select.value).join("-");

  const forms = () => [...document.querySelectorAll("form.choices")];

  const applyChoice = (chart) => {
    const form = forms().find((f) => f.dataset.chart === chart);
    const view = views.get(chart);
    if (form && view) {
      try { view.signal("chosen", chosen(form)).runAsync(); } catch { /* the chart has no such parameter */ }
    }
  };

  const show = (form) => {
    const row = form.querySelector(`tr[data-keys="${CSS.escape(chosen(form))}"]`);
    form.querySelectorAll("tr[data-keys]").forEach((r) => r.classList.toggle("chosen", r === row));
    const said = form.querySelector("output");
    if (!row) {
      said.textContent = "No such combination can be read from the data.";
      return;
    }
    const cells = [...row.cells].slice(form.querySelectorAll("select").length).map((c) => c.textContent.trim());
    const kind = row.dataset.kind === "reading" ? "one reading" : "a variant, which has no vote,";
    said.textContent = `${cells[0]}: ${cells[1]}. This is ${kind} among ${form.dataset.total} answers here; the verdict rests on all readings.`;
  };

  const remember = (form) => {
    const address = new URL(location.href);
    form.querySelectorAll("select").forEach((s) => address.searchParams.set(`${form.dataset.name}.${s.name}`, s.value));
    try { history.replaceState(null, "", address); } catch { /* some browsers refuse this over file:// */ }
  };

  const startForm = (form) => {
    const asked = new URL(location.href).searchParams;
    form.querySelector(".selects").hidden = false;
    form.querySelector("output").hidden = false;
    form.querySelectorAll("select").forEach((select) => {
      const value = asked.get(`${form.dataset.name}.${select.name}`);
      if (value && [...select.options].some((o) => o.value === value)) select.value = value;
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => {
      show(form);
      remember(form);
      const picture = document.querySelector(`#fig-${form.dataset.chart} .picture`);
      if (picture) activate(picture);
      applyChoice(form.dataset.chart);
    });
    show(form);
  };

  // Links to a reading open what holds it ---------------------------------------------------------------------------
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let holder = target && target.closest("details"); holder; holder = holder.parentElement.closest("details")) holder.open = true;
    target?.scrollIntoView();
  };

  const start = () => {
    pictures().forEach((picture) => {
      ["pointerenter", "focus", "touchstart"].forEach((event) =>
        picture.addEventListener(event, () => activate(picture), { passive: true }));
    });
    forms().forEach(startForm);
    window.addEventListener("hashchange", reveal);
    if (location.hash) reveal();
    new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    matchMedia("(max-width: 720px)").addEventListener("change", redraw);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
