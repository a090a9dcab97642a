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
  // typeface clips it. With the same room here nothing moves when the live chart takes its place. Vega measures
  // words with a canvas, which nothing else on the page does.
  const withRoom = (pen) => {
    const { measureText } = pen;
    if (measureText.room) return;
    pen.measureText = function roomy(text) { return { width: 1.08 * measureText.call(this, text).width }; };
    pen.measureText.room = true;
  };

  const follow = (name) => {
    if (!chosen.has(name) || !views.has(name)) return;
    try {
      views.get(name).signal("chosen", chosen.get(name)).runAsync();
    } catch { /* the chart has no such parameter */ }
  };

  const library = () => window.report.script("_static/vega.js");

  const draw = async (picture) => {
    const name = picture.closest("figure").dataset.chart;
    await Promise.all([library(), window.report.script(`charts/${name}.js`)]);
    withRoom(CanvasRenderingContext2D.prototype);
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

  // While a chart is on its way a bar runs along its top; the picture says that it is busy.
  const activate = (picture) => {
    if (picture.dataset.active) return;
    picture.dataset.active = "yes";
    picture.setAttribute("aria-busy", "true");
    draw(picture).catch((error) => {
      delete picture.dataset.active;  // the still picture stays; the next touch tries again
      console.warn(error.message);
    }).finally(() => picture.removeAttribute("aria-busy"));
  };

  // Where the line is good and nothing is paid for by weight, the library is fetched, not run, when nothing else is
  // to be done; a browser that tells nothing of its line is left alone.
  const fetchAhead = () => {
    const line = navigator.connection;
    if (!pictures().length || !line || line.saveData || line.effectiveType !== "4g") return;
    if (matchMedia("(prefers-reduced-data: reduce)").matches || location.protocol === "file:") return;
    const link = document.createElement("link");
    link.rel = "prefetch";
    link.as = "script";
    link.href = window.report.file("_static/vega.js");
    document.head.append(link);
  };

  // How a chart answers is said under it; without a script it is a picture, and the line is not shown. With one it
  // takes keys from the first moment, so it has the role of what takes keys before a reader meets it, and keeps it
  // when it turns interactive; its words in its label are read with either role.
  const invite = (picture) => {
    picture.setAttribute("role", "application");
    picture.setAttribute("aria-roledescription", "chart");
    const hint = picture.closest("figure").querySelector(".hint");
    if (hint) picture.setAttribute("aria-describedby", hint.id);
  };

  const redraw = () => pictures().filter((p) => p.classList.contains("interactive"))
    .forEach((picture) => draw(picture).catch(console.warn));

  window.report.ready(() => {
    pictures().forEach((picture) => ["pointerenter", "focus", "touchstart"].forEach((event) =>
      picture.addEventListener(event, () => activate(picture), { passive: true })));
    pictures().forEach(invite);
    if (window.requestIdleCallback) window.addEventListener("load", () => requestIdleCallback(fetchAhead));
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
