"""Frames behind the charts of the verdict chapter: each point with the addresses (``row``) and sources it rests on."""

from __future__ import annotations

import pandas as pd

from report.rule import VANTAGES, claims
from report.data.package import load
from report.book import readings, treated, verdicts
from argument.by_rows import joined
from argument.verdict.tradition import LAST_LISTED, communist_partners, deliveries, share_outside_warsaw, warsaw_pairs
from argument.voices import by_cutoff, plain

FIVE_YEARS = range(1950, 2020, 5)
COMMUNIST, NORTH, EXPECTED = "communist states", "North Korea", "an even spread"
PAIRS = {"communist": "communist pairs", "outside": "no Warsaw Pact", "other": "other pairs"}


# (a) arms

def arms_by_period(supplier: str = "China") -> pd.DataFrame:
    """Return the share of a supplier's arms to communist states and to the North, by five years, and the even share."""
    made = []
    for first in FIVE_YEARS:
        rows = deliveries(supplier, first, first + 4)
        if rows.empty:
            continue
        total, kept = rows["tiv"].sum(), joined(rows)
        shares = {COMMUNIST: rows["communist"], NORTH: rows["recipient"] == NORTH}
        made += [{"year": first, "period": f"{first}-{str(first + 4)[2:]}", "to": to, "total": float(total),
                  "share": 100 * float(rows.loc[mask, "tiv"].sum() / total), **kept} for to, mask in shares.items()]
        even, states = communist_partners(first, first + 4)
        made.append({"year": first, "period": f"{first}-{str(first + 4)[2:]}", "to": EXPECTED, "total": float(total),
                     "share": even, **joined(states)})
    return pd.DataFrame(made)


# (b) pacts

def pact_shares() -> pd.DataFrame:
    """Return the share of pairs with a defence pact by year, among communist and among other pairs."""
    rows = load("alliance/pact_counts").query("pair != 'mixed'")
    made = [_pact(int(r["year"]), r["pair"], 100 * r["with_defence_pact"] / r["pairs"], rows.loc[[a]])
            for a, r in rows.iterrows()]
    bound = [y for y in sorted(rows["year"].unique()) if warsaw_pairs(int(y))]
    members = load("verdict/warsaw_pact")
    made += [_pact(int(y), "outside", share_outside_warsaw(y, y),
                   pd.concat([rows[(rows["year"] == y) & (rows["pair"] == "communist")], members])) for y in bound]
    return pd.DataFrame(made).sort_values(["pairs", "year"], ignore_index=True)


def _pact(year: int, pair: str, share: float, rows: pd.DataFrame) -> dict:
    return {"year": year, "pairs": PAIRS[pair], "share": float(share), "last": year == LAST_LISTED, **joined(rows)}


# (c) the quotation

def quotation() -> pd.DataFrame:
    """Return the printings of the quotation, what each has inside quotation marks and what outside."""
    rows = load("verdict/shi_yinhong_printings").sort_values("date", kind="stable")
    marks = {True: "inside", False: "outside"}
    made = []
    for address, r in rows.iterrows():
        parts = {"inside": [], "outside": []}
        parts[marks[r["first_quoted"]]].append(r["first_sentence"])
        if pd.notna(r["second_quoted_sentence"]):
            parts["inside"].append(r["second_quoted_sentence"])
        parts[marks[r["preference_quoted"]]].append(r["preference"])
        made.append({"printing": f"{r['printing'].replace('_', ' ').title()} ({r['kind']})", "kind": r["kind"],
                     "date": r["date"], **{k: " … ".join(v) for k, v in parts.items()},
                     "preference_quoted": r["preference_quoted"], "row": address, "source_id": r["source_id"]})
    return pd.DataFrame(made)


# What was forecast

def forecast() -> pd.DataFrame:
    """Return the measures of the forecast, 2013 to 2016 against 2017 to 2020, one row a reading."""
    return pd.DataFrame([{"measure": r.label, "before": r.threshold, "after": r.value,
                          "outcome": "higher" if r.met else "not higher", "row": ";".join(r.rows),
                          "source_id": ";".join(r.sources)} for r in readings("C39")])


# Voices

def voices(claim_id: str, deciding: bool = False) -> pd.DataFrame:
    """Return the statements that bear on a motive, one row a statement, with who speaks and which way.

    ``deciding`` keeps those for and against, one row a voice and vantage. A statement of which no more than the year or
    month is known stands in the middle of it.
    """
    column = claim_id.lower()
    rows = load("voices/statements")
    rows = rows[rows[column].isin(["for", "against"] if deciding else ["for", "against", "open"])]
    rows = rows.sort_values("date", kind="stable").drop_duplicates("statement_id")
    if deciding:
        rows = rows.assign(then=by_cutoff(rows["date"])).drop_duplicates(["origin", "then"])
    middle = rows["date"] + rows["date"].str.len().map({4: "-07-01", 7: "-15", 10: ""})
    return pd.DataFrame({
        "date": rows["date"], "when": pd.to_datetime(middle), "speaker": plain(rows["speaker"]), "group": rows["group"],
        "side": rows["chinese_voice"].map({True: "Chinese voice", False: "voice abroad"}), "bearing": rows[column],
        "paraphrase": rows["paraphrase"], "chain": rows["chain"].str.replace("_", " "), "row": rows.index,
        "source_id": rows["source_id"]}).sort_values("when", kind="stable", ignore_index=True)


WEIGHED = {"for": "collapse is worse", "against": "the bomb is worse", "open": "not weighed"}


def preferences() -> pd.DataFrame:
    """Return the voices on what China would rather live with: all Chinese ones, and those abroad that decide it.

    A voice that decides the comparison is shown by those statements, another by all that bear on it.
    """
    rows = voices("C41")
    decided = rows[rows["bearing"] != "open"].groupby("speaker")["bearing"].first()
    rows = rows[(rows["bearing"] != "open") | ~rows["speaker"].isin(decided.index)]
    shown = rows[(rows["side"] == "Chinese voice") | (rows["bearing"] != "open")]
    return shown.assign(weighed=shown["bearing"].map(WEIGHED)).reset_index(drop=True)


def reasons() -> pd.Series:
    """Return how many Chinese voices name each motive, those who reject it left out."""
    rows = load("voices/statements")
    rows = rows[rows["chinese_voice"] & (rows["stance"] != "rejects")]
    return rows.drop_duplicates(["origin", "motive"])["motive"].value_counts()


# All claims together

SCALE = {"contradicted": 0, "not attested": 0, "mostly contradicted": 1, "mixed": 2, "contested": 2,
         "mostly supported": 3, "supported": 4, "attested": 4}
LABEL = 48  # characters of the quotation in a label


def moves() -> pd.DataFrame:
    """Return every claim with a verdict at both vantages, on a scale of five steps from contradicted to supported."""
    made = []
    for one in claims().values():
        found = verdicts(one.id) if treated(one.id) else {}
        steps = [SCALE.get(v.word) for v in found.values()]
        if len(steps) < 2 or None in steps:
            continue
        quote = one.quote if len(one.quote) <= LABEL else one.quote[:LABEL].rsplit(" ", 1)[0] + "…"
        made.append({"claim": one.id, "label": f"{one.id} {quote}", "then": steps[0], "now": steps[1],
                     "then_word": found["then"].word, "now_word": found["now"].word,
                     "way": "up" if steps[1] > steps[0] else "down" if steps[1] < steps[0] else "same",
                     "row": f"claims#{one.id}",
                     "source_id": ";".join(sorted({i for r in readings(one.id) for i in r.sources}))})
    return pd.DataFrame(made)


def all_marks() -> pd.DataFrame:
    """Return every reading of every claim as a mark: those met count up from zero, those not met count down."""
    made = []
    for one in claims().values():
        for vantage in VANTAGES:
            up = down = 0
            for r in sorted((r for r in readings(one.id) if r.vantage == vantage), key=lambda r: r.limb):
                up, down = (up + 1, down) if r.met else (up, down - 1)
                made.append({"claim": one.id, "vantage": vantage, "label": r.label, "limb": r.limb,
                             "met": "met" if r.met else "not met", "place": up if r.met else down,
                             "row": f"claims#{one.id}", "source_id": ";".join(r.sources)})
    return pd.DataFrame(made)
