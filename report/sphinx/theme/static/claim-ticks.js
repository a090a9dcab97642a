// The rule for one claim alone, in its box: which of its readings count, what speaks for each, by what choices. Loaded when asked for.
window.reportTicks = (() => {
  "use strict";
  const rule = window.reportRule;
  const ledger = window.reportLedger;
  const ELSEWHERE = ["vantage", "credited", "voices"]; // choices that an address keeps, and that one claim seldom needs
  const made = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  };

  const field = (choice) => {
    if (choice.kind === "number") {
      return made("input", { type: "number", name: choice.name, value: rule.printed(choice.default), min: choice.least, max: choice.most, step: "any" });
    }
    const select = made("select", { name: choice.name });
    select.append(...choice.options.map((o) => new Option(o.label, o.value)));
    return select;
  };
  const form = (claim) => {
    const choices = ledger.rule.choices.filter((c) => ["one", "number"].includes(c.kind)
      && (!ELSEWHERE.includes(c.name) || (c.name === "voices" && claim.kind === "motive")));
    const kinds = [...new Set(claim.readings.flatMap((r) => r.rests_on.flat().map((id) => ledger.sources[id].kind)))].sort();
    return made("div", { class: "tick-form", role: "group", "aria-label": `The rule for ${claim.id} alone` },
      ...choices.map((c) => made("label", { title: c.does }, `${c.label} `, field(c), ...(c.unit ? [` ${c.unit}`] : []))),
      ...claim.limbs.filter(rule.movable).map((l) => made("label", {}, `threshold of ${l.name} `, made("input", {
        type: "number", step: "any", "data-limb": l.name, value: rule.printed(l.threshold) }), ` ${l.unit ?? ""}`)),
      made("span", {}, "Kinds of source that count: ", ...kinds.flatMap((kind) => {
        const box = made("input", { type: "checkbox", name: "without", value: kind });
        box.checked = true;
        return [made("label", {}, box, ` ${kind}`), " "];
      })));
  };

  const chosenIn = (box, claim) => {
    const chosen = rule.book(ledger);
    chosen.off = [...box.querySelectorAll("tr[data-reading]")]
      .filter((row) => !row.querySelector(".tick").checked).map((row) => row.dataset.reading).sort();
    chosen.swap = [...box.querySelectorAll(".tick-swap")].filter((select) => select.value !== "0")
      .map((select) => [select.closest("tr").dataset.reading, Number(select.value)]).sort(([a], [b]) => (a < b ? -1 : 1));
    box.querySelectorAll(".tick-form [name]").forEach((f) => {
      if (f.type === "checkbox") { if (!f.checked) chosen.without = [...chosen.without, f.value].sort(); return; }
      const choice = ledger.rule.choices.find((c) => c.name === f.name);
      if (choice.kind === "one") chosen[f.name] = f.value;
      else if (f.value !== "" && f.value >= choice.least && f.value <= choice.most) chosen[f.name] = Number(rule.printed(Number(f.value)));
    });
    box.querySelectorAll(".tick-form [data-limb]").forEach((f) => {
      const limb = claim.limbs.find((l) => l.name === f.dataset.limb);
      const value = Number(f.value);
      if (f.value !== "" && Math.abs(value) < 1e15 && value !== limb.threshold) {
        chosen.at = [...chosen.at, [`${claim.id}.${limb.name}`, Number(rule.printed(value))]].sort();
      }
    });
    return chosen;
  };

  const said = (claim, chosen) => {
    const [own, book] = [chosen, rule.book(ledger)].map((c) => rule.judgeClaim(claim, rule.settled(ledger, c)));
    return rule.VANTAGES.map((v) => {
      const now = own[v];
      const beside = now.word && now.readings ? ` (${now.met} of ${now.readings} met)` : "";
      return `${v} ${now.word ?? "no verdict"}${beside}${now.word === book[v].word ? ", as in the book" : `, in the book ${book[v].word}`}`;
    }).join("; ");
  };

  return (box) => {
    const id = box.id.slice("box-".length).toUpperCase();
    const claim = ledger.claims.find((c) => c.id === id);
    if (box.dataset.more !== undefined && !box.querySelector(".tick-form")) {
      const more = box.querySelector(".tick-more");
      const made = form(claim);
      more.after(made);
      more.hidden = true;
      made.querySelector("input, select").focus();
    }
    const chosen = chosenIn(box, claim);
    const line = box.querySelector(".tick-said");
    const query = rule.write(ledger, chosen);
    if (!query) {
      line.textContent = "The book's own rule.";
      return;
    }
    line.replaceChildren(`By your choices: ${said(claim, chosen)}. `,
      made("a", { href: `${box.dataset.own}?${query}#own-${id.toLowerCase()}` }, "The whole book under them"));
  };
})();
