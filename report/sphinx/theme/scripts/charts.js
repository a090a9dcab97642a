// A chart turns interactive when a reader first touches it: Vega and the chart's data are loaded then, not before.
// Its colours are the page's variables, so it follows the theme by itself; the style sheet gives it the still's box.
(() => {
  "use strict";
  const views = new Map();
  const chosen = new Map();  // what a reader chose, by chart

  const pictures = () => [...document.querySelectorAll("figure.chart .picture")];

  // Labels are measured in the typeface that the page shows, which on a first visit may not be its own.
  const inFontOf = (picture, spec) => {
    const font = getComputedStyle(picture).fontFamily;
    return { ...spec, config: { ...spec.config, font, text: { ...spec.config.text, font } } };
  };

  // The still was laid out in letters with more room than the page's have (report/charts/fonts.py), so that no
  // typeface clips it; with the same room here, nothing moves when the live chart takes its place.
  const withRoom = ({ textMetrics }) => {
    if (textMetrics.room) return;
    const { width } = textMetrics;
    Object.assign(textMetrics, { room: 1.08, width: (item, text) => 1.08 * width(item, text) });
  };

  const follow = (name) => {
    if (!chosen.has(name) || !views.has(name)) return;
    try {
      views.get(name).signal("chosen", chosen.get(name)).runAsync();
    } catch { /* the chart has no such parameter */ }
  };

  const draw = async (picture) => {
    const name = picture.closest("figure").dataset.chart;
    await Promise.all([window.report.script("_static/vega.js"), window.report.script(`charts/${name}.js`)]);
    withRoom(window.vega);
    const chart = window.reportCharts[name];
    const wide = getComputedStyle(picture.querySelector("svg.wide")).display !== "none";
    const place = document.createElement("div");
    place.className = "live";
    const tooltip = (_, event, item, value) => window.report.showTip(value, event.clientX, event.clientY);
    const result = await window.vegaEmbed(
      place, { ...inFontOf(picture, chart[wide ? "wide" : "narrow"]), datasets: chart.datasets },
      { actions: false, ast: true, defaultStyle: false, renderer: "svg", hover: true, loader: { target: "_self" }, tooltip });
    const drawn = place.querySelector("svg");
    drawn.setAttribute("aria-hidden", "true");
    drawn.setAttribute("preserveAspectRatio", "xMinYMin meet");
    picture.querySelector(".live")?.remove();
    picture.classList.add("interactive");
    picture.append(place);
    views.set(name, result.view);
    follow(name);
    window.report.readable(picture, place);
  };

  const activate = (picture) => {
    if (picture.dataset.active) return;
    picture.dataset.active = "yes";
    draw(picture).catch((error) => {
      delete picture.dataset.active;  // the still picture stays; the next touch tries again
      console.warn(error.message);
    });
  };

  const redraw = () => pictures().filter((p) => p.classList.contains("interactive"))
    .forEach((picture) => draw(picture).catch(console.warn));

  window.report.ready(() => {
    pictures().forEach((picture) => ["pointerenter", "focus", "touchstart"].forEach((event) =>
      picture.addEventListener(event, () => activate(picture), { passive: true })));
    matchMedia("(max-width: 639px)").addEventListener("change", redraw);
  });

  // A choice that a reader makes on the page shows in its chart.
  document.addEventListener("report:choice", ({ detail: { chart, keys, made } }) => {
    chosen.set(chart, keys);
    const picture = document.querySelector(`#fig-${CSS.escape(chart)} .picture`);
    if (made && picture) activate(picture);
    follow(chart);
  });
})();
