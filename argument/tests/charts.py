"""The published charts and tables of the nuclear tests: one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.tests import c27_food_aid, series
from argument.tests.c26_bond import moves_compared
from report import charts
from report.book import indicators, reading_at
from report.charts import Figure
from report.data.package import load
from report.dates import decimal_year
from report.rule import Vantage
from report.show import Html
from report.trace import mean

BAR = 0.75  # of a year


def stacked(frame: pd.DataFrame, value: str, by: str, order: list[str]) -> pd.DataFrame:
    """Return a frame by year with the edges of stacked bars: low and high, and left and right of the year."""
    frame = frame.assign(place=frame[by].map(order.index)).sort_values(["year", "place"])
    high = frame.groupby("year")[value].cumsum()
    return frame.assign(low=high - frame[value], high=high, left=frame["year"] - BAR / 2,
                        right=frame["year"] + BAR / 2)


# The Council's answers --------------------------------------------------------------------------------------

def council() -> Figure:
    """Days from trigger to vote, and China's vote, for every draft on sanctions or the Panel of Experts."""
    votes, days = charts.plain(series.answered()), series.answers().set_index("test")["days"]
    timed = votes.dropna(subset=["days"])
    backed = set(votes.query("date < '2018-01-01'")["vote_china"]) == {"yes"}
    told = ", ".join(f"{taken} days after test {test}" for test, taken in days.items())
    return charts.publish(
        _vote_marks(votes, timed), name="tests-council", claims=["C25", "C26", "C28"],
        title=f"The answers to the tests of 2016 took {days[4]} and {days[5]} days, the next one {days[6]}; "
              "China voted for all of them",
        holds=backed and min(days[[4, 5]]) > max(days[[1, 2, 3, 6]]),
        otherwise="Votes of the Security Council on sanctions over North Korea",
        measure="Days from trigger to vote, 2006–2024; nuclear tests by the Korean date. Italic: votes "
                "without a single trigger",
        alt_text=f"Resolutions after nuclear tests took {told}. China voted for every draft to the end of "
                 f"2017, against one in May 2022 after {timed['days'].iloc[-1]:.0f} days, and abstained in "
                 "March 2024 on the Panel of Experts.",
        data=votes, columns={"date": "Vote", "item": "Text", "trigger": "Set off by", "days": "Days",
                             "cast": "China votes"})


def _vote_marks(votes: pd.DataFrame, timed: pd.DataFrame) -> alt.LayerChart:
    colours = charts.scale("met", "china", "other", domain=["for", "against", "abstains"])
    x = alt.X("days:Q").title("days from trigger to vote").scale(domain=[0, 100]).axis(tickCount=5)
    y = alt.Y("what:N").sort(list(votes["what"])).title(None).axis(labelLimit=160)
    cast = alt.Color("cast:N").scale(colours).title("China votes")
    tips = ["item", "trigger", "trigger_calendar", "days", "cast", "measures"]
    stems = alt.Chart(timed).mark_bar(height=2).encode(x, y, color=cast, tooltip=tips)
    heads = alt.Chart(timed).mark_point(filled=True, size=110, opacity=1).encode(
        x, y, color=cast, shape=alt.Shape("after:N").title("after a").legend(orient="bottom"), tooltip=tips)
    numbers = alt.Chart(timed).mark_text(align="left", dx=9).encode(x, y, text="days:Q")
    undated = alt.Chart(votes[votes["days"].isna()]).mark_text(align="left", dx=4, fontStyle="italic").encode(
        x=alt.datum(0), y=y, color=cast, text="remark:N")
    return stems + heads + numbers + undated


def delay_accounts() -> Html:
    """The accounts of who held up resolution 2270."""
    accounts = load("tests/delay_accounts")
    return report.table(accounts.assign(day=accounts["date"].dt.strftime("%d %b %Y")),
                        columns={"day": "Day", "says": "What the account says", "held_up_by": "Names"},
                        caption="Who held up resolution 2270: the accounts that could be read")


# Windows around the tests -----------------------------------------------------------------------------------

AROUND = {"test": "around a test", "quiet": "no test near"}
BRIEF = {"Chinese aid commitments, AidData": "aid (AidData)", "Trade with China, KOTRA": "trade (KOTRA)",
         "Visits of senior officials, AidData": "visits (AidData)"}


def windows() -> Figure:
    """What indicators of the bond did around the tests, beside what they did at other times."""
    moved, means = _moves_shown()
    votes = moved[moved["what"] == "all votes"].groupby("kind")["move"]
    low, high = votes.min(), votes.max()
    judged = all(reading_at(f"c26-{name}-now").met for name in ("all", "human-rights"))
    untold = {f"c26-{name}-now" for name in ("nuclear", "arms-control", "trade-kotra", "visits", "aid")}
    return charts.publish(
        _window_panels(moved, means), name="tests-windows", claims=["C26"],
        title="All votes and those on human rights moved around the tests as they do at other times; "
              "the rest swings too widely to tell",
        holds=judged and untold <= {one.id for one in indicators("C26")},
        otherwise="What indicators of the bond did around the tests and at other times",
        measure="Level in the two sessions or years from a test on, less that in the two before, 1991–2024; "
                "above: General Assembly. Diamonds: means",
        alt_text=f"Agreement on all votes moved by {low['test']:.1f} to {high['test']:.1f} points around the "
                 f"tests and by {low['quiet']:.1f} to {high['quiet']:.1f} points at other times. Trade, "
                 "visits and aid moved by tens of percent in either kind of year.",
        data=moved, columns={"indicator": "Indicator", "around": "Window", "year": "First year after",
                             "move": "Move", "unit": "Unit"})


def _moves_shown() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the moves that the chart has room for, and their means by indicator and kind of year.

    One move of aid lies far outside the rest and is drawn at the edge.
    """
    moved = moves_compared().query("unit != 'thousand tonnes' and indicator != 'Trade with China, Chinese "
                                   "customs'")
    what = moved["indicator"].str.replace("General Assembly, ", "").str.replace("votes on", "on")
    what = what.replace(BRIEF)
    moved = moved.assign(what=what, around=moved["kind"].map(AROUND))
    means = moved.groupby(["unit", "what", "around"])["move"].agg(mean).rename("shown").reset_index()
    shown = charts.plain(moved)
    return shown.assign(shown=shown["move"].clip(-100, 200)), charts.plain(means)


def _window_panels(moved: pd.DataFrame, means: pd.DataFrame) -> alt.VConcatChart:
    look = charts.scale("china", "faint", domain=list(AROUND.values()))
    colour, y = alt.Color("around:N").scale(look).title(None), alt.Y("what:N").title(None)
    zero = alt.Chart(pd.DataFrame({"shown": [0]})).mark_rule(strokeDash=[2, 2]).encode(x="shown:Q")
    panels = []
    for unit, title in (("points", "change in votes alike, points"), ("percent change", "change, percent")):
        part, x = moved[moved["unit"] == unit], alt.X("shown:Q").title(title)
        ticks = alt.Chart(part.sort_values("kind", ascending=False)).mark_tick(
            thickness=2, height=18, opacity=0.8).encode(
            x, y, color=colour, tooltip=["indicator", "year", "around", "move"])
        middle = alt.Chart(means[means["unit"] == unit]).mark_point(
            shape="diamond", size=130, filled=True, opacity=1).encode(
            x, y, color=colour, tooltip=["what", "around", "shown"])
        panels.append((zero + ticks + middle).properties(height=40 * part["what"].nunique()))
    return alt.vconcat(*panels)


# The General Assembly ---------------------------------------------------------------------------------------

SUBJECTS = {"nuclear": "nuclear weapons", "human rights": "human rights"}
APART = {"nuclear": {"Cuba": -6, "Viet Nam": 7, "Russia": 9},  # pixels, so that the names do not overlap
         "human rights": {"China": -5, "Cuba": 6, "Viet Nam": 8, "Russia": 22}}


def assembly() -> Figure:
    """Votes alike with North Korea between the tests, by state, on two subjects."""
    by_subject = [series.agreement_steps(subject) for subject in SUBJECTS]
    steps = charts.plain(pd.concat(by_subject, ignore_index=True))
    pooled = steps.drop_duplicates(["country", "issue", "period"])
    share = pooled.set_index(["country", "issue", "period"])["share"].sort_index()
    first, *_, last = series.PERIODS
    spans = {state: (share[state, "nuclear", first], share[state, "nuclear", last])
             for state in ("China", "Cuba", "Viet Nam", "Russia")}
    fell, rights = {state: a - b for state, (a, b) in spans.items()}, share["China", "human rights"]
    told = "; ".join(f"{state} from {spans[state][0]:.0f} to {spans[state][1]:.0f} percent"
                     for state in ("China", "Cuba", "Viet Nam"))
    return charts.publish(
        alt.vconcat(*(_subject_lines(steps, subject) for subject in SUBJECTS)),
        name="tests-assembly", claims=["C26"],
        title="On nuclear votes the North left its friends, Cuba and Viet Nam further than China; on human "
              "rights China stayed beside it",
        holds=min(fell["Cuba"], fell["Viet Nam"]) > fell["China"] > 0 and min(rights) > 90
        and fell["Russia"] < 0,
        otherwise="Votes alike with North Korea in the General Assembly",
        measure="Share of votes cast as North Korea cast them, percent, pooled between the tests (thin "
                "rules; dashed: the article), 1991–2019",
        alt_text="On nuclear weapons the share falls, from before the first test to since the fourth: "
                 f"{told}. Russia's goes from {spans['Russia'][0]:.0f} to {spans['Russia'][1]:.0f} percent. "
                 f"On human rights China's stays between {min(rights):.0f} and {max(rights):.0f} percent.",
        data=steps, columns={"country": "Country", "issue": "Subject", "period": "Between tests",
                             "share": "Percent alike", "votes": "Votes"})


def _subject_lines(steps: pd.DataFrame, subject: str) -> alt.LayerChart:
    part, x = steps[steps["issue"] == subject], charts.years(values=[1995, 2005, 2015])
    y = alt.Y("share:Q").title(f"{SUBJECTS[subject]}, percent").scale(domain=[0, 100])
    colours = charts.scale("china", "russia", "rok", "other", domain=["China", "Russia", "Viet Nam", "Cuba"])
    lines = alt.Chart(part).mark_line().encode(
        x, y, detail="period:N", tooltip=["country", "period", "share", "votes"],
        color=alt.Color("country:N").scale(colours).legend(None))
    tests = pd.DataFrame({"year": load("tests/nuclear_tests")["date"].dt.year})
    marks = alt.Chart(tests).mark_rule(color=charts.colour("faint")).encode(x="year:Q")
    names = charts.end_labels(part, "country", x, y, colours, APART[subject])
    return (marks + lines + names + charts.article_date(label="")).properties(height=200)


# Food aid ---------------------------------------------------------------------------------------------------

GIVERS = ["China", "South Korea", "United States", "Others"]


def food_aid() -> Figure:
    """Food aid by donor and year, and China's by a second count."""
    aid = charts.plain(series.food_counts())
    china = aid[aid["donor"] == "China"].set_index(["count", "year"])["thousand_tonnes"]
    crs, wfp = china["Congressional Research Service"], china["INTERFAIS"]
    none = [year for year in range(2007, 2012) if wfp[year] == 0]
    return charts.publish(
        _food_bars(aid), name="tests-food-aid", claims=["C27"],
        title="By the World Food Programme's count China's food aid was nil in 2008, 2010 and 2011; by "
              "another it held in 2009",
        holds=none == [2008, 2010, 2011] and crs[2009] == crs[2008] > 0,
        otherwise="Food aid to North Korea by donor",
        measure="Food aid to North Korea by donor, thousand tonnes, 1995–2011, INTERFAIS; "
                "rings: China by the Congressional Research Service",
        alt_text=f"China's bar is {wfp[2005]:.0f} thousand tonnes in 2005, {wfp[2007]:.0f} in 2007, "
                 f"{wfp[2008]:.0f} in 2008, {wfp[2009]:.0f} in 2009 and {wfp[2010]:.0f} in 2010. The other "
                 f"count has China at {crs[2008]:.0f} in 2008 and {crs[2009]:.0f} in 2009.",
        data=aid, columns={"year": "Year", "donor": "Donor", "count": "Count",
                           "thousand_tonnes": "Thousand tonnes"})


def _food_bars(aid: pd.DataFrame) -> alt.LayerChart:
    counted = aid["count"] == "INTERFAIS"
    colours = charts.scale("china", "rok", "usa", "faint", domain=GIVERS)
    bars = alt.Chart(stacked(aid[counted], "thousand_tonnes", "donor", GIVERS)).mark_bar().encode(
        charts.years("left"), alt.Y("low:Q").title("thousand tonnes"), x2="right:Q", y2="high:Q",
        color=alt.Color("donor:N").scale(colours).title(None).legend(columns=2),
        tooltip=["year", "donor", "thousand_tonnes"])
    rings = alt.Chart(aid[~counted]).mark_point(
        size=80, strokeWidth=2, filled=True, fill=charts.colour("paper"), stroke=charts.colour("text"),
        opacity=1).encode(x="year:Q", y="thousand_tonnes:Q", tooltip=["year", "count", "thousand_tonnes"])
    second = load("tests/nuclear_tests").query("test == 2")["date"].iloc[0]
    tested = pd.DataFrame({"year": [round(decimal_year(f"{second:%Y-%m-%d}"), 1)], "event": ["2nd test"]})
    return bars + rings + charts.event_dates(tested)


def food_aid_choice() -> Html:
    """A reader's choice of count and years for Chinese food aid after the test."""
    return report.choices("c27", "Chinese food aid after the test, in percent of what it was before",
                          c27_food_aid.CHOICE, c27_food_aid.options(), unit="percent")


# Supplies, lists and caps -----------------------------------------------------------------------------------

def investigations() -> Html:
    """The investigations of Chinese suppliers, and which of them vote on C29."""
    found = load("tests/investigations")
    voting = series.nuclear_supply(Vantage.NOW).index
    shown = found.assign(votes=["votes" if row in voting else "no vote" for row in found.index],
                         public=pd.to_datetime(found["date"], format="ISO8601").dt.strftime("%b %Y"))
    return report.table(shown.sort_values("date"),
                        columns={"public": "Made public", "investigator": "Investigator",
                                 "supplier": "Supplier", "goods": "Goods", "votes": "On C29"},
                        caption="Investigations of Chinese suppliers that could be read, 2012–2024")


def listings() -> Figure:
    """American listings of Chinese persons and firms, and the Council's listings, by year."""
    listed = charts.plain(series.listings_by_year())
    us, un = (listed[listed["who"] == who] for who in (series.LISTED_BY_US, series.LISTED_IN_CHINA))
    by_us, by_un = ([f"{one.entries} in {one.year}" for one in part.itertuples()] for part in (us, un))
    return charts.publish(
        _listing_panels(listed), name="tests-listings", claims=["C30"],
        title=f"The United States listed {us['entries'].sum()} Chinese persons and firms from 2016 on, "
              f"the United Nations {un['entries'].sum()} with an address there",
        holds=us["year"].min() == 2016 and un["entries"].sum() < 0.2 * us["entries"].sum(),
        otherwise="Listings over North Korea by year",
        measure="New entries by year, 2009–2023; US entries that could be dated, UN entries still on the "
                "list in 2024",
        alt_text=f"US listings of Chinese persons and firms: {', '.join(by_us)}. UN listings with an "
                 f"address in China or Hong Kong: {', '.join(by_un)}. UN listings of any kind end in 2018.",
        data=listed, columns={"who": "List", "year": "Year", "entries": "Entries"})


def _listing_panels(listed: pd.DataFrame) -> alt.FacetChart:
    who = [series.LISTED_BY_US, series.LISTED_IN_CHINA, series.LISTED_BY_UN]
    base = alt.Chart(listed.assign(left=listed["year"] - 0.38, right=listed["year"] + 0.38))
    bars = base.mark_bar().encode(
        charts.years("left"), alt.Y("entries:Q").title("entries"), x2="right:Q", y2=alt.datum(0),
        tooltip=["who", "year", "entries"],
        color=alt.Color("who:N").scale(charts.scale("usa", "un", "faint", domain=who)).legend(None))
    return (bars + charts.article_rule(base)).properties(width=620, height=105).facet(
        row=alt.Row("who:N").sort(who).title(None).header(
            labelAngle=0, labelAnchor="start", labelOrient="top"))


def procurement_cases() -> Html:
    """The purchases for weapons programmes that could be read."""
    cases = load("tests/procurement_cases").sort_values("date")
    whole = cases["date_basis"] == "in that month"
    when = cases["date"].where(whole, cases["date_basis"] + " " + cases["date"])
    return report.table(cases.assign(when=when),
                        columns={"when": "When", "goods": "Goods", "outcome": "Outcome",
                                 "made_in": "Came from", "china": "China's part"},
                        caption="Purchases for weapons programmes that could be read; a selection, not a "
                                "census")


def caps() -> Figure:
    """Caps of the Council beside what was reported and what is estimated, for coal and refined petroleum."""
    goods = charts.plain(series.allowed_and_sold())
    amount = goods.set_index("what")["quantity"]
    cap, reported = amount["cap from 2018"], amount[["reported, 2019", "reported, 2020"]]
    times = amount["deliveries, 2018"] / cap
    told = "; ".join(f"{one.goods}, {one.what}: {one.quantity:.2f} {one.unit} ({one.kind})"
                     for one in goods.itertuples())
    return charts.publish(
        alt.vconcat(_cap_bars(goods, "coal", "million tonnes"),
                    _cap_bars(goods, "refined petroleum", "million barrels")),
        name="tests-caps", claims=["C25"],
        title=f"What is reported keeps to the caps; an American estimate for 2018 is {times:.0f} times the "
              "cap on refined petroleum",
        holds=times > 5 and reported.max() <= cap,
        otherwise="Caps of the Security Council, reported and estimated quantities",
        measure="Coal sold by the North and refined petroleum bought by it: yearly caps, open figures, "
                "estimates. Coal is banned since August 2017",
        alt_text=f"{told}.",
        data=goods, columns={"goods": "Goods", "what": "What", "kind": "Standing", "quantity": "Quantity",
                             "unit": "Unit"})


def _cap_bars(goods: pd.DataFrame, name: str, unit: str) -> alt.LayerChart:
    part = goods[goods["goods"] == name]
    look = charts.scale("un", "china", "russia", domain=["allowed", "open", "estimated"])
    y = alt.Y("what:N").title(None).sort(list(part["what"]))
    bars = alt.Chart(part).mark_bar(height=15).encode(
        alt.X("quantity:Q").title(f"{name}, {unit}"), y,
        color=alt.Color("kind:N").scale(look).title(None),
        tooltip=["goods", "what", "quantity", "unit", "kind"])
    numbers = alt.Chart(part).mark_text(align="left", dx=5).encode(
        x="quantity:Q", y=y, text=alt.Text("quantity:Q", format=".2~f"))
    return bars + numbers


# Missiles ---------------------------------------------------------------------------------------------------

REACHES = ["short", "medium", "intercontinental", series.OTHER_RANGE]


def missiles() -> Figure:
    """Missiles launched by year and range."""
    fired = charts.plain(series.missiles_by_range())
    recent = stacked(fired[fired["year"] >= 2006], "missiles", "range", REACHES)
    known, later = load("tests/missile_tests"), series.missiles_after_the_article()
    far, far_later = ((rows["type"] == "ICBM").sum() for rows in (known, later))
    by_year = recent.groupby("year")["missiles"].sum()
    return charts.publish(
        _missile_bars(recent) + charts.article_date(), name="tests-missiles", claims=["C25"],
        title=f"{len(later)} of the {len(known)} missiles on record, and all {far_later} of intercontinental "
              "range, were launched after the article",
        holds=len(later) > 0.6 * len(known) and far == far_later > 0,
        otherwise="Missiles launched by North Korea",
        measure="Missiles launched by year and range (medium: medium and intermediate), 2006 to 18 April "
                "2026, by the James Martin Center",
        alt_text=f"The most missiles were launched in {by_year.idxmax()}: {by_year.max()}. In 2016 there "
                 f"were {by_year[2016]}, in 2017 {by_year[2017]}, none in 2018, {by_year[2019]} in 2019 and "
                 f"{by_year[2024]} in 2024.",
        data=recent, columns={"year": "Year", "range": "Range", "missiles": "Missiles"})


def _missile_bars(recent: pd.DataFrame) -> alt.LayerChart:
    colours = charts.scale("un", "dprk", "text", "faint", domain=REACHES)
    bars = alt.Chart(recent).mark_bar().encode(
        charts.years("left"), alt.Y("low:Q").title("missiles"), x2="right:Q", y2="high:Q",
        tooltip=["year", "range", "missiles"],
        color=alt.Color("range:N").scale(colours).title(None).legend(columns=2))
    partial = alt.Chart(recent[recent["year"] == recent["year"].max()].tail(1)).mark_text(
        dy=-7, fontSize=11).encode(x="year:Q", y="high:Q", text=alt.value("to April"))
    return bars + partial
