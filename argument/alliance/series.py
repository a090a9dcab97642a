"""Series of the alliance: pacts as spans of years, the doctrine in founding texts, the dead,
troops, votes, pressure.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from argument.voices.series import voting
from report.data.package import load, package
from report.rule import end_of, limb, so_far
from report.trace import Measure, measure, measures, only, total

CODES = (710, 731)  # China and North Korea
PAIRS = {("CHN", "PRK"): "North Korea and China", ("PRK", "RUS"): "North Korea and Soviet Union, Russia",
         ("PRK", "CUB"): "North Korea and Cuba", ("CHN", "RUS"): "China and Soviet Union",
         ("USA", "KOR"): "South Korea and United States"}
TREATY_PAIRS = {"CHN-PRK": PAIRS["CHN", "PRK"], "PRK-RUS": PAIRS["PRK", "RUS"],
                "KOR-USA": PAIRS["USA", "KOR"]}
OPENING = 1946  # before it China's pledges are those of the wartime United Nations
TEXTS = {"cpc charter": "Charter of China's Communist Party", "prc constitution": "Constitution of China",
         "wpk rules": "Rules of the Workers' Party of Korea",
         "dprk constitution": "Constitution of North Korea"}
STATES = {"ALB": "Albania", "CHN": "China", "CUB": "Cuba", "DDR": "East Germany", "HUN": "Hungary",
          "JPN": "Japan",
          "KOR": "South Korea", "LAO": "Laos", "MNG": "Mongolia", "POL": "Poland", "PRK": "North Korea",
          "ROU": "Romania", "RUS": "Soviet Union, Russia", "VNM": "Viet Nam"}
GROUPS = ("China", "North Korea", "democratic neighbour", "communist in the Mao era")
DEMOCRATIC_NEIGHBOURS, SHOWN = ("KOR", "JPN"), ("CHN", "PRK")
GROUNDS = {"yes": "beyond resolutions", "disputed": "disputed", "inferred": "inferred", "no": "by resolution"}


def each_row(rows: pd.DataFrame) -> Iterator[tuple[pd.Series, pd.DataFrame]]:
    """Yield each row with the frame of one row that keeps its address."""
    for address, row in rows.iterrows():
        yield row, rows.loc[[address]]


# Pacts and disputes -----------------------------------------------------------------------------------------

def pledges(first: str, second: str) -> pd.DataFrame:
    """Return the years in which two states had a defence pledge in ATOP."""
    return load("alliance/pledges").query("state_a == @first and state_b == @second and defence")


def spells(years: list[int]) -> list[tuple[int, int]]:
    """Return runs of consecutive years as first and last year."""
    runs: list[tuple[int, int]] = []
    for year in sorted(years):
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def pact_spells() -> pd.DataFrame:
    """Return the defence pacts around the peninsula as spans of years: recorded by ATOP, then as treaties
    say.

    The dataset ends in 2018; what the treaties add after that year is marked as such.
    """
    found, last = [], 0
    for (first, second), label in PAIRS.items():
        rows = pledges(first, second).query("year >= @OPENING")
        for start, end in spells(rows["year"].tolist()):
            last = max(last, end + 1)
            span = rows[rows["year"].between(start, end)]
            found.append({"pact": label, "start": start, "end": measure(span, end + 1),
                          "basis": "recorded in ATOP"})
    return pd.DataFrame([*found, *_still_in_force(last)])


def _still_in_force(last: int) -> list[dict]:
    """Return the spans since the dataset's last year of the treaties that are in force."""
    treaties = load("alliance/treaties")
    treaties = treaties[treaties["mutual_defence"] & treaties["ended"].isna()]
    begun = treaties["in_force"].fillna(treaties["signed"]).str[:4].astype(int).clip(lower=last)
    return [{"pact": TREATY_PAIRS[t["pair"]], "start": begun[a], "basis": "in force by its treaty",
             "end": measure(treaties.loc[[a]], package().as_of.year + 1)} for a, t in treaties.iterrows()]


def disputes_of_allies(which: str = "gml") -> pd.DataFrame:
    """Return the militarised disputes between China and North Korea by one of the two rival lists."""
    rows = load("alliance/disputes")
    between = rows[(rows["list"] == which) & (rows["ccode_a"] == CODES[0]) & (rows["ccode_b"] == CODES[1])]
    return between.assign(pact=PAIRS["CHN", "PRK"])


# The war and the troops -------------------------------------------------------------------------------------

def chinese_dead() -> pd.DataFrame:
    """Return the rival figures of Chinese dead in the Korean War."""
    deaths = limb("C07.fought").listed("measures")
    return load("alliance/korean_war").query("of == 'China' and measure in @deaths")


def war_dead() -> pd.DataFrame:
    """Return the rival figures of Chinese dead, lowest first, with who counted and when it was published."""
    rows = chinese_dead()
    return rows.assign(short=rows["counter"].str.split(",").str[0], year=rows["published"].str[:4],
                       made_in_china=rows["counted_in"] == "China").sort_values("value_low")


def american_troops() -> pd.DataFrame:
    """Return American troops in Korea in both series, with a decimal year for the axis."""
    rows = load("alliance/us_troops")
    month = pd.to_numeric(rows["date"].str[5:7], errors="coerce").fillna(7)
    time = pd.to_numeric(rows["date"].str[:4]) + (month - 0.5) / 12
    return rows.assign(time=time).sort_values("time")


def latest_troops() -> Measure:
    """Return the latest report of American troops in Korea."""
    rows = load("alliance/us_troops").query("series == 'reports'").sort_values("date").tail(1)
    return only(rows, "troops", unit="persons", period=rows["date"].iloc[0])


# Ideology ---------------------------------------------------------------------------------------------------

def in_force(vantage: str) -> pd.DataFrame:
    """Return the charters and constitutions in force at a vantage, each in its wording of that day."""
    day, rows = f"{end_of(vantage):%Y-%m-%d}", load("alliance/ideology_texts")
    rows = rows[(rows["adopted"] <= day) & (rows["until"].isna() | (rows["until"] > day))]
    return rows[rows["text"].isin(TEXTS)]


def places() -> list[str]:
    """Return the places that a text can give Marxism-Leninism, from the least room to the most."""
    return limb("C06.less-ideology").listed("places")


def named(place: str) -> bool:
    """Say whether a text that gives Marxism-Leninism a place names it at all."""
    return places().index(place) > 0


def mao_era() -> tuple[int, int]:
    """Return the first and the last whole year of the era that today is held against."""
    part = limb("C06.less-ideology")
    return part.whole("mao_first"), part.whole("mao_died") - 1


def latest_era(last: int) -> tuple[int, int]:
    """Return the first and last of the years up to ``last`` whose arms are held against that era."""
    return last - limb("C06.less-ideology").whole("window") + 1, last


def freedom_by_era() -> pd.DataFrame:
    """Return the mean index of each state in the Mao era and in the last ten years of the data."""
    rows = load("alliance/regime_scores")
    last = int(rows["year"].max())
    made = []
    for first, end in (mao_era(), (last - 9, last)):
        each = measures(rows[rows["year"].between(first, end)], "liberal_democracy")
        for state, part in rows.loc[each.index].groupby("state"):
            mean_index = measure(part, float(part["liberal_democracy"].mean()), unit="index from 0 to 1")
            made.append({"state": STATES[state], "era": f"{first} to {end}", "group": _group(state),
                         "mean": mean_index})
    return pd.DataFrame(made)


def _group(state: str) -> str:
    if state in SHOWN:
        return STATES[state]
    return GROUPS[2] if state in DEMOCRATIC_NEIGHBOURS else GROUPS[3]


def doctrine_steps() -> pd.DataFrame:
    """Return the charters and constitutions as spans in time with the place of Marxism-Leninism in each."""
    rows = load("alliance/ideology_texts")
    rows = rows[rows["text"].isin(TEXTS)]
    ends = rows["until"].fillna(f"{package().as_of:%Y-%m}")
    return rows.assign(name=rows["text"].map(TEXTS), start=[_start_of(d) for d in rows["adopted"]],
                       end=[_start_of(d) for d in ends], since=rows["adopted"].str[:4])


def _start_of(dated: str) -> float:
    """Return the start of a year or month as a decimal year."""
    return int(dated[:4]) + (int(dated[5:7]) - 1) / 12 if len(dated) > len("2012") else float(dated)


def wars() -> pd.DataFrame:
    """Return the wars and clashes among communist states with the dead by two datasets,
    which count differently.
    """
    cow, prio = load("alliance/communist_wars"), load("alliance/battle_deaths")
    made = []
    for name, rows in cow.groupby("war", sort=False):
        dead = total(measures(rows, "battle_deaths"))
        made.append({"war": name, "years": _years(rows["first_year"].min(), rows["last_year"].max()),
                     "low": dead,
                     "by": "Correlates of War", "high": dead, "counts": "combatants"})
    for name, rows in prio[prio["conflict"] != "Korean War"].groupby("conflict", sort=False):
        made.append({"war": name, "years": _years(rows["year"].min(), rows["year"].max()), "by": "PRIO",
                     "low": total(measures(rows, "deaths_low")), "high": total(measures(rows, "deaths_high")),
                     "counts": "all killed in combat"})
    return pd.DataFrame(made).sort_values(["years", "war"], ignore_index=True)


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def buffer_voices() -> pd.DataFrame:
    """Return the voices on the buffer, in the order of their dates."""
    own = load("alliance/buffer_framing").rename(columns={"voice": "speaker"})
    said = pd.concat([voting("C08.buffer", v) for v in ("then", "now")]).assign(bearing=lambda d: d["c08"])
    columns = ["date", "speaker", "group", "bearing", "paraphrase", "source_id"]
    return pd.concat([said[columns], own[columns]]).sort_values("date", kind="stable")


# Pressure after the tests -----------------------------------------------------------------------------------

def nuclear_tests() -> pd.DataFrame:
    """Return the nuclear tests."""
    return load("tests/nuclear_tests")


def tested_on(test: int) -> pd.Timestamp:
    """Return the day of a nuclear test."""
    tests = nuclear_tests()
    return tests.loc[tests["test"] == test, "date"].iloc[0]


def window() -> int:
    """Return the days after a test in which a measure counts."""
    return limb("C10.unused").whole("window")


def window_end(test: int) -> pd.Timestamp:
    """Return the last day of the window after a test."""
    return tested_on(test) + pd.Timedelta(days=window())


def days_after(rows: pd.DataFrame) -> pd.Series:
    """Return how many days after its test each measure came; a month counts from its first day."""
    day = pd.to_datetime(rows["date"].where(rows["date"].str.len() == len("2013-05-07"),
                                            rows["date"] + "-01"))
    return (day - rows["test"].map(nuclear_tests().set_index("test")["date"])).dt.days


def measures_after(test: int, vantage: str) -> pd.DataFrame:
    """Return the measures within the window after a test, for *then* those up to the cutoff."""
    rows = load("alliance/pressure_after_tests").query("test == @test")
    rows = rows[days_after(rows) <= window()]
    return so_far(rows, vantage)


def pressure_days() -> pd.DataFrame:
    """Return the measures after each test with the days that had passed."""
    rows = load("alliance/pressure_after_tests")
    key = rows["test"].astype(str)
    return rows.assign(days=days_after(rows), key=key, named="test " + key,
                       ground=rows["beyond_un"].map(GROUNDS))


# Aid --------------------------------------------------------------------------------------------------------

def food_aid_share(year: int) -> Measure:
    """Return China's part of the food aid of a year, in percent, by the register of
    the World Food Programme.
    """
    rows = load("lifelines/food_aid_interfais").query("year == @year and donor in ('China', 'Total')")
    amounts = rows.set_index("donor")["value_kt"]
    return measure(rows, 100 * float(amounts["China"] / amounts["Total"]), unit="percent", period=str(year))


def troops_in_russia(what: str) -> Measure:
    """Return the latest figure of South Korea's intelligence service on the North's troops in Russia."""
    rows = load("alliance/troops_in_russia").query("measure == @what and origin == 'nis'").sort_values(
        "as_of")
    return only(rows.tail(1) if what == "killed" else rows.head(1), "value_low")

