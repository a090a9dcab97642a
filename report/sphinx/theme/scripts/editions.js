// Where editions stand beside one another, each page leads to itself in the others and says when there is a newer one.
// The list is the shelf's, so that an edition that is never altered knows of later ones; elsewhere nothing is asked for.
(() => {
  "use strict";
  const page = document.documentElement, own = page.dataset.edition;
  const root = new URL(page.dataset.content_root || "./", location.href);
  const folder = root.pathname.split("/").at(-2);
  if (!location.protocol.startsWith("http") || !["latest", `v${own}`].includes(folder)) return;
  const here = location.href.slice(root.href.length), [name] = here.split(/[?#]/);
  const lacks = (edition) =>  // a folder that an edition has nothing of is named as a whole
    (edition.lacks || []).some((gone) => gone.endsWith("/") ? name.startsWith(gone) : name === gone);
  const link = (edition, text) => {
    const made = document.createElement("a");
    made.href = new URL(`../${edition.path}${lacks(edition) ? "" : here}`, root).href;
    made.textContent = text;
    return made;
  };
  window.report.ready(() => fetch(new URL("../editions.json", root)).then((answer) => answer.json()).then((shelf) => {
    const nav = document.querySelector("nav.editions"), newest = shelf.editions[0];
    nav.append("Editions: ");
    shelf.editions.forEach((edition, at) => {
      const made = link(edition, edition.number);
      if (edition.number === own) made.setAttribute("aria-current", "true");
      nav.append(at ? ", " : "", made, lacks(edition) ? " (without this page)" : "");
    });
    nav.hidden = false;
    const say = (...words) => {
      const note = document.createElement("p");
      note.className = "newer";
      note.append(...words);
      document.querySelector("main article").prepend(note);
    };
    const inside = location.hash.slice(1);
    const before = shelf.editions.filter((edition) => edition.number !== own && !lacks(edition));
    if (inside && before.length && !document.getElementById(inside)) {  // as a reading is that was given another name
      say(`In edition ${own} there is no “${inside}” on this page. Look for it in edition `,
        ...before.flatMap((edition, at) => [at ? ", " : "", link(edition, edition.number)]), ".");
    }
    if (newest.number === own) return;
    say(`This is edition ${own}. `, ...(lacks(newest)
      ? [`Edition ${newest.number} has no such page: `, link(newest, "its first page"), "."]
      : [link(newest, `This page in edition ${newest.number}`), "."]));
  }).catch(() => { /* no list, no links */ }));
})();
