// The contents close behind a reader who has chosen from them; the headings beside the text follow the reading.
(() => {
  "use strict";
  window.report.ready(() => {
    const contents = document.getElementById("contents");
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
    });
    const links = new Map([...document.querySelectorAll("#on-page a")].map((link) => [link.hash.slice(1), link]));
    const mark = (current) => links.forEach((link, id) => {
      if (id === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    const seen = new IntersectionObserver(
      (changes) => changes.filter((change) => change.isIntersecting).forEach(({ target }) => mark(target.id)),
      { rootMargin: "0px 0px -70% 0px" });
    links.forEach((_, id) => {
      const section = document.getElementById(id);
      if (section) seen.observe(section);
    });
  });
})();
