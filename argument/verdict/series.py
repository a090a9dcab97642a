"""Series of the verdict chapter: pacts and arms among communist states, disputes, the quotation, voices."""

from __future__ import annotations

import math

import pandas as pd

from argument.voices.series import plain
from report.book import all_readings, readings, verdicts
from report.data.package import load, remembered
from report.dates import middle
from report.rule import VANTAGES, by_cutoff, claims
from report.trace import Measure, count, measure, measures, percent_of, total

CODE_CHINA, CODE_NORTH = 710, 731
FIVE_YEARS = range(1950, 2020, 5)
COMMUNIST, NORTH, EXPECTED = "communist states", "North Korea", "an even spread"
PAIRS = {"communist": "communist pairs", "outside": "no Warsaw Pact", "other": "other pairs"}
WEIGHED = {"for": "collapse is worse", "against": "the bomb is worse", "open": "not weighed"}


# Pacts ------------------------------------------------------------------------------------------------------

def pact_share(first: int, last: int, pair: str) -> Measure:
    """Return the percentage of pairs with a defence pact, pooled over years; ``pair`` is
    communist, mixed or other.
    """
    rows = load("alliance/pact_counts").query("pair == @pair and @first <= year <= @last")
    return _share_of(rows)


def _share_of(rows: pd.DataFrame) -> Measure:
    return percent_of(total(measures(rows, "with_defence_pact")), total(measures(rows, "pairs")))


def warsaw_pairs(year: int) -> int:
    """Return how many pairs of communist states were bound by the Warsaw Pact in a year."""
    members, regimes = load("verdict/warsaw_pact"), load("alliance/communist_regimes")
    gone, listed = members["left"].dt.year.fillna(9999), regimes.loc[regimes["year"] == year, "ccode"]
    inside = members[(members["joined"].dt.year <= year) & (gone >= year) & members["ccode"].isin(listed)]
    return math.comb(len(inside), 2)


def warsaw_pacts(year: int) -> Measure:
    """Return the pairs bound by the Warsaw Pact in a year, with its members and the
    regimes that are listed.
    """
    regimes = load("alliance/communist_regimes")
    rests = pd.concat([load("verdict/warsaw_pact"), regimes[regimes["year"] == year]])
    return measure(rests, warsaw_pairs(year), unit="pairs", period=str(year))


def share_outside_warsaw(first: int, last: int) -> Measure:
    """Return the share of pacts among communist pairs, those of the Warsaw Pact left out of both counts."""
    rows = load("alliance/pact_counts").query("pair == 'communist' and @first <= year <= @last")
    out = total(warsaw_pacts(int(year)) for year in rows["year"])
    bound, pairs = (total(measures(rows, column, unit="pairs")) for column in ("with_defence_pact", "pairs"))
    return percent_of(bound - out, pairs - out)


def pact_shares() -> pd.DataFrame:
    """Return the share of pairs with a defence pact by year, among communist and among other pairs."""
    rows = load("alliance/pact_counts").query("pair != 'mixed'")
    made = [(int(r["year"]), r["pair"], _share_of(rows.loc[[a]])) for a, r in rows.iterrows()]
    made += [(int(y), "outside", share_outside_warsaw(y, y)) for y in sorted(rows["year"].unique())
             if warsaw_pairs(int(y))]
    frame = pd.DataFrame(made, columns=["year", "pairs", "share"])
    frame = frame.assign(pairs=frame["pairs"].map(PAIRS), last=frame["year"] == last_listed())
    return frame.sort_values(["pairs", "year"], ignore_index=True)


# Arms -------------------------------------------------------------------------------------------------------

@remembered
def last_listed() -> int:
    """Return the last year of the list of communist regimes."""
    return int(load("alliance/communist_regimes")["year"].max())


@remembered
def communist_codes(year: int) -> frozenset[int]:
    """Return the codes of the states listed as communist in a year; after the list's
    end, those of its last year.
    """
    return frozenset(
        load("alliance/communist_regimes").query("year == @year")["ccode"]) if year <= last_listed() \
        else communist_codes(last_listed())


def deliveries(supplier: str, first: int, last: int) -> pd.DataFrame:
    """Return a supplier's deliveries, each marked as going to a communist state or not."""
    rows = load("alliance/arms_transfers").query("supplier == @supplier and @first <= year <= @last")
    codes = rows["recipient_ccode"].fillna(0)
    sent = zip(codes, rows["year"], strict=True)
    return rows.assign(communist=[code in communist_codes(int(year)) for code, year in sent])


def arms_share(supplier: str, first: int, last: int) -> Measure:
    """Return the percentage of a supplier's deliveries that went to communist
    states, resting on all of them.
    """
    rows = deliveries(supplier, first, last)
    return _part_of(rows, rows["communist"])


def _part_of(rows: pd.DataFrame, mask: pd.Series) -> Measure:
    """Return deliveries that fit a mask in percent of all; the mask rests on all rows too."""
    every = total(measures(rows, "tiv"))
    return percent_of(measure(rows, float(rows.loc[mask, "tiv"].sum()), unit=every.unit), every)


def communist_partners(first: int, last: int) -> Measure:
    """Return the percentage of a communist state's possible partners that were
    communist, pooled over years.
    """
    rows = load("alliance/pact_counts").query("@first <= year <= @last")
    if rows.empty:
        rows = load("alliance/pact_counts")
        rows = rows[rows["year"] == last_listed()]
    ours = rows[rows["pair"] == "communist"].groupby("year")["pairs"].sum().map(states_of)
    every = rows.groupby("year")["pairs"].sum().map(states_of)
    return measure(rows, 100 * float((ours - 1).sum() / (every - 1).sum()), unit="percent")


def states_of(pairs: int) -> int:
    """Return the number of states that make so many pairs."""
    return round((1 + math.sqrt(1 + 8 * pairs)) / 2)


def arms_by_period(supplier: str = "China") -> pd.DataFrame:
    """Return the share of a supplier's arms to communist states and to the North, by five
    years, and the even share.
    """
    made = []
    for first in FIVE_YEARS:
        rows = deliveries(supplier, first, first + 4)
        if rows.empty:
            continue
        shares = {COMMUNIST: _part_of(rows, rows["communist"]),
                  NORTH: _part_of(rows, rows["recipient"] == NORTH),
                  EXPECTED: communist_partners(first, first + 4)}
        made += [{"year": first, "period": f"{first}–{str(first + 4)[2:]}", "to": to,
                  "total": float(rows["tiv"].sum()),
                  "share": share} for to, share in shares.items()]
    return pd.DataFrame(made)


def last_delivery(supplier: str = "China") -> int:
    """Return the last year in which a supplier's deliveries are recorded."""
    return int(load("alliance/arms_transfers").query("supplier == @supplier")["year"].max())


# Disputes ---------------------------------------------------------------------------------------------------

def disputes(which: str, *codes: int) -> Measure:
    """Return how many of the disputes between communist states had all the states
    named in them, by one list.
    """
    rows = load("alliance/disputes").query("list == @which")
    with_them = rows
    for code in codes:
        with_them = with_them[with_them["ccode_a"].eq(code) | with_them["ccode_b"].eq(code)]
    period = (str(rows["start_year"].min()), str(rows["end_year"].max()))
    return measure(rows, with_them["dispute"].nunique(), unit="disputes", period=period)


# The quotation ----------------------------------------------------------------------------------------------

def printings() -> pd.DataFrame:
    """Return the printings of the quotation, what each has inside quotation marks and what outside."""
    rows = load("verdict/shi_yinhong_printings").sort_values("date", kind="stable")
    marks = {True: "inside", False: "outside"}
    made = []
    for r in rows.itertuples(index=False):
        parts: dict[str, list[str]] = {"inside": [], "outside": []}
        parts[marks[r.first_quoted]].append(r.first_sentence)
        if pd.notna(r.second_quoted_sentence):
            parts["inside"].append(r.second_quoted_sentence)
        parts[marks[r.preference_quoted]].append(r.preference)
        made.append({"printing": f"{r.printing.replace('_', ' ').title()} ({r.kind})", "kind": r.kind,
                     "date": r.date,
                     **{where: " … ".join(said) for where, said in parts.items()},
                     "preference_quoted": r.preference_quoted, "source_id": r.source_id})
    return pd.DataFrame(made, index=rows.index)


# Voices -----------------------------------------------------------------------------------------------------

def voices(claim_id: str, deciding: bool = False) -> pd.DataFrame:
    """Return the statements that bear on a motive, one row a statement, with who speaks and which way.

    ``deciding`` keeps those for and against, one row a voice and vantage. A statement of which no more than
    the year or month is known stands in the middle of it.
    """
    column = claim_id.lower()
    rows = load("voices/statements")
    rows = rows[rows[column].isin(["for", "against"] if deciding else ["for", "against", "open"])]
    rows = rows.sort_values("date", kind="stable").drop_duplicates("statement_id")
    if deciding:
        rows = rows.assign(then=by_cutoff(rows["date"])).drop_duplicates(["origin", "then"])
    shown = rows.assign(
        when=[_placed(d) for d in rows["date"]], speaker=plain(rows["speaker"]), bearing=rows[column],
        side=rows["chinese_voice"].map({True: "Chinese voice", False: "voice abroad"}),
        chain=rows["chain"].str.replace("_", " "))
    return shown.sort_values("when", kind="stable")


def _placed(dated: str) -> pd.Timestamp:
    """Return the day on which a statement is drawn: its own, the fifteenth of its
    month, or the first of July.
    """
    return {4: lambda: pd.Timestamp(f"{dated}-07-01"), 7: lambda: pd.Timestamp(f"{dated}-15")}.get(
        len(dated), lambda: middle(dated))()


def preferences() -> pd.DataFrame:
    """Return the voices on what China would rather live with: all Chinese ones, and those abroad that decide
    it.

    A voice that decides the comparison is shown by those statements, another by all that bear on it.
    """
    rows = voices("C41")
    decided = rows[rows["bearing"] != "open"].groupby("speaker")["bearing"].first()
    rows = rows[(rows["bearing"] != "open") | ~rows["speaker"].isin(decided.index)]
    shown = rows[(rows["side"] == "Chinese voice") | (rows["bearing"] != "open")]
    return shown.assign(weighed=shown["bearing"].map(WEIGHED))


def reasons(motive: str) -> Measure:
    """Return how many Chinese voices name a motive, those who reject it left out."""
    rows = load("voices/statements").query("chinese_voice and motive == @motive")
    naming = rows[rows["stance"] != "rejects"]
    return measure(rows, naming["origin"].nunique(), unit="voices")


def launches(first: int, last: int) -> Measure:
    """Return the missiles launched from one year to another."""
    rows = load("tests/missile_tests")
    return count(rows[rows["date_utc"].str[:4].astype(int).between(first, last)], unit="missiles",
                 period=(str(first), str(last)))


# What the readings come to ----------------------------------------------------------------------------------

LABEL = 48  # characters of the quotation in a label


def moves() -> pd.DataFrame:
    """Return every claim with a verdict at both vantages, on a scale of five steps from
    contradicted to supported.
    """
    made = []
    for one in claims().values():
        found = verdicts(one.id)
        before, after = (v.word.rank if v.word else None for v in found.values())
        if before is None or after is None:
            continue
        quote = one.quote if len(one.quote) <= LABEL else one.quote[:LABEL].rsplit(" ", 1)[0] + "…"
        way = "up" if after > before else "down" if after < before else "same"
        made.append({"claim": one.id, "label": f"{one.id} {quote}", "then": before, "now": after,
                     "then_word": found["then"].word, "now_word": found["now"].word, "way": way,
                     "row": f"claims#{one.id}",
                     "source_id": ";".join(sorted({i for r in readings(one.id) for i in r.sources}))})
    return pd.DataFrame(made)


def all_marks() -> pd.DataFrame:
    """Return every reading of every claim as a mark: those met count up from zero,
    those not met count down.
    """
    made = []
    for r in sorted(all_readings(), key=lambda r: (r.claim, VANTAGES.index(r.vantage), r.limb)):
        made.append({"claim": r.claim, "vantage": r.vantage, "label": r.label, "limb": r.limb,
                     "met": "met" if r.met else "not met", "row": f"claims#{r.claim}",
                     "source_id": ";".join(r.sources)})
    marks = pd.DataFrame(made)
    nth = marks.groupby(["claim", "vantage", "met"]).cumcount() + 1
    return marks.assign(place=nth.where(marks["met"] == "met", -nth))
