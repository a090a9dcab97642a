// The page where readers set their own rule: the form, its address, and what follows. The rule itself is in judge.js.
// Only what differs from what stands is written, what is in sight first, and what is far out of sight is left alone by
// the browser (see `sleep`), so that no frame takes a slow phone long.
(() => {
  "use strict";
  const rule = window.reportRule;
  const place = document.querySelector(".own-rule");
  const form = place.querySelector(".own-form");
  const said = place.querySelector(".own-said");
  const ROOM = 3; // ms of an idle moment in which nothing more is begun
  const GLYPHS = ["○", "◔", "◑", "◕", "●"];
  const SIDES = ["contradiction", "mixed", "support"];
  const all = (selector, within = place) => [...within.querySelectorAll(selector)];
  const one = (selector, within = place) => within.querySelector(selector);
  const made = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  };
  const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const glyphOf = (v) => (v.word === null ? "·" : v.rank === null ? "–" : GLYPHS[v.rank]);
  const wordOf = (v) => v.word ?? "no verdict";
  const styleOf = (v) => (v.word ?? "none").replaceAll(" ", "-");

  let ledger;
  let chosen;
  let before; // the book's own verdicts
  let found;
  let shown = ["then", "now"];
  let ids;
  let fields; // of the form, by name
  let paths;
  let bodies; // of the table of verdicts, one a claim
  let places; // of claims in the map
  let map;
  let counted; // the box of the tally
  let tables; // the boxes of what falls, one for then and one for now
  let parts; // the form and all of these, but for the places, which are within the map
  let falls; // the rows of what falls with each claim
  let sided; // parts with a side for then and one for now

  // The rule in words ------------------------------------------------------------------------------------------

  const named = (choice, member) => (choice.of === "origins" ? ledger.origins[member]?.name ?? member
    : choice.of === "sources" ? ledger.sources[member]?.short ?? member : member);
  const several = (names) => (names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names).join(" or ");
  const told = (choice) => {
    const value = chosen[choice.name];
    if (choice.kind === "one") return choice.options.find((o) => o.value === value).telling;
    if (choice.kind === "number") return choice.telling.replace("{}", rule.printed(value));
    if (choice.kind === "several") return choice.telling.replace("{}", several(value.map((m) => named(choice, m))));
    const each = value.map(([m, n]) => choice.telling.replace("{}", m).replace("{}", rule.printed(n)));
    return each.length > 3 ? `${each.slice(0, 2).join("; ")}; ${each.length - 2} others` : each.join("; ");
  };
  const inWords = () => rule.moves(ledger, chosen).map(told).join("; ");
  const differs = (id, v) => found[id][v].word !== before[id][v].word;
  const movedClaims = () => ids.filter((id) => shown.some((v) => differs(id, v)));
  const sideOf = (v) => (v.rank === null ? null : SIDES[Math.sign(v.rank - 2) + 1]);
  const crossing = (moved) => moved.filter((id) => shown.some((v) =>
    new Set([sideOf(found[id][v]), sideOf(before[id][v]), "mixed", null]).size === 4)).length;
  const sentence = () => {
    const moved = movedClaims();
    const words = inWords();
    const move = `${moved.length} of ${ids.length} claims ${moved.length === 1 ? "moves" : "move"}`;
    return words ? `Under the rule “${words}”, ${move}, ${crossing(moved) || "none"} of them from one side to the other.`
      : "The book's own rule.";
  };

  // What follows -----------------------------------------------------------------------------------------------

  // A text that stays one node is written into it: taking nodes out and in makes the browser look at the whole page.
  const put = (node, text) => {
    if (!node.firstChild) node.append("");
    if (node.firstChild.data !== text) node.firstChild.data = text;
  };
  const mark = (node, name, on) => { if (node.classList.contains(name) !== on) node.classList.toggle(name, on); };
  const counts = (v) => [`${v.met} of ${v.readings} met`, [plural(v.votes, "vote"), v.firmness].filter(Boolean).join(", ")]
    .join("; ");
  const noted = (id, v) => {
    if (differs(id, v)) return `book: ${wordOf(before[id][v])}`;
    const { firmness } = found[id][v];
    return firmness && before[id][v].firmness !== firmness ? `book: ${before[id][v].firmness}` : "";
  };
  const signature = (id, v) => {
    const { word, met, readings, votes, firmness } = found[id][v];
    return [word, met, readings, votes, firmness].join();
  };

  const drawn = new Map(); // what stands in each cell, and in each mark of the map
  const cells = new Map();
  const changed = (key, text) => drawn.get(key) !== text && drawn.set(key, text);
  const showVerdicts = () => bodies.filter(isDue).forEach(({ dataset: { claim: id } }) => rule.VANTAGES.forEach((v) => {
    const key = `${id} ${v}`;
    if (!changed(key, signature(id, v))) return;
    const { cell, badge, glyph, word, standing, was } = cells.get(key);
    const verdict = found[id][v];
    badge.className = `verdict ${styleOf(verdict)}`;
    put(glyph, glyphOf(verdict));
    put(word, wordOf(verdict));
    put(standing, verdict.word && verdict.readings ? counts(verdict) : "");
    put(was, noted(id, v));
    mark(cell, "moved", differs(id, v));
  }));

  const showTally = () => {
    const bearing = (v) => (v.word === null ? null : v.rank === null ? "untested" : ledger.rule.words.graded[v.rank]);
    const count = (from, v, word) => ledger.claims.filter((c) => bearing(from[c.id][v]) === word).length;
    all(".own-tally tbody tr").forEach((row) => rule.VANTAGES.forEach((v) => {
      const [now, book] = [found, before].map((from) => count(from, v, row.dataset.word));
      const cell = one(`td.${v}`, row);
      put(cell, now === book ? String(now) : `${now} (book: ${book})`);
      mark(cell, "moved", now !== book);
    }));
  };

  // The map and what falls: which statements need which is printed with the page, since no rule changes it.
  const failing = (from, v) => new Set(ids.filter((id) => from[id][v].rank !== null && from[id][v].rank < 2));
  const showMap = () => {
    places.filter(isDue).forEach(({ dataset: { claim: id } }) => rule.VANTAGES.forEach((v) => {
      const { sign } = cells.get(`${id} ${v}`);
      if (!changed(`map ${id} ${v}`, `${wordOf(found[id][v])} ${differs(id, v)}`)) return;
      sign.className = `verdict ${styleOf(found[id][v])}${differs(id, v) ? " moved" : ""}`;
      sign.title = `${v}: ${wordOf(found[id][v])}`;
      sign.setAttribute("aria-label", `${v} ${wordOf(found[id][v])}`);
      put(sign.firstChild, glyphOf(found[id][v]));
    }));
  };
  const showArcs = () => {
    const failed = failing(found, shown.at(-1));
    paths.forEach((path) => mark(path, "broken", failed.has(path.dataset.ground)));
  };
  const showFalls = () => {
    rule.VANTAGES.forEach((v) => {
      const [was, now] = [failing(before, v), failing(found, v)];
      falls.filter(({ vantage }) => vantage === v).forEach(({ row, id, note }) => {
        const gone = was.has(id) && !now.has(id);
        const fresh = now.has(id) && !was.has(id);
        row.hidden = !gone && !now.has(id);
        mark(row, "stands", gone);
        mark(row, "moved", gone || fresh);
        put(note, gone ? " no longer fails" : fresh ? " new" : "");
      });
    });
  };

  // The form ---------------------------------------------------------------------------------------------------

  const choice = (name) => ledger.rule.choices.find((c) => c.name === name);
  const withMember = (name, member, on) => {
    const rest = chosen[name].filter((m) => m !== member);
    return on ? [...rest, member].sort() : rest;
  };
  const withPair = (name, member, number) => {
    const rest = chosen[name].filter(([m]) => m !== member);
    return number === null ? rest : [...rest, [member, number]].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  };
  const set = (field, value) => { if (field.value !== value) field.value = value; };
  const fill = () => {
    fields.forEach((field) => {
      const value = chosen[field.name];
      if (field.type === "checkbox") field.checked = !value.includes(field.value);
      else if (field.tagName === "SELECT") set(field, value);
      else if (field !== document.activeElement) {
        set(field, rule.printed(value));
        field.removeAttribute("aria-invalid");
      }
    });
    const chip = (name, member, text) => {
      const button = made("button", { type: "button", "data-take-back": name, "data-member": member }, "take back");
      button.append(made("span", { class: "visually-hidden" }, `: ${text}`));
      return made("li", {}, `${text} `, button);
    };
    const label = (id) => ledger.claims.flatMap((c) => c.readings).find((r) => r.id === id).label;
    const singled = JSON.stringify(["origins", "sources", "off", "at", "swap"].map((name) => chosen[name]));
    if (one(".own-chosen").dataset.drawn !== singled) one(".own-chosen").replaceChildren(
      ...["origins", "sources", "off"].flatMap((name) => chosen[name].map((m) =>
        chip(name, m, choice(name).telling.replace("{}", name === "off" ? `${m} (${label(m)})` : named(choice(name), m))))),
      ...["at", "swap"].flatMap((name) => chosen[name].map(([m, n]) =>
        chip(name, m, choice(name).telling.replace("{}", m).replace("{}", rule.printed(n))))));
    one(".own-chosen").dataset.drawn = singled;
    all(".own-panel").forEach(fillPanel);
  };

  // Each claim's own choices: its thresholds, its readings, their variants ---------------------------------------

  const fillPanel = (panel) => {
    all("[data-reading]", panel).forEach((box) => { box.checked = !chosen.off.includes(box.dataset.reading); });
    all("[data-variants]", panel).forEach((select) => {
      select.value = String(chosen.swap.find(([m]) => m === select.dataset.variants)?.[1] ?? 0);
    });
    all("[data-limb]", panel).filter((f) => f !== document.activeElement).forEach((field) => {
      const [claim, limb] = field.dataset.limb.split(".");
      const part = ledger.claims.find((c) => c.id === claim).limbs.find((l) => l.name === limb);
      set(field, rule.printed(rule.thresholdUnder(field.dataset.limb, part, chosen)));
      field.removeAttribute("aria-invalid");
    });
  };
  const value = (v, unit) => (v === null ? "" : ` ${Number(v.toPrecision(6)).toLocaleString("en")}${unit ? ` ${unit}` : ""}`);
  const panelOf = (claim) => {
    const panel = made("div", { class: "own-panel", role: "group", "aria-label": `Choices for ${claim.id} alone` });
    claim.limbs.forEach((limb) => {
      const key = `${claim.id}.${limb.name}`;
      const head = made("p", { class: "own-limb" }, made("strong", {}, limb.name));
      if (rule.movable(limb)) {
        head.append(" ", made("label", {}, `threshold ${limb.op} `,
          made("input", { type: "number", step: "any", "data-limb": key, inputmode: "decimal" }), ` ${limb.unit ?? ""}`));
      }
      panel.append(head);
      claim.readings.filter((r) => r.limb === limb.name).forEach((r) => {
        const line = made("p", { class: "own-reading" }, made("label", {},
          made("input", { type: "checkbox", "data-reading": r.id }),
          ` ${r.vantage}: ${r.label}${value(r.value, limb.unit)}, ${r.met ? "met" : "not met"}`));
        if (r.variants.length) {
          const select = made("select", { "data-variants": r.id, "aria-label": `What speaks for ${r.label}` },
            made("option", { value: "0" }, "the reading itself"));
          r.variants.forEach((w, i) => select.append(made("option", { value: String(i + 1) },
            `${w.label}${value(w.value, limb.unit)}, ${w.met ? "met" : "not met"}`)));
          line.append(" ", select);
        }
        panel.append(line);
      });
    });
    fillPanel(panel);
    return panel;
  };
  const unfold = (body, button) => {
    const open = body.querySelector("tr.own-row");
    if (open) open.remove();
    else {
      const claim = ledger.claims.find((c) => c.id === body.dataset.claim);
      body.append(made("tr", { class: "own-row", role: "row" }, made("td", { colspan: "3", role: "cell" }, panelOf(claim))));
    }
    button.setAttribute("aria-expanded", String(!open));
  };

  // Each origin or source in turn --------------------------------------------------------------------------------

  const inTurn = (name) => {
    const holds = new Map();
    ledger.claims.forEach((c) => c.readings.forEach((r) => {
      const members = name === "origins" ? [r.origin] : [r, ...r.variants].flatMap((v) => v.rests_on.flat());
      members.forEach((m) => holds.set(m, (holds.get(m) ?? new Set()).add(c)));
    }));
    const rows = [...holds].filter(([m]) => !chosen[name].includes(m)).map(([member, claims]) => {
      const next = { ...chosen, [name]: withMember(name, member, true) };
      const settled = rule.settled(ledger, next);
      const ids = [...claims].filter((c) => {
        const verdicts = rule.judgeClaim(c, settled);
        return shown.some((v) => verdicts[v].word !== found[c.id][v].word);
      }).map((c) => c.id);
      return { member, ids, address: rule.write(ledger, next) };
    }).filter((row) => row.ids.length).sort((a, b) => b.ids.length - a.ids.length || (a.member < b.member ? -1 : 1));
    const noun = name === "origins" ? "origin" : "source";
    const table = made("table", {}, made("caption", {}, `${rows.length} of ${plural(holds.size, noun)} move a verdict when left out alone`),
      made("thead", {}, made("tr", {}, made("th", { scope: "col" }, "Without"), made("th", { scope: "col" }, "these claims move"))),
      made("tbody", {}, ...rows.map((row) => made("tr", {},
        made("th", { scope: "row" }, made("a", { href: `?${row.address}`, "data-preset": row.address }, named(choice(name), row.member))),
        made("td", {}, row.ids.join(", "))))));
    const box = one(".own-turned");
    box.replaceChildren(made("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": `Each ${noun} in turn` }, table));
    announce(`${rows.length} of ${plural(holds.size, noun)} move a verdict when left out alone.`);
  };

  // All of it --------------------------------------------------------------------------------------------------

  let waiting;
  const announce = (text) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => put(one("[data-announce]"), text), 300); // one sentence, once the reader pauses
  };
  const address = () => {
    const url = new URL(location.href);
    const query = rule.write(ledger, chosen);
    url.search = query ? `${query}&edition=${encodeURIComponent(ledger.edition)}` : "";
    return url;
  };
  let kept = "both"; // the verdicts that the page shows
  const keepOnly = () => {
    if (kept !== chosen.vantage) sided.forEach((part) => rule.VANTAGES.forEach((v) => mark(part, `only-${v}`, chosen.vantage === v)));
    kept = chosen.vantage;
  };
  // What is in sight follows in the next frame, and the rest in the one after it, so that neither takes a slow phone long.
  // Nothing is asked of the page in between, and what is asleep costs nothing.
  let inSight = new Set(); // as it was in the last frame: to ask in the midst of a change has the page laid out twice
  let isDue = () => true;
  const write = () => {
    showVerdicts();
    showMap();
    if (isDue(map)) showArcs();
    if (isDue(counted)) showTally();
    if (tables.some(isDue)) showFalls();
    if (isDue(form)) fill();
  };
  const isInSight = (part) => {
    const { top, bottom } = part.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  };
  let looking;
  const look = () => {
    inSight = new Set(parts.filter(isInSight));
    if (inSight.has(map)) places.filter(isInSight).forEach((part) => inSight.add(part)); // else asleep, and costly to ask
  };
  const writeRest = () => {
    look();
    isDue = () => true;
    write();
    practise(nearby());
  };
  const show = () => {
    found = rule.judge(ledger, chosen);
    shown = chosen.vantage === "both" ? rule.VANTAGES : [chosen.vantage];
    isDue = (part) => inSight.has(part);
    keepOnly();
    write();
    const told = sentence();
    put(said, told);
    mark(said, "own", told !== "The book's own rule.");
    requestAnimationFrame(() => requestAnimationFrame(writeRest));
    announce(told);
    share();
  };
  let leaving;
  const remember = () => {
    clearTimeout(leaving);
    if (!leaving) return;
    leaving = 0;
    const url = address();
    window.report.remember(url);
    one(".own-share input").value = `${said.textContent} Edition ${ledger.edition}, ${url.href}`;
  };
  const share = () => {
    clearTimeout(leaving);
    leaving = setTimeout(remember, 200); // browsers take long over it, and some refuse it when asked too often
  };
  const choose = (next) => {
    chosen = { ...chosen, ...next };
    show();
  };
  const take = (query) => {
    const asked = new URLSearchParams(query);
    const edition = asked.get("edition");
    asked.delete("edition");
    const { chosen: read, ignored } = rule.read(ledger, asked.toString());
    choose(Object.fromEntries(ledger.rule.choices.map((c) => [c.name, read[c.name]])));
    const notes = [...(ignored.length ? [`Ignored, since it means nothing here: ${ignored.join(", ").slice(0, 300)}.`] : []),
      ...(edition && edition !== ledger.edition ? [`This address was made for edition ${edition.slice(0, 20)}; this is ${ledger.edition}.`] : [])];
    one(".own-ignored")?.remove();
    if (notes.length) {
      said.after(made("p", { class: "own-ignored" }, notes.join(" ")));
      announce(`${said.textContent} ${notes.join(" ")}`);
    }
  };

  // A number that does not fit is marked and changes nothing; when its field is left, it gives way to the one that stands.
  const number = (field, choiceOf) => {
    const asked = field.value.trim() === "" ? NaN : Number(field.value);
    const value = Number.isFinite(asked) ? Number(rule.printed(asked)) : NaN;
    const fits = choiceOf ? value >= choiceOf.least && value <= choiceOf.most : Math.abs(value) < 1e15;
    const wrong = !fits && (field.value !== "" || field.validity.badInput);
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (wrong && choiceOf) announce(`${choiceOf.label} may be ${choiceOf.least} to ${choiceOf.most}; ${rule.printed(chosen[choiceOf.name])} stands.`);
    return fits ? value : null;
  };
  const change = ({ target }) => {
    const { name } = target;
    if (target.dataset.reading) choose({ off: withMember("off", target.dataset.reading, !target.checked) });
    else if (target.dataset.variants) {
      choose({ swap: withPair("swap", target.dataset.variants, Number(target.value) || null) });
    } else if (target.dataset.limb) {
      const [claim, limb] = target.dataset.limb.split(".");
      const part = ledger.claims.find((c) => c.id === claim).limbs.find((l) => l.name === limb);
      const asked = number(target);
      if (asked === null && target.hasAttribute("aria-invalid")) return;
      const plain = rule.thresholdUnder("", part, { ...chosen, at: [] });
      choose({ at: withPair("at", target.dataset.limb, asked === null || asked === plain ? null : asked) });
    } else if (target.type === "checkbox" && name) choose({ [name]: withMember(name, target.value, !target.checked) });
    else if (target.type === "number" && name) {
      const asked = number(target, choice(name));
      if (asked !== null) choose({ [name]: asked });
    } else if (name) choose({ [name]: target.value });
  };

  // The first rules that a script judges take it many times as long as any later one, and one whose verdicts are known
  // takes next to none: while the reader pauses, it judges some, a claim at a time.
  const idly = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
  function* judged(rules) {
    for (const next of rules) {
      const settled = rule.settled(ledger, next);
      for (const claim of ledger.claims) yield rule.judgeClaim(claim, settled);
    }
  }
  const practise = (rules) => {
    const from = chosen;
    const work = judged(rules);
    const go = (left) => {
      if (chosen !== from) return;
      do if (work.next().done) return; while (left?.timeRemaining() > ROOM);
      idly(go);
    };
    idly(go);
  };
  // The rules that are one step in the form away from the one that holds.
  const valuesNear = (field) => {
    const { name } = field;
    if (field.type === "checkbox") return [withMember(name, field.value, field.checked)];
    if (field.tagName === "SELECT") return [...field.options].map((o) => o.value);
    const { step, least, most } = choice(name);
    return [chosen[name] - step, chosen[name] + step].map((v) => Number(rule.printed(v))).filter((v) => v >= least && v <= most);
  };
  const nearby = () => fields.flatMap((field) => valuesNear(field).map((value) => ({ ...chosen, [field.name]: value })));

  // Parts of the page that the browser leaves alone while they are far out of sight. Each keeps the height it has.
  const sleep = () => {
    const parts = [...bodies, ...all(".own-form, .table-box:not(:has(> .own-verdicts)), .own-map"), ...all(".own-rule ~ section", document)];
    parts.forEach((part) => part.classList.remove("asleep"));
    const heights = parts.map((part) => part.getBoundingClientRect().height);
    parts.forEach((part, at) => {
      part.style.containIntrinsicSize = `auto ${heights[at]}px`;
      part.classList.add("asleep");
    });
  };

  const begin = () => {
    ledger = window.reportLedger;
    ids = ledger.claims.map((c) => c.id);
    fields = all("[name]", form);
    bodies = all(".own-verdicts tbody");
    paths = all(".own-map path");
    places = all(".own-map li[data-claim]");
    map = one(".own-map");
    counted = one(".table-box:has(> .own-tally)");
    tables = all(".table-box:has(> .own-fails)");
    parts = [form, counted, ...bodies, ...(map ? [map] : []), ...tables];
    sided = all(".own-verdicts, .own-tally, .own-map, .table-box:has(> .own-fails)");
    all(".own-was, .counts").forEach((node) => { if (!node.firstChild) node.append(""); });
    falls = all(".own-fails tbody tr").map((row) => ({
      row, id: row.dataset.claim, vantage: row.closest("table").dataset.vantage, note: one(".own-was", row) }));
    chosen = rule.book(ledger);
    found = before = rule.judge(ledger, chosen);
    ledger.claims.forEach(({ id }) => rule.VANTAGES.forEach((v) => {
      drawn.set(`${id} ${v}`, signature(id, v)).set(`map ${id} ${v}`, `${wordOf(found[id][v])} false`);
      const cell = one(`.own-verdicts [data-claim="${id}"] td.${v}`);
      const [badge, standing, was] = cell.children;
      cells.set(`${id} ${v}`, {
        cell, badge, standing, was, glyph: badge.children[0], word: badge.children[1],
        sign: one(`.own-map [data-claim="${id}"] .${v} .verdict`),
      });
    }));
    all("[data-add]", form).forEach((select) => {
      const options = [...rule.membersOf(ledger, select.dataset.add).keys()].map((m) => [named(choice(select.dataset.add), m), m]);
      options.sort(([a], [b]) => a.localeCompare(b, "en"));
      select.append(...options.map(([text, value]) => new Option(text, value)));
    });
    form.hidden = false;
    one(".own-share").hidden = false;
    take(location.search);
    writeRest();
    place.addEventListener("submit", (event) => event.preventDefault());
    place.addEventListener("input", change);
    place.addEventListener("focusout", fill);
    place.addEventListener("click", (event) => {
      const preset = event.target.closest("[data-preset]");
      const adds = event.target.closest("[data-adds]")?.dataset.adds;
      const back = event.target.closest("[data-take-back]");
      const turn = event.target.closest("[data-turn]");
      const open = event.target.closest(".own-open");
      if (preset && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        take(preset.dataset.preset);
      } else if (adds) {
        const { value: member } = one(`[data-add="${adds}"]`, form);
        if (member) choose({ [adds]: withMember(adds, member, true) });
        one(`[data-add="${adds}"]`, form).value = "";
      } else if (back) {
        const { takeBack: name, member } = back.dataset;
        choose({ [name]: choice(name).kind === "pairs" ? withPair(name, member, null) : withMember(name, member, false) });
        writeRest(); // at once: the button that has the focus is about to go, wherever the reader has scrolled
        (one(".own-chosen button") ?? one("[data-turn]")).focus();
      } else if (turn) inTurn(turn.dataset.turn);
      else if (open) unfold(open.closest("tbody"), open);
    });
    one(".own-share button").addEventListener("click", ({ target }) => {
      one(".own-share input").select();
      navigator.clipboard?.writeText(one(".own-share input").value).then(() => { target.textContent = "Copied"; }, () => {});
    });
    window.addEventListener("pagehide", remember);
    window.addEventListener("beforeprint", writeRest);
    ["scroll", "resize"].forEach((moved) => window.addEventListener(moved, () => {
      cancelAnimationFrame(looking);
      looking = requestAnimationFrame(look);
    }, { passive: true }));
    window.addEventListener("popstate", () => take(location.search));
    let wide = place.clientWidth;
    idly(sleep);
    new ResizeObserver(() => {
      if (place.clientWidth !== wide) idly(sleep);
      wide = place.clientWidth;
    }).observe(place);
    const head = one("header.site", document); // two lines tall where the text is large
    new ResizeObserver(() => document.documentElement.style.setProperty("--head", `${head.offsetHeight}px`)).observe(head);
    practise(["&votes=reading", "&limbs=weakest", "&variants=for"].flatMap((more) =>
      ledger.rule.presets.map(({ address }) => rule.read(ledger, address + more).chosen)));
    place.dataset.ready = "";
  };

  window.report.script(place.dataset.ledger).then(begin);
})();
