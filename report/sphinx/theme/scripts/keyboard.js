// What a mark says, for every hand: a tooltip for the mouse, arrow keys for the keyboard, a first touch for a finger.
(() => {
  "use strict";
  const colourOf = (node) => [node.getAttribute("fill"), node.getAttribute("stroke")]
    .find((paint) => paint && !/none|transparent|--c-paper/.test(paint)) || "";

  const PANEL = ".role-scope:not([class*=pathgroup]) > g";  // Vega groups the lines of a panel as it does panels

  // The name of what is read in one go: a line of a panel that has lines, else the panel.
  const runOf = (node) => {
    const panel = node.closest(PANEL) || node.ownerSVGElement;
    panel.numbered ||= `${[...node.ownerSVGElement.querySelectorAll(PANEL)].indexOf(panel)}`;
    return panel.querySelector(".mark-line") ? `${panel.numbered} ${colourOf(node)}` : panel.numbered;
  };

  const said = (tip) => Object.entries(tip).map(([key, value]) => `${key}: ${value}`).join("; ");

  // Marks in the order of reading: run after run as they are drawn, from left to right in each.
  const marksOf = (place) => {
    const marks = [...place.querySelectorAll("svg path, svg rect, svg text")]
      .map((node) => ({ node, box: node.getBoundingClientRect() }))
      .filter(({ node, box }) => node.__data__?.tooltip && box.width)
      .map((mark) => ({ ...mark, run: runOf(mark.node) }));
    const runs = [...new Set(marks.map(({ run }) => run))];
    marks.sort((a, b) => runs.indexOf(a.run) - runs.indexOf(b.run) || a.box.x - b.box.x || a.box.y - b.box.y);
    const heard = marks.map(({ node, run }) => `${run} ${said(node.__data__.tooltip)}`);
    return marks.filter((_, n) => heard[n] !== heard[n - 1]);  // a line says again what its first dot has said
  };

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

  // Arrows move from mark to mark, Page Down and Page Up from run to run, Enter opens the source, Escape leaves
  // the mark. The chart's role was set when the page was made ready (charts.js) and stays.
  const readable = (picture, place) => {
    const marks = marksOf(place);
    let at = -1;
    let armed = null;
    picture.querySelectorAll(".reading-mark, .told").forEach((old) => old.remove());
    const ring = document.createElement("div");
    ring.className = "reading-mark";
    ring.hidden = true;
    const told = document.createElement("p");
    told.className = "told visually-hidden";
    told.setAttribute("role", "status");
    told.textContent = `${marks.length} marks`;
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
      const here = marks[at]?.run;
      const starts = marks.map(({ run }, n) => (run !== marks[n - 1]?.run ? n : -1)).filter((n) => n >= 0);
      const next = starts.find((n) => n > at && marks[n].run !== here) ?? marks.length - 1;
      const last = starts.findLast((n) => n < at) ?? 0;
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -at, End: marks.length - 1 - at,
        PageDown: next - at, PageUp: last - at };
      const step = steps[event.key];
      if (step !== undefined && marks.length) {
        event.preventDefault();
        const first = step < 0 ? marks.length - 1 : 0;
        at = at < 0 ? first : Math.min(Math.max(at + step, 0), marks.length - 1);
        show(marks[at].node);
      } else if (event.key === "Enter" && at >= 0 && marks[at].node.__data__.href) {
        location.href = marks[at].node.__data__.href;
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

  Object.assign(window.report, { readable, showTip });
})();
