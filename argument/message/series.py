"""Series of the message: what China did and said, who met whom, and how close the two countries were, year by
year.

A series of closeness is a pandas Series of measures by year; ``all_closeness`` returns those that cover the
years before the dispute and the years in it. What counts as before and as recent are settings of the claim's
limb.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from argument.trade.series import china_trade, in_dollars_of
from argument.voices.series import plain
from report.data.package import load, package, remembered
from report.rule import limb
from report.trace import Measure, count, mean, measure, measures, over, percent_of, total

LIMB = "C03.indicator"
AUTUMN = ("2016-09-01", "2017-02-20")  # the months around the message
NEIGHBOURS = {"PRK": "North Korea", "KOR": "South Korea", "JPN": "Japan", "MNG": "Mongolia", "VNM": "Vietnam",
              "LAO": "Laos", "KHM": "Cambodia", "MMR": "Myanmar", "PAK": "Pakistan"}
SHORT = {"trade": "trade", "visits": "visits of officials", "meetings": "meetings of leaders",
         "entries": "entries to China", "votes": "votes alike"}
CLOSER, COOLER = "not below before", "below before"


# Closeness, year by year ------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Closeness:
    """A yearly series of closeness, more of it meaning closer, with the vantages at which it can be read."""

    name: str
    label: str
    unit: str
    origin: str
    yearly: pd.Series
    vantages: tuple[str, ...] = ("then",)
    other_counts: tuple[tuple[str, pd.Series], ...] = ()


def years_before() -> tuple[int, int]:
    """Return the years that a series is held against."""
    part = limb(LIMB)
    return part.whole("before_first"), part.whole("before_last")


def years_recent(vantage: str) -> tuple[int, int]:
    """Return the whole years that count as recent at a vantage."""
    part = limb(LIMB)
    if vantage == "then":
        return part.whole("recent_first"), part.whole("recent_last")
    return part.whole("now_first"), package().as_of.year - 1


def spans() -> dict[str, str]:
    """Return the recent years of each vantage in words."""
    (first, last), (since, _) = years_recent("then"), years_recent("now")
    return {"then": f"{first}–{last % 100}", "now": f"since {since}"}


def average(yearly: pd.Series, years: tuple[int, int]) -> Measure | None:
    """Return the mean over the years that a series has in a span, or nothing where it has none."""
    span = [value for year, value in yearly.items() if years[0] <= year <= years[1]]
    return mean(span) if span else None


def average_known(yearly: pd.Series, years: tuple[int, int]) -> Measure:
    """Return the mean over the years that a series has in a span; raise TraceError where it has none."""
    return mean(value for year, value in yearly.items() if years[0] <= year <= years[1])


@remembered
def all_closeness() -> tuple[Closeness, ...]:
    """Return every series of closeness that covers both spans of years."""
    return (_meetings(), _elite_visits(), _trade(), _entries(), _votes())


def leader_visits(kinds: tuple[str, ...]) -> pd.DataFrame:
    """Return visits of these kinds between the North's leader and China as held, from
    the first year before on.
    """
    rows = load("alliance/leader_meetings")
    rows = rows[(rows["partner"] == "China") & (rows["basis"] == "held") & rows["kind"].isin(kinds)]
    rows = rows.assign(year=rows["date_start"].str[:4].astype(int))
    return rows[rows["year"] >= years_before()[0]]


def meetings_by_year(kinds: tuple[str, ...] = ("summit",)) -> pd.Series:
    """Return the number of meetings in each whole year; for a year without one, those
    who counted vouch for zero.
    """
    rows, counted = leader_visits(kinds), load("alliance/meeting_counts")
    vouchers = counted[counted["pair"] == "Kim Jong Un and Xi Jinping"]
    held = {int(year): part for year, part in rows.groupby("year")}
    years = range(years_before()[0], years_recent("now")[1] + 1)
    return pd.Series({year: count(held[year], unit="meetings", period=str(year)).resting_on(vouchers)
                      if year in held
                      else measure(vouchers, 0, unit="meetings", period=str(year)) for year in years})


def _meetings() -> Closeness:
    other = meetings_by_year(("summit", "visit", "visit, no head of state met"))
    return Closeness("meetings", "Meetings of the two leaders", "meetings", "meeting_reports",
                     meetings_by_year(),
                     ("then", "now"), (("With a visit that met no head of state", other),))


def _elite_visits() -> Closeness:
    first = years_before()[0]
    rows = load("alliance/elite_visits").query("partner == 'PRK' and year >= @first")
    return Closeness("visits", "Visits of senior officials", "visits", "aiddata",
                     measures(rows, "all_visits", by="year"),
                     other_counts=(("Visits of government leaders alone",
                                    measures(rows, "government_visits", by="year")),))


def _trade() -> Closeness:
    return Closeness("trade", "Trade with China", "million dollars", "kotra", china_trade("kotra")["value"],
                     ("then", "now"), (("Chinese customs", china_trade("gacc")["value"]),
                                       ("In constant dollars", in_constant_dollars())))


def in_constant_dollars() -> pd.Series:
    """Return KOTRA's trade in dollars of the last year it has."""
    nominal = china_trade("kotra")["value"].loc[years_before()[0]:]
    last = int(nominal.index.max())
    return pd.Series({year: in_dollars_of(value, int(year), last) for year, value in nominal.items()})


def _entries() -> Closeness:
    rows = load("message/china_flows").query("flow == 'entries' and span == 'year'")
    rows = rows.assign(year=rows["period_start"].astype(int)).drop_duplicates("year", keep="first")
    return Closeness("entries", "North Koreans entering China", "entries", "cnta",
                     measures(rows, "persons", by="year"),
                     other_counts=(("First halves of 2013 to 2015 against half of 2011", half_years()),))


def half_years() -> pd.Series:
    """Return entries by first half-year; half of 2011 stands for the years before, whose
    first halves were not read.
    """
    rows = load("message/china_flows").query("flow == 'entries'")
    halves = rows[rows["span"] == "half-year"].assign(year=lambda r: r["period_start"].str[:4].astype(int))
    base = rows[(rows["span"] == "year") & (rows["period_start"] == "2011")].assign(year=2011)
    return pd.concat([over(base, "year", "persons") / 2, over(halves, "year", "persons")])


def _votes() -> Closeness:
    rows = load("tests/unga_agreement_published")
    return Closeness("votes", "Votes alike in the General Assembly", "percent", "unga_roll_calls",
                     100 * measures(rows, "with_china", by="year"), ("then", "now"),
                     (("Nearness of estimated positions, negative distance", nearness()),))


def nearness() -> pd.Series:
    """Return how near the estimated positions of China and the North are, as a negative
    distance, by calendar year.
    """
    rows = load("tests/unga_ideal_points").query("country in ('CHN', 'PRK')")
    of = {country: measures(part, "ideal_point", by="year") for country, part in rows.groupby("country")}
    years = of["CHN"].index.intersection(of["PRK"].index)
    return pd.Series({year: -abs(of["CHN"][year] - of["PRK"][year]) for year in years})


def closeness() -> pd.DataFrame:
    """Return each series of closeness as recent average in percent of the average
    before, at each vantage it has.
    """
    made = []
    for one in all_closeness():
        for vantage in one.vantages:
            recent = average_known(one.yearly, years_recent(vantage))
            before = average_known(one.yearly, years_before())
            made.append({"series": one.label, "unit": one.unit, "name": one.name, "vantage": vantage,
                         "measure": SHORT[one.name], "span": spans()[vantage], "recent": recent,
                         "before": before,
                         "percent": percent_of(recent, before), "key": f"{one.name}-{vantage}",
                         "judged": CLOSER if recent >= before else COOLER})
    return pd.DataFrame(made)


# What China did, and who met whom ---------------------------------------------------------------------------

def acts() -> pd.DataFrame:
    """Return China's acts toward the North by date, with what each did to the pressure on it
    and a place in a column.
    """
    rows = load("tests/china_actions").sort_values("date", kind="stable")
    up = rows["direction"] == "tightens"
    frame = rows.assign(year=rows["date"].str[:4].astype(int), up=up,
                        body=rows["domain"].where(rows["domain"] == "Security Council", "other act"))
    nth = frame.groupby(["year", "up"]).cumcount() + 1
    return frame.assign(height=nth.where(up, -nth))


def meetings() -> pd.DataFrame:
    """Return the meetings of the leaders of China and the North, one row a meeting, as held or announced."""
    rows = load("alliance/leader_meetings")
    announced = rows[(rows["partner"] == "China") & (rows["basis"] == "announced")]
    shown = pd.concat([leader_visits(("summit",)),
                       announced.assign(year=announced["date_start"].str[:4].astype(int))])
    shown = shown.assign(date=shown["date_start"], leader=shown["dprk_leader"])
    return shown.assign(nth=shown.sort_values("date", kind="stable").groupby("year").cumcount() + 1)


def visits() -> pd.DataFrame:
    """Return visits of senior officials between China and nine neighbours by year,
    from the break in coding on.
    """
    first = years_before()[0]
    rows = load("alliance/elite_visits").query("year >= @first and year <= 2015")
    return rows.assign(country=rows["partner"].map(NEIGHBOURS), visits=rows["all_visits"],
                       north=rows["partner"] == "PRK")


def votes(address: str) -> pd.DataFrame:
    """Return the votes of the Security Council that a limb of C02 asks for, where China's was read."""
    rows, part = load("tests/unsc_votes"), limb(address)
    asked = rows["kind"] == part.setting("put_to_vote")
    return rows[asked & rows["vote_china"].notna() & (rows["date"] >= part.setting("since"))]


# What was said and done around November 2016 ----------------------------------------------------------------

def autumn() -> pd.DataFrame:
    """Return dated sayings and doings from the fifth nuclear test to the article, of
    whatever table holds them.
    """
    frame = pd.concat([_said(), _tests(), _voted(), _done(), _told(), _launched()])
    frame = frame.sort_values("date", kind="stable")
    return frame[frame["date"].between(*AUTUMN)]


def _event(rows: pd.DataFrame, date: pd.Series, lane: str, event: pd.Series,
           what: pd.Series | None = None) -> pd.DataFrame:
    return pd.DataFrame({"date": date, "lane": lane, "event": event, "what": event if what is None else what},
                        index=rows.index)


def _said() -> pd.DataFrame:
    rows = load("voices/statements")
    rows = rows[rows["date"].str.len() == len("2016-11-06")].drop_duplicates("statement_id")
    return _event(rows, rows["date"], "said", plain(rows["speaker"]), rows["paraphrase"])


def _tests() -> pd.DataFrame:
    rows = load("tests/nuclear_tests")
    return _event(rows, rows["date"].dt.strftime("%Y-%m-%d"), "the North",
                  "nuclear test " + rows["test"].astype(str))


def _voted() -> pd.DataFrame:
    rows = load("tests/unsc_votes")
    items = rows["item"].str.replace("procedural vote on", "vote on")
    return _event(rows, rows["date"].dt.strftime("%Y-%m-%d"), "Security Council", items, rows["measures"])


def _done() -> pd.DataFrame:
    rows = load("tests/china_actions").query("domain not in ('Security Council', 'words')")
    rows = rows[rows["date"].str.len() == len("2016-11-06")]
    return _event(rows, rows["date"], "China's acts", rows["act"], rows["what"])


def _told() -> pd.DataFrame:
    rows = load("message/munich_message").query("meeting_starts.notna()").head(1)
    days = rows["meeting_starts"].dt.strftime("%Y-%m-%d")
    return _event(rows, days, "said", "meeting in " + rows["place"], rows["series"])


def _launched() -> pd.DataFrame:
    rows = load("tests/missile_tests")
    rows = rows[rows["date_utc"].str.len() == len("2016-11-06")].drop_duplicates("date_utc")
    return _event(rows, rows["date_utc"], "the North", rows["missile"] + " launched")


def tourists_of(year: str) -> Measure:
    """Return Chinese tourists to the North in a year."""
    flows = load("message/china_flows").query("flow == 'chinese_tourists' and span == 'year'")
    return total(measures(flows[flows["period_start"] == year], "persons")).given(period=year)


