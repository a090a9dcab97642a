// What a mark says, for every hand: a tooltip for the mouse, arrow keys for the keyboard, a first touch for a finger.
(() => {
  "use strict";
  const marksOf = (place) => [...place.querySelectorAll("svg path, svg rect, svg text")]
    .map((node) => ({ node, box: node.getBoundingClientRect() }))
    .filter(({ node, box }) => node.__data__?.tooltip && box.width)
    .sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y)
    .map(({ node }) => node);

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

  // Arrows move from mark to mark, Enter opens the source, Escape leaves the mark.
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
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -at, End: marks.length - 1 - at };
      const step = steps[event.key];
      if (step !== undefined && marks.length) {
        event.preventDefault();
        const first = step < 0 ? marks.length - 1 : 0;
        at = at < 0 ? first : Math.min(Math.max(at + step, 0), marks.length - 1);
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

  Object.assign(window.report, { readable, showTip });
})();
