"""Frames behind the charts of the chapter on the alliance: spans, ranges and series with the rows they rest on."""

from __future__ import annotations

import pandas as pd

from argument.by_rows import cited
from report.data.package import SEPARATOR, load, package
from argument.alliance.readings import COUNTERS, PLACES, TEXTS, chinese_dead, pledges
from argument.alliance.c09_instruments import Instrument, instruments
from argument.alliance.c10_leverage import days_after, dependences
from argument.voices import voting

PAIRS = {("CHN", "PRK"): "North Korea and China", ("PRK", "RUS"): "North Korea and Soviet Union, Russia",
         ("PRK", "CUB"): "North Korea and Cuba", ("CHN", "RUS"): "China and Soviet Union",
         ("USA", "KOR"): "South Korea and United States"}
TREATY_PAIRS = {"CHN-PRK": PAIRS["CHN", "PRK"], "PRK-RUS": PAIRS["PRK", "RUS"], "KOR-USA": PAIRS["USA", "KOR"]}
INSTRUMENTS = {"treaty": "Treaty: a defence pledge in force (1 for yes)",
               "sanctions-votes": "Council: sanctions voted for",
               "human-rights-votes": "Council: votes against debating human rights",
               "enforcement": "Enforcement: tightening acts less shielding ones",
               "trade-kotra": "Trade by KOTRA, million US dollars",
               "trade-gacc": "Trade by customs, million US dollars",
               "summits": "Visits: meetings of the leaders", "visits": "Visits: of senior officials in a year"}
STATES = {"ALB": "Albania", "CHN": "China", "CUB": "Cuba", "DDR": "East Germany", "HUN": "Hungary", "JPN": "Japan",
          "KOR": "South Korea", "LAO": "Laos", "MNG": "Mongolia", "POL": "Poland", "PRK": "North Korea",
          "ROU": "Romania", "RUS": "Soviet Union, Russia", "VNM": "Viet Nam"}
ABROAD = ("us_jcs", "cow")  # who counted the Chinese dead outside China
SHORTER = {"without trade between the Koreas": "without the South", "with trade between the Koreas": "with the South",
           "International Trade Centre": "ITC", "Ministry of Unification": "Seoul", "the United Nations": "the UN",
           "Humanitarian funding reported": "Relief money reported"}
GROUNDS = {"yes": "beyond resolutions", "disputed": "disputed", "inferred": "inferred", "no": "by resolution"}
GROUPS = ("China", "North Korea", "democratic neighbour", "communist in the Mao era")
MAO_ERA = (1950, 1975)
DEMOCRATIC_NEIGHBOURS = ("KOR", "JPN")
SHOWN = ("CHN", "PRK")
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
    counter = rows["origin"].map(COUNTERS)
    return rows.assign(counter=counter, short=counter.str.split(",").str[0], made_in_china=~rows["origin"].isin(ABROAD),
                       row=rows.index, year=rows["published"].str[:4]).sort_values("value_low")


def american_troops() -> pd.DataFrame:
    """Return American troops in Korea in both series, with a decimal year for the axis."""
    rows = load("alliance/us_troops")
    month = pd.to_numeric(rows["date"].str[5:7], errors="coerce").fillna(7)
    time = pd.to_numeric(rows["date"].str[:4]) + (month - 0.5) / 12
    return rows.assign(time=time, row=rows.index).sort_values("time")


def freedom_by_era() -> pd.DataFrame:
    """Return the mean index of each state in the Mao era and in the last ten years of the data."""
    rows = load("alliance/regime_scores")
    last = int(rows["year"].max())
    spans = [MAO_ERA, (last - 9, last)]
    parts = [(f"{a} to {b}", state, part) for a, b in spans
             for state, part in rows[rows["year"].between(a, b)].groupby("state")]
    return pd.DataFrame([{"state": STATES[state], "era": era, "group": _group(state), **_traced(part),
                          "mean": float(part["liberal_democracy"].mean())} for era, state, part in parts])


def _group(state: str) -> str:
    if state in SHOWN:
        return STATES[state]
    return GROUPS[2] if state in DEMOCRATIC_NEIGHBOURS else GROUPS[3]


def doctrine_steps() -> pd.DataFrame:
    """Return the charters and constitutions as spans in time with the place of Marxism-Leninism in each."""
    rows = load("alliance/ideology_texts")
    rows = rows[rows["text"].isin(TEXTS)]
    return rows.assign(name=rows["text"].map(TEXTS), row=rows.index, start=rows["adopted"].map(_decimal),
                       end=rows["until"].fillna(f"{package().as_of:%Y-%m}").map(_decimal),
                       since=rows["adopted"].str[:4], rank=rows["place"].map(PLACES.index))


def _decimal(day: str) -> float:
    """Return a year or month as a decimal year; a year alone counts from its start."""
    return int(day[:4]) + (int(day[5:7]) - 1) / 12 if len(day) > 4 else float(day)


def pressure_days() -> pd.DataFrame:
    """Return the measures after each test with the days that had passed."""
    rows = load("alliance/pressure_after_tests")
    key = rows["test"].astype(str)
    return rows.assign(days=days_after(rows), row=rows.index, key=key, named="test " + key,
                       ground=rows["beyond_un"].map(GROUNDS))


def surveys() -> pd.DataFrame:
    """Return the surveys of Chinese opinion as printed, one item a row, in the order of their years."""
    return load("alliance/opinion_surveys")


def wars() -> pd.DataFrame:
    """Return the wars and clashes among communist states with the dead by two datasets, which count differently."""
    cow, prio = load("alliance/communist_wars"), load("alliance/battle_deaths")
    made = [{"war": name, "years": _years(rows["first_year"].min(), rows["last_year"].max()), "by": "Correlates of War",
             "low": int(rows["battle_deaths"].sum()), "high": int(rows["battle_deaths"].sum()),
             "counts": "combatants", **_traced(rows)} for name, rows in cow.groupby("war", sort=False)]
    made += [{"war": name, "years": _years(rows["year"].min(), rows["year"].max()), "by": "PRIO",
              "low": int(rows["deaths_low"].sum()), "high": int(rows["deaths_high"].sum()),
              "counts": "all killed in combat", **_traced(rows)}
             for name, rows in prio[prio["conflict"] != "Korean War"].groupby("conflict", sort=False)]
    return pd.DataFrame(made).sort_values(["years", "war"], ignore_index=True)


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def buffer_voices() -> pd.DataFrame:
    """Return the Chinese voices on the buffer, in the order of their dates."""
    own = load("alliance/buffer_framing").query("chinese_voice").rename(columns={"voice": "speaker"})
    said = pd.concat([voting("C08", v) for v in ("then", "now")]).assign(bearing=lambda d: d["c08"])
    rows = pd.concat([said[["date", "speaker", "group", "bearing", "paraphrase", "source_id"]],
                      own[["date", "speaker", "group", "bearing", "paraphrase", "source_id"]]])
    return rows.assign(row=rows.index).sort_values("date", kind="stable")


def instruments_compared() -> pd.DataFrame:
    """Return each instrument of C09 with its measure in 2012, then and now, and whether it protects no less."""
    read = {v: {i.name: i for i in instruments(v)} for v in ("then", "now")}
    made = []
    for name, then in read["then"].items():
        now = read["now"].get(name)
        rows = pd.concat([then.rows, *([now.rows] if now else [])])
        made.append({"instrument": INSTRUMENTS[name], "base": then.base, "then": then.value,
                     "then_judged": _judged(then), "now": now.value if now else None, "now_judged": _judged(now),
                     **_traced(rows)})
    return pd.DataFrame(made)


def _judged(one: Instrument | None) -> str:
    return "not read" if one is None else "no less" if one.no_less else "less"


def dependence_shares() -> pd.DataFrame:
    """Return China's share by every measure of dependence at both vantages."""
    return pd.DataFrame([{"measure": d.label, "short": _shorter(d.label), "share": float(d.share), "vantage": v,
                          **_traced(d.rows)} for v in ("then", "now") for d in dependences(v)])


def _shorter(label: str) -> str:
    for long, short in SHORTER.items():
        label = label.replace(long, short)
    return label
