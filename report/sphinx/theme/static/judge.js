// The rule again, for readers who change it: what report/rule/own.py and report/rule/verdict.py do, on the same ledger.
// Nothing here touches a page. A test holds the verdicts of both together, over this ledger and over made-up ones.
(() => {
  "use strict";
  const VANTAGES = ["then", "now"];
  const NUMBER = /^-?[0-9]{1,15}(\.[0-9]{1,6})?$/;
  const slug = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const choicesOf = (ledger) => ledger.rule.choices;
  const once = (make) => { // what a ledger says, worked out once
    const kept = new WeakMap();
    return (ledger) => {
      if (!kept.has(ledger)) kept.set(ledger, make(ledger));
      return kept.get(ledger);
    };
  };
  const book = (ledger) => Object.fromEntries(choicesOf(ledger).map((c) => [c.name, c.default]));
  const standardOf = once(book);
  const sourcesOf = once((ledger) => Object.entries(ledger.sources));
  const oldestOf = once((ledger) => yearsBefore(ledger.as_of, ledger.rule.present_years));
  const readingsOf = (ledger) => ledger.claims.flatMap((c) => c.readings);
  const movable = (limb) => limb.op !== null && limb.threshold !== null;
  const unique = (names) => [...new Set(names)].sort();

  // The names that a choice may take, each with how many variants it has.
  const membersOf = (ledger, register) => {
    const readings = readingsOf(ledger);
    const sources = Object.entries(ledger.sources);
    const found = {
      kinds: () => sources.map(([, s]) => s.kind),
      ways: () => sources.map(([, s]) => s.read_as),
      sources: () => sources.map(([id]) => id),
      origins: () => readings.map((r) => r.origin),
      readings: () => readings.map((r) => r.id),
      variants: () => readings.filter((r) => r.variants.length).map((r) => r.id),
      thresholds: () => ledger.claims.flatMap((c) => c.limbs.filter(movable).map((l) => `${c.id}.${l.name}`)),
    }[register]();
    const variants = new Map(register === "variants" ? readings.map((r) => [r.id, r.variants.length]) : []);
    return new Map(unique(found).map((name) => [name, variants.get(name) ?? 0]));
  };

  // The address ------------------------------------------------------------------------------------------------

  const printed = (number) => String(Number(number.toFixed(6)) || 0);
  const number = (text, least, most) => {
    const value = NUMBER.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? value : null;
  };
  const pair = (part, one, known) => {
    const at = part.lastIndexOf(":");
    const member = part.slice(0, Math.max(at, 0));
    const asked = part.slice(at + 1);
    if (one.of !== "variants") return [member, number(asked, -Infinity, Infinity)];
    const value = number(asked, 1, known.get(member) ?? 0);
    return [member, Number.isInteger(value) ? value : null];
  };

  const readOne = (ledger, one, text) => {
    if (one.kind === "one") return one.options.some((o) => o.value === text) ? [text, []] : [null, [text]];
    if (one.kind === "number") {
      const value = number(text, one.least, one.most);
      return value === null ? [null, [text]] : [value, []];
    }
    const known = membersOf(ledger, one.of);
    const kept = new Map();
    const left = [];
    text.split(",").filter(Boolean).forEach((part) => {
      const [member, value] = one.kind === "several" ? [part, 0] : pair(part, one, known);
      if (known.has(member) && !kept.has(member) && value !== null) kept.set(member, value);
      else left.push(part);
    });
    const names = [...kept.keys()].sort();
    return [one.kind === "several" ? names : names.map((name) => [name, kept.get(name)]), left];
  };

  // The choices of an address, and what of it is ignored because it means nothing here: nothing there can do harm.
  const read = (ledger, query) => {
    const chosen = book(ledger);
    const ignored = [];
    const seen = new Set();
    for (const [name, text] of new URLSearchParams(query)) {
      const one = choicesOf(ledger).find((c) => c.name === name);
      if (!one || seen.has(name)) {
        ignored.push(name);
        continue;
      }
      const [value, left] = readOne(ledger, one, text);
      ignored.push(...left.map((part) => `${name}=${part}`));
      if (value !== null) {
        chosen[name] = value;
        seen.add(name);
      }
    }
    return { chosen, ignored };
  };

  const written = (value) => {
    if (Array.isArray(value)) return value.map((v) => (Array.isArray(v) ? `${v[0]}:${printed(v[1])}` : v)).join(",");
    return typeof value === "number" ? printed(value) : value;
  };
  const same = (a, b) => written(a) === written(b);
  const moves = (ledger, chosen) => choicesOf(ledger).filter((c) => !same(chosen[c.name], c.default));
  const write = (ledger, chosen) => moves(ledger, chosen).map((c) =>
    `${c.name}=${encodeURIComponent(written(chosen[c.name])).replace(/%2C/g, ",").replace(/%3A/g, ":")}`).join("&");

  // What the readings say under a rule -------------------------------------------------------------------------

  const margins = (op, threshold, chosen) =>
    ({ "within 10 %": chosen.level / 100 * Math.abs(threshold), "within 5 points": chosen.points })[op];
  const meets = (op, value, threshold, chosen, rounding) => {
    const margin = margins(op, threshold, chosen);
    if (margin !== undefined) return value >= threshold - margin - rounding && value <= threshold + margin + rounding;
    if (op === "<") return value < threshold - rounding;
    return op === ">" ? value > threshold + rounding : value >= threshold - rounding;
  };
  const judgedBy = (op, value, threshold, said, chosen, rounding) => {
    if (said === "fewer than" && (op === ">" || op === ">=")) return value > threshold + 1;
    return meets(said === "about" && op === ">" ? ">=" : op, value, threshold, chosen, rounding);
  };
  const thresholdUnder = (key, limb, chosen) => {
    const own = chosen.at.find(([name]) => name === key);
    if (own) return own[1];
    const shift = chosen.harder / 100 * Math.abs(limb.threshold);
    if (limb.op === ">" || limb.op === ">=") return limb.threshold + shift;
    return limb.op === "<" ? limb.threshold - shift : limb.threshold;
  };

  // What is worked out once for a rule, and asked of every reading.
  const settled = (ledger, chosen) => {
    const out = Object.fromEntries(["without", "read", "origins", "sources", "off"].map((n) => [n, new Set(chosen[n])]));
    const standard = standardOf(ledger);
    const all = out.without.size + out.read.size + out.sources.size === 0; // as by the book, where none is gone
    const gone = new Set(all ? [] : sourcesOf(ledger).filter(([id, s]) =>
      out.without.has(s.kind) || out.read.has(s.read_as) || out.sources.has(id)).map(([id]) => id));
    return {
      ...chosen, out, gone, swaps: new Map(chosen.swap), rounding: ledger.rule.rounding, ledger,
      tolerant: chosen.level !== standard.level || chosen.points !== standard.points,
    };
  };
  const stands = (groups, rule) => rule.gone.size === 0 || groups.every((g) => g.some((id) => !rule.gone.has(id)));
  const admitted = (claim, r, rule) => {
    if (rule.out.off.has(r.id) || rule.out.origins.has(r.origin) || (rule.later === "out" && r.later_source)) return false;
    if (rule.credited === "only" && claim.credited.length && !claim.credited.includes(r.origin)) return false;
    return rule.voices === "all" || claim.kind !== "motive"
      || slug(rule.ledger.origins[r.origin]?.voice ?? "") === rule.voices;
  };
  // How a limb's criterion stands under a rule: moved from the book's or not.
  const criterion = (claim, limb, rule) => {
    if (!movable(limb)) return { moved: false };
    const bar = thresholdUnder(`${claim.id}.${limb.name}`, limb, rule);
    return { op: limb.op, bar, moved: bar !== limb.threshold || (rule.tolerant && limb.op.startsWith("within")) };
  };
  const metUnder = (asked, one, rule) => (!asked.moved || one.value === null ? one.met
    : judgedBy(asked.op, one.value, asked.bar, one.said ?? "", rule, rule.rounding));
  const says = (asked, r, rule) => {
    const at = rule.swaps.get(r.id) ?? 0;
    const one = at ? r.variants[at - 1] : r;
    if (!stands(one.rests_on, rule)) return null;
    if (at || rule.variants === "none") return metUnder(asked, one, rule);
    const among = [r, ...r.variants].filter((v) => stands(v.rests_on, rule)).map((v) => metUnder(asked, v, rule));
    return rule.variants === "for" ? among.includes(true) : !among.includes(false);
  };
  // What each reading says: true, false, or null where it does not count.
  const answers = (claim, rule) => {
    const asked = Object.fromEntries(claim.limbs.map((l) => [l.name, criterion(claim, l, rule)]));
    return claim.readings.map((r) => (admitted(claim, r, rule) ? says(asked[r.limb], r, rule) : null));
  };
  const counted = (claim, said, rule) => claim.readings.map((r, at) => ({
    limb: r.limb, vantage: r.vantage, origin: r.origin, met: said[at], last: r.period[1],
    voter: rule.votes === "reading" ? r.id : r.votes_as,
  })).filter((r) => r.met !== null);

  // The verdict ------------------------------------------------------------------------------------------------

  const tally = (limb, votes) => {
    const units = new Map();
    let met = 0;
    let readings = 0;
    votes.forEach((r) => {
      if (r.limb !== limb.name) return;
      const unit = units.get(r.voter) ?? [0, 0];
      units.set(r.voter, [unit[0] + r.met, unit[1] + 1]);
      met += r.met;
      readings += 1;
    });
    let sum = 0;
    units.forEach(([yes, all]) => { sum += yes / all; });
    return { name: limb.name, essential: limb.essential, met, readings, units, sum, share: units.size ? sum / units.size : null };
  };
  // A limb's share without one of its votes.
  const shareWithout = (t, voter) => {
    const unit = t.units.get(voter);
    if (!unit) return t.share;
    return t.units.size > 1 ? (t.sum - unit[0] / unit[1]) / (t.units.size - 1) : null;
  };
  const rankOf = (share, rule) => {
    if (share >= 1 - rule.rounding) return 4;
    if (share <= rule.rounding) return 0;
    if (share >= rule.upper - rule.rounding) return 3;
    return share <= rule.lower + rule.rounding ? 1 : 2;
  };
  const ranked = (limbs, shares, rule, weakest) => {
    const read = shares.filter((s) => s !== null);
    if (!read.length) return { rank: null, share: null, capped: false };
    const share = weakest ? Math.min(...read) : read.reduce((a, b) => a + b, 0) / read.length;
    const rank = rankOf(share, rule);
    const low = limbs.some((t, at) => t.essential && (shares[at] === null || shares[at] <= rule.lower + rule.rounding));
    const capped = rule.essential === "on" && low && rank > 2;
    return { rank: capped ? 2 : rank, share, capped };
  };
  const sideOf = (rank) => (rank === null ? null : Math.sign(rank - 2));
  const grouped = (votes, by) => {
    const found = new Map();
    votes.forEach((r) => {
      if (found.has(r[by])) found.get(r[by]).push(r);
      else found.set(r[by], [r]);
    });
    return found;
  };
  const firmness = (votes, limbs, units, rank, rule) => {
    if (units < rule.ledger.rule.firm_votes) return "thin";
    const weakest = rule.limbs === "weakest";
    const moved = (shares, lowest) => sideOf(ranked(limbs, shares, rule, lowest).rank) !== sideOf(rank);
    if (moved(limbs.map((t) => t.share), !weakest)) return "shaky";
    const voters = grouped(votes, "voter");
    if ([...voters.keys()].some((voter) => moved(limbs.map((t) => shareWithout(t, voter)), weakest))) return "shaky";
    const isVoter = (own) => own.every((r) => r.voter === own[0].voter) && voters.get(own[0].voter).length === own.length;
    return [...grouped(votes, "origin")].some(([origin, own]) => !isVoter(own)
      && moved(limbs.map((t) => tally(t, votes.filter((r) => r.origin !== origin)).share), weakest)) ? "shaky" : "firm";
  };

  // The last day of a year, month or day, as text that sorts by time.
  const lastOfMonth = (day) => new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10);
  const months = new Map();
  const lastDay = (day) => {
    if (day.length === 4) return `${day}-12-31`;
    if (day.length > 7) return day;
    if (!months.has(day)) months.set(day, lastOfMonth(day));
    return months.get(day);
  };
  const yearsBefore = (day, years) => {
    const year = String(Number(day.slice(0, 4)) - years);
    const leap = new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() === 1;
    return year + (day.endsWith("-02-29") && !leap ? "-02-28" : day.slice(4));
  };
  const newestOf = (votes) => votes.reduce((last, r) => (last && lastDay(last) >= lastDay(r.last) ? last : r.last), null);

  const verdict = (claim, every, vantage, rule) => {
    const votes = every.filter((r) => r.vantage === vantage);
    const limbs = claim.limbs.map((l) => tally(l, votes));
    const found = {
      word: null, met: votes.filter((r) => r.met).length, readings: votes.length,
      votes: new Set(votes.map((r) => r.voter)).size, share: null, firmness: null, capped: false, older: null,
      newest: newestOf(votes), qualifiers: [], rank: null,
      limbs: Object.fromEntries(limbs.map((t) => [t.name, t.share])),
    };
    if (claim.kind === "judgement" || (claim.kind === "forecast" && vantage === "then")) return found;
    const words = rule.ledger.rule.words[claim.kind === "motive" ? "voiced" : "graded"];
    const { rank, share, capped } = ranked(limbs, limbs.map((t) => t.share), rule, rule.limbs === "weakest");
    Object.assign(found, { rank, share, capped, word: rank === null ? "untested" : words[rank] });
    if (!votes.length) return found;
    found.qualifiers = [
      ...(limbs.some((t) => t.share === null) ? ["untested in part"] : []), ...(votes.length === 1 ? ["one reading"] : [])];
    found.firmness = firmness(votes, limbs, found.votes, rank, rule);
    if (vantage === "now" && claim.now_means === "present" && lastDay(found.newest) < oldestOf(rule.ledger)) {
      Object.assign(found, { word: "untested", older: found.word, rank: null, firmness: null, qualifiers: [] });
    }
    return found;
  };

  // A claim whose readings say what they once said, under the same counting, has the verdicts it had then.
  const known = new WeakMap();
  const MANY = 128;
  const COUNTING = ["votes", "limbs", "essential", "lower", "upper"];
  const verdicts = (claim, said, rule) => {
    const every = counted(claim, said, rule);
    return Object.fromEntries(VANTAGES.map((v) => [v, verdict(claim, every, v, rule)]));
  };
  const judgeClaim = (claim, rule) => {
    const said = answers(claim, rule);
    const key = [...COUNTING.map((name) => rule[name]), ...said].join();
    if (!known.has(claim)) known.set(claim, new Map());
    const before = known.get(claim);
    const found = before.get(key) ?? verdicts(claim, said, rule);
    before.delete(key);
    before.set(key, found); // the newest last
    if (before.size > MANY) before.delete(before.keys().next().value);
    return found;
  };
  // All verdicts of a ledger under the reader's choices, by claim.
  const judge = (ledger, chosen) => {
    const rule = settled(ledger, chosen);
    return Object.fromEntries(ledger.claims.map((c) => [c.id, judgeClaim(c, rule)]));
  };

  window.reportRule = { VANTAGES, book, judge, judgeClaim, membersOf, moves, movable, printed, read, same, settled, slug, thresholdUnder, write };
})();
