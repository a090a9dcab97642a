// Search: loaded, with its index, when a reader first asks for it. Every word asked for must begin a word of an entry;
// where no entry has them all, entries with some of them are shown.
(() => {
  "use strict";
  const KINDS = { claim: "Claim", chart: "Chart", table: "Table", source: "Source", section: "Section" };
  const SHOWN = 40;
  const root = document.documentElement.dataset.content_root;

  const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) || [];
  const entry = ([kind, title, href, place, text, language]) => ({
    kind, title, href, place, text, language,
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
    const preferred = { claim: 14, section: 6, chart: 5, table: 2 }[entry.kind] || 0;
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
    const line = document.createElement("span");
    line.className = "passage";
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

  // The language of a string in another script than the page's: told by its letters, else by its source, as on the
  // pages (report/sphinx/languages.py). Each piece of it says so, marked words too.
  const OTHER = /[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
  const RUN = /[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]+/gu;
  const withLanguages = (element, text, language) => {
    if (!OTHER.test(text)) return element;
    const shared = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? "ja"
      : language || (/\p{Script=Hangul}/u.test(text) ? "ko" : "zh");
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (OTHER.test(walker.currentNode.data)) found.push(walker.currentNode);
    found.forEach((node) => {
      let end = 0;
      const parts = [];
      for (const run of node.data.matchAll(RUN)) {
        const part = document.createElement("span");
        part.lang = /\p{Script=Hangul}/u.test(run[0]) ? "ko" : shared;
        part.textContent = run[0];
        parts.push(node.data.slice(end, run.index), part);
        end = run.index + run[0].length;
      }
      node.replaceWith(...parts, node.data.slice(end));
    });
    return element;
  };

  // A result is an option of the list that the field controls, and a link, which the field's Enter or a click opens.
  const row = ({ entry }, asked, at) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const kind = document.createElement("span");
    const title = document.createElement("span");
    item.setAttribute("role", "none");
    kind.className = "kind";
    kind.textContent = KINDS[entry.kind];
    title.className = "found";
    title.append(entry.title);
    link.id = `result-${at}`;
    link.href = root + entry.href;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.append(kind, " ", withLanguages(title, entry.title, entry.language),
      withLanguages(passage(entry.text, asked), entry.text, ""));
    item.append(link);
    return item;
  };

  const panel = () => {
    const box = document.createElement("form");
    box.className = "search";
    box.setAttribute("role", "search");
    box.innerHTML = "<label>Search claims, charts, tables, sources and text "
      + '<input type="search" name="q" role="combobox" aria-autocomplete="list" aria-haspopup="listbox"'
      + ' aria-expanded="false" aria-controls="results" autocomplete="off" spellcheck="false"></label>'
      + '<p class="keys">Arrow keys choose, Enter opens, Escape leaves.</p>'
      + '<p class="count" role="status"></p><ol class="results" id="results" role="listbox" aria-label="Found"></ol>';
    const input = box.querySelector("input");
    const list = box.querySelector("ol");
    let at = -1;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const choose = (next) => {
      const all = options();
      all[at]?.setAttribute("aria-selected", "false");
      at = next;
      const chosen = all[at];
      chosen?.setAttribute("aria-selected", "true");
      chosen?.scrollIntoView({ block: "nearest" });
      if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
      else input.removeAttribute("aria-activedescendant");
    };
    const update = () => {
      const result = search(input.value);
      choose(-1);
      const hits = result ? result.hits.slice(0, SHOWN) : [];
      list.replaceChildren(...hits.map((hit, place) => row(hit, result.asked, place)));
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(hits.length > 0));
      const count = result && result.hits.length;
      box.querySelector(".count").textContent = !result ? "" : !count ? "Nothing in the book has these words."
        : [result.complete ? "" : "Nothing has all of these words. With some of them: ", count, " found",
          count > SHOWN ? `, the first ${SHOWN} shown` : "", "."].join("");
    };
    input.addEventListener("input", update);
    // Down from the field is the first result, up the last; past either end is the field again.
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const number = options().length;
      if (event.isComposing) return;
      if (step && number) {
        event.preventDefault();
        choose((at + 1 + step + number + 1) % (number + 1) - 1);
      } else if (event.key === "Escape" && at >= 0) {
        choose(-1);
      }
    });
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      options()[Math.max(at, 0)]?.click();
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
