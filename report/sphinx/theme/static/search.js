// Search: loaded, with its index, when a reader first asks for it. Every word asked for must begin a word of an entry;
// where no entry has them all, entries with some of them are shown.
(() => {
  "use strict";
  const KINDS = { claim: "Claim", chart: "Chart", table: "Table", source: "Source", section: "Section" };
  const SHOWN = 40;
  const root = document.documentElement.dataset.content_root;

  const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) || [];
  const entry = ([kind, title, href, place, text]) => ({
    kind, title, href, place, text,
    head: ` ${words(title).join(" ")} `, body: ` ${words(`${place} ${text}`).join(" ")} `,
  });

  // The index is made ready piece by piece, so that the page answers meanwhile; a query completes what is not ready.
  const entries = [];
  const ready = (number) => {
    const wanted = Math.min(number, window.reportIndex.length);
    while (entries.length < wanted) entries.push(entry(window.reportIndex[entries.length]));
  };
  const readySoon = () => {
    ready(entries.length + 300);
    if (entries.length < window.reportIndex.length) setTimeout(readySoon);
  };
  readySoon();

  const score = (entry, asked) => {
    let found = 0;
    let points = 0;
    for (const word of asked) {
      const inHead = entry.head.includes(` ${word} `) ? 12 : entry.head.includes(` ${word}`) ? 8 : 0;
      const times = entry.body.split(` ${word}`).length - 1;
      if (inHead || times) found += 1;
      points += inHead + Math.log2(1 + times);
    }
    const phrase = asked.length > 1 && `${entry.head}${entry.body}`.includes(` ${asked.join(" ")}`) ? 10 : 0;
    const named = entry.kind === "claim" && entry.head.startsWith(` ${asked[0]} `) ? 40 : 0;
    const preferred = { claim: 2, chart: 1 }[entry.kind] || 0;
    return { entry, found, points: points + phrase + named + preferred };
  };

  const search = (query) => {
    const asked = words(query);
    ready(Infinity);
    if (!asked.length) return null;
    const scored = entries.map((entry) => score(entry, asked)).filter((s) => s.found);
    const all = scored.filter((s) => s.found === asked.length);
    const hits = (all.length ? all : scored).sort((a, b) => b.found - a.found || b.points - a.points);
    return { complete: all.length > 0, asked, hits };
  };

  // The passage around the first word found, with the words marked.
  const passage = (text, asked) => {
    const plain = folded(text).length === text.length ? folded(text) : text.toLowerCase();
    const first = Math.min(...asked.map((w) => plain.indexOf(w)).filter((i) => i >= 0), text.length);
    const from = first === text.length || first < 60 ? 0 : text.indexOf(" ", first - 50) + 1;
    const piece = text.slice(from, from + 180);
    const line = document.createElement("p");
    if (from) line.append("… ");
    const either = asked.map((w) => w.replace(/[^\p{L}\p{N}]/gu, "")).join("|");
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${either})`, "giu");
    let end = 0;
    for (const hit of piece.matchAll(pattern)) {
      const mark = document.createElement("mark");
      mark.textContent = hit[0];
      line.append(piece.slice(end, hit.index), mark);
      end = hit.index + hit[0].length;
    }
    line.append(piece.slice(end), from + 180 < text.length ? " …" : "");
    return line;
  };

  const row = ({ entry }, asked) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = KINDS[entry.kind];
    link.href = root + entry.href;
    link.append(entry.title);
    item.append(kind, link, passage(entry.text, asked));
    return item;
  };

  const panel = () => {
    const box = document.createElement("form");
    box.className = "search";
    box.setAttribute("role", "search");
    box.innerHTML = "<label>Search claims, charts, tables, sources and text "
      + '<input type="search" name="q" autocomplete="off" spellcheck="false"></label>'
      + '<p class="count" role="status"></p><ol class="results"></ol>';
    const input = box.querySelector("input");
    const update = () => {
      const result = search(input.value);
      const list = box.querySelector("ol");
      list.replaceChildren(...(result ? result.hits.slice(0, SHOWN).map((hit) => row(hit, result.asked)) : []));
      const count = result && result.hits.length;
      box.querySelector(".count").textContent = !result ? "" : !count ? "Nothing in the book has these words."
        : [result.complete ? "" : "Nothing has all of these words. With some of them: ", count, " found",
          count > SHOWN ? `, the first ${SHOWN} shown` : "", "."].join("");
    };
    input.addEventListener("input", update);
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      update();
    });
    return { box, input, update };
  };

  let dialog;
  window.reportSearch = {
    open() {
      if (!dialog) {
        const made = panel();
        dialog = document.createElement("dialog");
        dialog.className = "search-dialog";
        dialog.setAttribute("aria-label", "Search the book");
        const close = document.createElement("button");
        close.type = "button";
        close.className = "tool close";
        close.textContent = "Close";
        close.addEventListener("click", () => dialog.close());
        dialog.addEventListener("click", (event) => {
          if (event.target === dialog || event.target.closest("a")) dialog.close();
        });
        dialog.addEventListener("keydown", (event) => {
          if (event.key === "Escape") dialog.close();  // a search field would only be emptied
        });
        dialog.append(made.box, close);
        document.body.append(dialog);
      }
      dialog.showModal();
      dialog.querySelector("input").focus();
      dialog.querySelector("input").select();
    },
    here(place) {
      const made = panel();
      made.input.value = new URL(location.href).searchParams.get("q") || "";
      place.append(made.box);
      made.update();
      made.input.focus();
      made.input.addEventListener("input", () => {
        const address = new URL(location.href);
        address.searchParams.set("q", made.input.value);
        try { history.replaceState(null, "", address); } catch { /* some browsers refuse this over file:// */ }
      });
    },
  };
})();
