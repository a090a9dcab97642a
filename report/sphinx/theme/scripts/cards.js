// What a citation, a number or a claim rests on, in a card beside it: for a mouse that rests on it, for the keyboard's
// focus, for a first touch. The words stand in the page: a source's in the list at its foot, the others' in their
// title. A card stays while it is pointed at, and Escape closes it. Its links are for hands that point: a key follows
// the link itself, so that a walk through the page makes no more stops than without cards.
(() => {
  "use strict";
  const ASKED = "a.cite, a.traced[title], a.claim-link[title], a[data-card]";
  const WAIT = 200;  // milliseconds that a mouse rests before a card opens, and is gone before one closes
  let card = null;
  let link = null;
  let timer = 0;

  const span = (text, name) => {
    const made = document.createElement("span");
    if (name) made.className = name;
    made.append(text);
    return made;
  };

  // A title would show a second card, the browser's own, so its words move.
  const words = (of) => {
    if (of.title) {
      of.dataset.card = of.title;
      of.removeAttribute("title");
    }
    return of.dataset.card;
  };

  const content = (of) => {
    const entry = of.matches(".cite") && document.getElementById(of.hash.slice(1));
    if (entry) return [...entry.querySelector("p").cloneNode(true).childNodes];
    if (!words(of)) return null;
    const open = document.createElement("a");
    open.href = of.href;
    open.append(of.matches(".claim-link") ? "Open the claim" : "Open what it rests on");
    return [...words(of).split(" • ").map((line) => span(line, "line")), open];
  };

  const place = () => {
    const box = link.getClientRects()[0];
    if (!box || box.bottom < 0 || box.top > innerHeight) {
      hide();
      return;
    }
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8));
    const below = box.bottom + 4 + card.offsetHeight <= innerHeight;
    card.style.transform = `translate(${left}px, ${below ? box.bottom + 4 : Math.max(8, box.top - card.offsetHeight - 4)}px)`;
  };

  const hide = () => {
    clearTimeout(timer);
    if (!card) return;
    link.removeAttribute("aria-describedby");
    card.remove();
    card = link = null;
  };

  const show = (of) => {
    clearTimeout(timer);
    if (of === link) return;
    hide();
    const told = content(of);
    if (!told) return;
    link = of;
    card = span("", "card");
    card.id = "card";
    card.popover = "manual";
    card.append(...told);
    card.querySelectorAll("a").forEach((inside) => { inside.tabIndex = -1; });
    link.after(card);
    link.setAttribute("aria-describedby", "card");
    card.showPopover();
    place();
  };

  const near = (node) => node instanceof Node && card && (card.contains(node) || link.contains(node));
  const asked = (event) => event.target instanceof Element && event.target.closest(ASKED);

  if (!("popover" in HTMLElement.prototype)) return;  // the link leads there
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    clearTimeout(timer);
    const of = asked(event);
    if (near(event.target)) return;
    if (of) words(of);
    timer = setTimeout(() => (of ? show(of) : !near(document.activeElement) && hide()), WAIT);
  });
  document.addEventListener("focusin", (event) => {
    const of = asked(event);
    if (of && of.matches(":focus-visible")) show(of);
    else if (!near(event.target)) hide();
  });
  document.addEventListener("click", (event) => {
    const of = asked(event);
    if (event.pointerType === "touch" && of && of !== link && content(of)) {
      event.preventDefault();
      show(of);
    } else if (!near(event.target) || of) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("scroll", () => card && place(), { passive: true });
  addEventListener("resize", hide);
})();
