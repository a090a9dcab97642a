// Charts turn interactive when a reader first touches one; choices select precomputed readings and keep their state
// in the address. Without this script every page is complete: pictures, tables and verdicts are in the HTML.
(() => {
  "use strict";
  const DARK = {/*DARK*/};
  const root = document.currentScript.src.replace(/_static\/report\.js.*$/, "");
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
      { actions: false, renderer: "svg", hover: true, loader: { target: "_self" }, tooltip: (_, event, item, value) => showTip(value, event.clientX, event.clientY) });
    place.querySelector("svg")?.setAttribute("aria-hidden", "true");
    place.style.zoom = still.getBoundingClientRect().width / Number(still.getAttribute("width"));
    picture.querySelector(".live")?.remove();
    picture.classList.add("interactive");
    picture.append(place);
    views.set(name, result.view);
    applyChoice(name);
    readable(picture, place);
  };

  // The keyboard reads an interactive chart mark by mark: arrows move, Enter opens the source, Escape leaves the mark.
  const marksOf = (place) => [...place.querySelectorAll("svg path, svg rect, svg text")]
    .filter((node) => node.__data__?.tooltip && node.getBoundingClientRect().width)
    .sort((a, b) => a.getBoundingClientRect().x - b.getBoundingClientRect().x || a.getBoundingClientRect().y - b.getBoundingClientRect().y);

  const said = (tip) => Object.entries(tip).map(([key, value]) => `${key}: ${value}`).join("; ");

  // The tooltip is moved by a transform, which shifts no layout.
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  const showTip = (value, x, y) => {
    tip.hidden = !value;
    if (!value) return;
    tip.replaceChildren(...Object.entries(value).map(([key, text]) => {
      const line = document.createElement("div");
      const name = document.createElement("span");
      name.textContent = key;
      line.append(name, ` ${text}`);
      return line;
    }));
    if (!tip.isConnected) document.body.append(tip);
    const left = Math.max(8, Math.min(x + 12, innerWidth - tip.offsetWidth - 8));
    const top = y + 16 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 12 : y + 16;
    tip.style.transform = `translate(${left}px, ${Math.max(8, top)}px)`;
  };

  const readable = (picture, place) => {
    const marks = marksOf(place);
    let at = -1;
    let armed = null;
    picture.querySelectorAll(".reading-mark, .told").forEach((old) => old.remove());
    picture.setAttribute("role", "application");
    picture.setAttribute("aria-roledescription", "interactive chart: arrow keys read its marks, Enter opens a source");
    const ring = document.createElement("div");
    ring.className = "reading-mark";
    ring.hidden = true;
    const told = document.createElement("p");
    told.className = "told visually-hidden";
    told.setAttribute("role", "status");
    picture.append(ring, told);
    const show = (node) => {
      const mark = node.getBoundingClientRect();
      const box = picture.getBoundingClientRect();
      ring.style.transform = `translate(${mark.x - box.x - 4}px, ${mark.y - box.y - 4}px)`;
      Object.assign(ring.style, { width: `${mark.width + 8}px`, height: `${mark.height + 8}px` });
      ring.hidden = false;
      told.textContent = said(node.__data__.tooltip);
      showTip(node.__data__.tooltip, mark.x + mark.width / 2, mark.y + mark.height / 2);
    };
    const hide = () => {
      ring.hidden = true;
      at = -1;
      showTip(null);
    };
    picture.onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -at, End: marks.length - 1 - at }[event.key];
      if (step !== undefined && marks.length) {
        event.preventDefault();
        at = at < 0 ? (step < 0 ? marks.length - 1 : 0) : Math.min(Math.max(at + step, 0), marks.length - 1);
        show(marks[at]);
      } else if (event.key === "Enter" && at >= 0 && marks[at].__data__.href) {
        location.href = marks[at].__data__.href;
      } else if (event.key === "Escape") {
        hide();
      }
    };
    picture.onblur = hide;
    // A finger cannot hover: its first touch of a mark shows what it says, the second opens the source.
    place.addEventListener("click", (event) => {
      const node = event.target;
      if (event.pointerType === "mouse" || !node.__data__?.tooltip || armed === node) return;
      armed = node;
      event.preventDefault();
      event.stopPropagation();
      showTip(node.__data__.tooltip, event.clientX, event.clientY);
    }, true);
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
    said.textContent = `${cells[0]}: ${cells[1]}. This is ${kind} among ${form.dataset.total} answers here; ${form.dataset.rests}.`;
  };

  const remember = (form) => {
    const address = new URL(location.href);
    form.querySelectorAll("select").forEach((s) => address.searchParams.set(`${form.dataset.name}.${s.name}`, s.value));
    try { history.replaceState(null, "", address); } catch { /* some browsers refuse this over file:// */ }
  };

  const startForm = (form) => {
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
      const picture = document.querySelector(`#fig-${form.dataset.chart} .picture`);
      if (picture) activate(picture);
      applyChoice(form.dataset.chart);
    });
    show(form);
  };

  // Links to what is folded away open it ------------------------------------------------------------------------------
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let holder = target && target.closest("details"); holder; holder = holder.parentElement.closest("details")) holder.open = true;
    target?.scrollIntoView();
  };

  // On paper everything is unfolded, except code; afterwards the page is as it was.
  const unfold = () => {
    const folded = [...document.querySelectorAll("details:not([open], .code)")];
    folded.forEach((details) => { details.open = true; });
    window.addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }), { once: true });
  };

  // The page's own tools ----------------------------------------------------------------------------------------------
  const startTheme = () => {
    const button = document.querySelector("[data-theme-toggle]");
    const page = document.documentElement;
    const label = () => button.setAttribute("aria-pressed", String(isDark()));
    label();
    button.addEventListener("click", () => {
      page.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", page.dataset.theme); } catch { /* the choice holds for this page */ }
      label();
    });
  };

  const withSearch = () => script("_static/search-index.js")
    .then(() => script("_static/search.js")).then(() => window.reportSearch);

  const startSearch = () => {
    const place = document.querySelector("[data-search-here]");
    const open = (event) => {
      event.preventDefault();
      if (place) place.querySelector("input")?.focus();
      else withSearch().then((search) => search.open()).catch(() => { location.href = document.querySelector("[data-search]").href; });
    };
    if (place) withSearch().then((search) => search.here(place)).catch((error) => place.append(error.message));
    document.querySelector("[data-search]").addEventListener("click", open);
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea, [contenteditable]");
      if ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing)) open(event);
    });
  };

  const startCopy = () => document.querySelectorAll(".cell_input .highlight").forEach((block) => {
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => navigator.clipboard.writeText(block.querySelector("pre").textContent)
      .then(() => { button.textContent = "Copied"; }));
    block.append(button);
  });

  const startContents = () => {
    const contents = document.getElementById("contents");
    contents.addEventListener("click", (event) => { if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover(); });
    const links = new Map([...document.querySelectorAll("#on-page a")].map((link) => [link.hash.slice(1), link]));
    const seen = new IntersectionObserver((changes) => changes.filter((c) => c.isIntersecting).forEach(({ target }) => {
      links.forEach((link, id) => id === target.id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
    }), { rootMargin: "0px 0px -70% 0px" });
    links.forEach((_, id) => { const section = document.getElementById(id); if (section) seen.observe(section); });
  };

  const start = () => {
    pictures().forEach((picture) => {
      ["pointerenter", "focus", "touchstart"].forEach((event) =>
        picture.addEventListener(event, () => activate(picture), { passive: true }));
    });
    forms().forEach(startForm);
    startTheme();
    startSearch();
    startContents();
    startCopy();
    window.addEventListener("hashchange", reveal);
    window.addEventListener("beforeprint", unfold);
    if (location.hash) reveal();
    new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    matchMedia("(max-width: 639px)").addEventListener("change", redraw);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
