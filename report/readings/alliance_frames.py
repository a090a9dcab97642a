"""Frames behind the charts of the chapter on the alliance: spans, ranges and series with the rows they rest on."""

from __future__ import annotations

import pandas as pd

from report.claims import cited
from report.data import SEPARATOR, load, package
from report.readings.alliance import COUNTERS, PLACES, TEXTS, chinese_dead, pledges
from report.readings.leverage import days_after, window_end

PAIRS = {("CHN", "PRK"): "North Korea and China", ("PRK", "RUS"): "North Korea and Soviet Union, Russia",
         ("PRK", "CUB"): "North Korea and Cuba", ("CHN", "RUS"): "China and Soviet Union",
         ("USA", "KOR"): "South Korea and United States"}
TREATY_PAIRS = {"CHN-PRK": PAIRS["CHN", "PRK"], "PRK-RUS": PAIRS["PRK", "RUS"], "KOR-USA": PAIRS["USA", "KOR"]}
MAO_ERA = (1950, 1975)
DEMOCRATIC_NEIGHBOURS = ("KOR", "JPN")
SHOWN = ("CHN", "PRK")
LAST_LISTED = 2010  # of the list of communist regimes
OPENING = 1946  # before it China's pledges are those of the wartime United Nations


def _traced(rows: pd.DataFrame) -> dict[str, str]:
    return {"row": SEPARATOR.join(rows.index), "source_id": SEPARATOR.join(cited(rows))}


def spells(years: list[int]) -> list[tuple[int, int]]:
    """Return runs of consecutive years as first and last year."""
    runs: list[tuple[int, int]] = []
    for year in sorted(years):
        runs = [*runs[:-1], (runs[-1][0], year)] if runs and runs[-1][1] == year - 1 else [*runs, (year, year)]
    return runs


def pact_spells() -> pd.DataFrame:
    """Return the defence pacts around the peninsula as spans of years: recorded by ATOP, then as treaties say.

    The dataset ends in 2018; what the treaties add after that year is marked as such.
    """
    found = []
    for (first, second), label in PAIRS.items():
        rows = pledges(first, second).query("year >= @OPENING")
        for start, end in spells(rows["year"].tolist()):
            span = rows[rows["year"].between(start, end)]
            found.append({"pact": label, "start": start, "end": end + 1, "basis": "recorded in ATOP", **_traced(span)})
    return pd.DataFrame([*found, *_still_in_force(found)])


def _still_in_force(recorded: list[dict]) -> list[dict]:
    """Return the spans since the dataset's last year of the treaties that are in force."""
    last, now = max(r["end"] for r in recorded), package().as_of.year + 1
    treaties = load("alliance/treaties")
    treaties = treaties[treaties["mutual_defence"] & treaties["ended"].isna()]
    begun = treaties["in_force"].fillna(treaties["signed"]).str[:4].astype(int).clip(lower=last)
    return [{"pact": TREATY_PAIRS[t["pair"]], "start": begun[a], "end": now, "basis": "in force by its treaty",
             **_traced(treaties.loc[[a]])} for a, t in treaties.iterrows()]


def disputes_of_allies(which: str = "gml") -> pd.DataFrame:
    """Return the militarised disputes between China and North Korea by one of the two rival lists."""
    return load("alliance/disputes").query("list == @which and ccode_a == 710 and ccode_b == 731").assign(
        pact=PAIRS["CHN", "PRK"])


def war_dead() -> pd.DataFrame:
    """Return the rival figures of Chinese dead, lowest first, with who counted and when it was published."""
    rows = chinese_dead()
    return rows.assign(counter=rows["origin"].map(COUNTERS), row=rows.index,
                       year=rows["published"].str[:4]).sort_values("value_low")


def american_troops() -> pd.DataFrame:
    """Return American troops in Korea in both series, with a decimal year for the axis."""
    rows = load("alliance/us_troops")
    month = pd.to_numeric(rows["date"].str[5:7], errors="coerce").fillna(7)
    time = pd.to_numeric(rows["date"].str[:4]) + (month - 0.5) / 12
    return rows.assign(time=time, row=rows.index).sort_values("time")


def freedom() -> pd.DataFrame:
    """Return the index of liberal democracy, each state and year marked as communist then, once, or a neighbour."""
    rows = load("alliance/regime_scores")
    listed = _communist_years()
    return rows.assign(kind=[_kind(s, y, listed) for s, y in zip(rows["state"], rows["year"])], row=rows.index)


def _kind(state: str, year: int, listed: set[tuple[str, int]]) -> str:
    if state in SHOWN:
        return state
    if state in DEMOCRATIC_NEIGHBOURS:
        return "neighbour"
    return "communist then" if (state, min(year, LAST_LISTED)) in listed else "communist once"


CODES = {"ALB": 339, "CHN": 710, "CUB": 40, "DDR": 265, "HUN": 310, "LAO": 812, "MNG": 712, "POL": 290, "PRK": 731,
         "ROU": 360, "RUS": 365, "VNM": 816, "YUG": 345}


def _communist_years() -> set[tuple[str, int]]:
    names = {code: state for state, code in CODES.items()}
    rows = load("alliance/communist_regimes")
    return {(names[c], y) for c, y in zip(rows["ccode"], rows["year"]) if c in names}


def freedom_by_era() -> pd.DataFrame:
    """Return the mean index of each state in the Mao era and in the last ten years of the data."""
    rows, last = freedom(), int(load("alliance/regime_scores")["year"].max())
    spans = [MAO_ERA, (last - 9, last)]
    parts = [(f"{a} to {b}", state, part) for a, b in spans
             for state, part in rows[rows["year"].between(a, b)].groupby("state")]
    return pd.DataFrame([{"state": state, "era": era, "mean": float(part["liberal_democracy"].mean()), **_traced(part)}
                         for era, state, part in parts])


def doctrine_steps() -> pd.DataFrame:
    """Return the charters and constitutions as spans in time with the place of Marxism-Leninism in each."""
    rows = load("alliance/ideology_texts")
    rows = rows[rows["text"].isin(TEXTS)]
    return rows.assign(name=rows["text"].map(TEXTS), start=rows["adopted"].str[:4].astype(int), row=rows.index,
                       end=rows["until"].str[:4].fillna(str(package().as_of.year + 1)).astype(int),
                       rank=rows["place"].map(PLACES.index))


def pressure_days() -> pd.DataFrame:
    """Return the measures after each test with the days that had passed."""
    rows = load("alliance/pressure_after_tests")
    return rows.assign(days=days_after(rows), row=rows.index, window=[window_end(int(t)) for t in rows["test"]])


def surveys() -> pd.DataFrame:
    """Return the surveys of Chinese opinion as printed, one item a row, in the order of their years."""
    return load("alliance/opinion_surveys")
