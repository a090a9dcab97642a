// All that the page of a reader's own rule shows, as a reader finds it: what is hidden is left out.
() => {
  const seen = (node) => {
    const { display, visibility } = getComputedStyle(node);
    return display !== "none" && visibility !== "hidden";
  };
  const text = (node) => node.textContent.trim();
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const sides = (within, read) => Object.fromEntries(["then", "now"]
    .map((v) => [v, within.querySelector(`.${v}`)])
    .filter(([, node]) => node && seen(node)).map(([v, node]) => [v, read(node)]));
  const verdict = (cell) => [...[".word", ".counts", ".own-was"].map((part) => text(cell.querySelector(part))),
    cell.classList.contains("moved")];
  const mark = (place) => {
    const drawn = place.querySelector(".verdict");
    return [drawn.getAttribute("aria-label"), drawn.classList.contains("moved")];
  };
  const falling = (row) => [row.dataset.claim, text(row.querySelector(".own-was")),
    ...[...row.cells].slice(1).map((cell) => (seen(cell) ? text(cell) : ""))];
  return {
    verdicts: Object.fromEntries(all(".own-verdicts tbody").map((body) => [body.dataset.claim, sides(body, verdict)])),
    tally: Object.fromEntries(all(".own-tally tbody tr").map((row) => [row.dataset.word, sides(row, text)])),
    map: Object.fromEntries(all(".own-map li[data-claim]").map((li) => [li.dataset.claim, sides(li, mark)])),
    broken: all(".own-map path.rests-on.broken").map((path) => path.dataset.ground).sort(),
    falls: Object.fromEntries(all(".own-fails").filter((table) => seen(table.parentElement))
      .map((table) => [table.dataset.vantage, all("tbody tr", table).filter(seen).map(falling)])),
    said: text(document.querySelector(".own-said")),
  };
}
