"""The published charts and tables of the nuclear tests: one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.tests import c27_food_aid, series
from argument.tests.c26_bond import moves_compared
from argument.tests.windows import setting
from argument.words import counted, spelled
from report import charts
from report.book import indicators, readings
from report.charts import Figure
from report.data.package import load, shown
from report.dates import decimal_year
from report.prose import enumerated
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

@shown
def council() -> Figure:
    """Days from trigger to vote, and China's vote, for every draft on sanctions or the Panel of Experts."""
    votes, days = charts.plain(series.answered()), series.answers().set_index("test")["days"]
    timed = votes.dropna(subset=["days"])
    early = votes[votes["date"] < "2018-01-01"]
    later = votes[votes["vote_china"] != "yes"]
    slow = set(load("tests/nuclear_tests").set_index("test").loc[[4, 5], "date"].dt.year)
    told = ", ".join(f"{taken} days after test {test}" for test, taken in days.items())
    return charts.publish(
        _vote_marks(votes, timed), name="tests-council", claims=["C25", "C26", "C28"],
        title=f"After the tests of {max(slow)} answers took {days[4]} and {days[5]} days; "
              "China voted for all",
        holds=len(slow) == 1 and set(early["vote_china"]) == {"yes"}
        and min(days[[4, 5]]) > max(days[[1, 2, 3, 6]]),
        otherwise="Votes of the Security Council on sanctions over North Korea",
        measure="Days from trigger to vote of the Security Council, "
                f"{votes['date'].dt.year.min()}–{votes['date'].dt.year.max()}; tests by the Korean date",
        note="China voted for every draft but those that say otherwise. Italic: no single trigger.",
        alt_text=f"Resolutions after nuclear tests took {told}. China voted for all {len(early)} drafts to "
                 f"the end of {early['date'].dt.year.max()}, against one in {later['date'].iloc[0]:%B %Y} "
                 f"after {timed['days'].iloc[-1]:.0f} days, and abstained "
                 f"in {later['date'].iloc[-1]:%B %Y} on the Panel of Experts.",
        data=votes, columns={"date": "Vote", "item": "Text", "trigger": "Set off by", "days": "Days",
                             "cast": "China votes"},
        says=("{what}: {days:.0f} days after {trigger}; China {cast}", "{what}: {trigger}; China {cast}"))


KINDS_OF_TRIGGER = {"nuclear test": ("first", "circle"), "launch": ("fourth", "triangle-up")}


def _vote_marks(votes: pd.DataFrame, timed: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("days:Q").title("days from trigger to vote").scale(domain=[0, 90], nice=False).axis(tickCount=5)
    y = alt.Y("what:N").sort(list(votes["what"])).title(None).axis(labelLimit=160)
    kinds = list(KINDS_OF_TRIGGER)
    colours, shapes = zip(*KINDS_OF_TRIGGER.values(), strict=True)
    hue = alt.Color("after:N").scale(charts.scale(*colours, domain=kinds)).legend(None)
    shape = alt.Shape("after:N").scale(domain=kinds, range=list(shapes)).legend(None)
    tips = ["item", "trigger", "trigger_calendar", "days", "cast", "measures"]
    stems = alt.Chart(timed).mark_bar(height=2).encode(x, y, color=hue, tooltip=tips)
    heads = alt.Chart(timed).mark_point(filled=True, size=110, opacity=1).encode(
        x, y, color=hue, shape=shape, tooltip=tips)
    otherwise = (", " + votes["cast"]).where(votes["cast"] != "for", "")
    kind = (", after a " + timed["after"]).where(~timed["after"].duplicated(), "")  # names the signs once
    told = timed.assign(told=timed["days"].map("{:.0f}".format) + kind + otherwise[timed.index])
    numbers = alt.Chart(told).mark_text(align="left", dx=9).encode(
        x, y, text="told:N", tooltip=alt.value(None))
    open_ended = votes[votes["days"].isna()].assign(words=votes["remark"] + otherwise)
    undated = alt.Chart(open_ended).mark_text(align="left", dx=4, fontStyle="italic").encode(
        x=alt.datum(0), y=y, text="words:N", tooltip=tips)
    return charts.layered(stems, heads, numbers, undated)


@shown
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


@shown
def windows() -> Figure:
    """What indicators of the bond did around the tests, beside what they did at other times."""
    (moved, means), width = _moves_shown(), setting("width")
    votes = moved[moved["what"] == "all votes"].groupby("kind")["move"]
    low, high, many = votes.min(), votes.max(), votes.size()
    judged = {"c26-all-now", "c26-human-rights-now"} <= {r.id for r in readings("C26") if r.met}
    untold = {f"c26-{name}-now" for name in ("nuclear", "arms-control", "trade-kotra", "visits", "aid")}
    return charts.publish(
        _window_panels(moved, means), name="tests-windows", claims=["C26"],
        title="All votes and those on human rights moved around tests as at other times",
        holds=judged and untold <= {one.id for one in indicators("C26")},
        otherwise="What indicators of the bond did around the tests and at other times",
        measure=f"{counted(width, 'session').capitalize()} or years from a test on less the {spelled(width)} "
                "before; votes in the General Assembly",
        note=f"Diamonds: means. Windows around a test and others: {_counted(moved)}. Drawn, but too "
             f"restless to tell: {_restless(moved)}. Votes and the rest on their own scales.",
        alt_text=f"Agreement on all votes moved by {low['test']:.1f} to {high['test']:.1f} points around the "
                 f"tests ({many['test']} windows) and by {low['quiet']:.1f} to {high['quiet']:.1f} points at "
                 f"other times ({many['quiet']}). Trade, "
                 "visits and aid moved by tens of percent in either kind of year.",
        data=moved, columns={"indicator": "Indicator", "around": "Window", "year": "First year after",
                             "move": "Move", "unit": "Unit"},
        says=("{indicator}, from {year}: {move:+.1f} ({around})", "Mean of {what}, {around}: {shown:+.1f}"))


def _moves_shown() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the moves that the chart has room for, and their means by indicator and kind of year."""
    moved = moves_compared().query("unit != 'thousand tonnes' and indicator != 'Trade with China, Chinese "
                                   "customs'")
    what = moved["indicator"].str.replace("General Assembly, ", "").str.replace("votes on", "on")
    what = what.replace(BRIEF)
    moved = moved.assign(what=what, around=moved["kind"].map(AROUND))
    means = moved.groupby(["unit", "what", "around"])["move"].agg(mean).rename("shown").reset_index()
    shown = charts.plain(moved)
    return shown.assign(shown=shown["move"]), charts.plain(means)


def _restless(moved: pd.DataFrame) -> str:
    """Return which of the indicators drawn have no vote."""
    voting = {r.label.removesuffix(f" ({unit})") for r in readings("C26") for unit in set(moved["unit"])}
    none = moved.loc[~moved["indicator"].isin(voting), "what"].str.replace(r" \(.*", "", regex=True)
    return ", ".join(dict.fromkeys(none.str.removeprefix("on ")))


def _counted(moved: pd.DataFrame) -> str:
    """Return how many windows of either kind each indicator has, votes together."""
    of_votes = moved["unit"] == "points"
    names = moved["what"].str.replace(r" \(.*", "", regex=True).mask(of_votes, "votes each")
    counts = moved.assign(name=names).groupby(["name", "what", "kind"]).size().groupby(["name", "kind"]).max()
    return "; ".join(f"{name} {counts[name, 'test']} and {counts[name, 'quiet']}"
                     for name in dict.fromkeys(names))


def _window_panels(moved: pd.DataFrame, means: pd.DataFrame) -> alt.VConcatChart:
    """Return a row an indicator with two lanes: windows around a test above the others."""
    moved, means = (rows.assign(named=rows["what"].str.removeprefix("on ")) for rows in (moved, means))
    kinds = list(AROUND.values())
    look = charts.scale("first", "fourth", domain=kinds)
    colour, y = alt.Color("around:N").scale(look).title(None), alt.Y("named:N").title(None)
    lane = alt.YOffset("around:N").scale(domain=kinds)
    zero = alt.Chart(pd.DataFrame({"shown": [0]})).mark_rule(strokeDash=[2, 2]).encode(x="shown:Q")
    panels = []
    for unit, title in (("points", "change in votes alike, points"), ("percent change", "change, percent")):
        part, x = moved[moved["unit"] == unit], alt.X("shown:Q").title(title).scale(padding=6)
        ticks = alt.Chart(part).mark_tick(thickness=2, height=13, opacity=1).encode(
            x, y, yOffset=lane, color=colour, tooltip=["indicator", "year", "around", "move"])
        middle = alt.Chart(means[means["unit"] == unit]).mark_point(
            shape="diamond", size=110, filled=True, opacity=1, stroke=charts.colour("paper"),
            strokeWidth=1.5).encode(x, y, yOffset=lane, color=colour, tooltip=["what", "around", "shown"])
        panels.append(charts.layered(zero, ticks, middle).properties(height=40 * part["what"].nunique()))
    return alt.vconcat(*panels)


# The General Assembly ---------------------------------------------------------------------------------------

SUBJECTS = {"nuclear": "nuclear weapons", "human rights": "human rights"}
FRIENDS = ("China", "Cuba", "Viet Nam")
APART = {"nuclear": {"Cuba": -8, "Viet Nam": 5, "Russia": 6},
         "human rights": {"China": -4, "Cuba": 4, "Russia": 8}}  # pixels between names
SUBJECT_HEIGHT = 185


@shown
def assembly() -> Figure:
    """Votes alike with North Korea between the tests, by state, on two subjects."""
    by_subject = [series.agreement_steps(subject) for subject in SUBJECTS]
    steps = charts.plain(pd.concat(by_subject, ignore_index=True))
    pooled = steps.drop_duplicates(["country", "issue", "period"])
    share = pooled.set_index(["country", "issue", "period"])["share"].sort_index()
    first, *_, last = series.PERIODS
    spans = {state: (share[state, "nuclear", first], share[state, "nuclear", last])
             for state in (*FRIENDS, "Russia")}
    fell, rights = {state: a - b for state, (a, b) in spans.items()}, share["China", "human rights"]
    told = "; ".join(f"{state} from {spans[state][0]:.0f} to {spans[state][1]:.0f} percent"
                     for state in FRIENDS)
    return charts.publish(
        alt.vconcat(*(_subject_lines(steps, subject) for subject in SUBJECTS), spacing=14),
        name="tests-assembly", claims=["C26"],
        title="Nuclear votes: agreement with the North fell, with China less than Cuba",
        holds=min(fell["Cuba"], fell["Viet Nam"]) > fell["China"] > 0 and min(rights) > 90,
        otherwise="Votes alike with North Korea in the General Assembly",
        measure=f"Votes cast as the North cast them, percent, pooled between tests, {steps['year'].min()}–"
                f"{steps['year'].max() - 1}",
        note="Thin rules: the nuclear tests by number. A share cannot tell which of two states moved.",
        alt_text=f"On nuclear weapons the share falls, from before the first test to since the fourth: "
                 f"{told}. Russia's goes from {spans['Russia'][0]:.0f} to {spans['Russia'][1]:.0f} percent. "
                 f"On human rights China's stays between {min(rights):.0f} and {max(rights):.0f} percent.",
        data=steps, columns={"country": "Country", "issue": "Subject", "period": "Between tests",
                             "share": "Percent alike", "votes": "Votes"},
        says="{country}, {period}: {share:.0f} percent of {votes:,.0f} votes alike")


def _subject_lines(steps: pd.DataFrame, subject: str) -> alt.LayerChart:
    """Return the shares of one subject; Viet Nam is dashed, so that Cuba is seen where both agree."""
    part, first = steps[steps["issue"] == subject], subject == next(iter(SUBJECTS))
    x = charts.years(values=list(range(1995, 2020, 5)), span=[steps["year"].min(), steps["year"].max()])
    y = alt.Y("share:Q").title("percent").scale(domain=[0, 100]).axis(tickCount=5)
    states = ["China", "Russia", "Viet Nam", "Cuba"]
    colours = charts.scale("china", "russia", "first", "fourth", domain=states)
    dashes = alt.Scale(domain=states, range=[[1, 0], [1, 0], [5, 4], [1, 0]])
    hue = alt.Color("country:N").scale(colours).legend(None)
    lines = alt.Chart(part).mark_line().encode(
        x, y, detail="period:N", tooltip=["country", "period", "share", "votes"], color=hue,
        strokeDash=alt.StrokeDash("country:N").scale(dashes).legend(None))
    names = charts.end_labels(part, "country", x, y, colours, APART[subject])
    title = alt.Title(SUBJECTS[subject].capitalize(), fontSize=13, offset=4)
    return charts.layered(_numbered_tests(numbered=first), lines, names, charts.article_date(
        "moment", label=None if first else "", align="left")).properties(height=SUBJECT_HEIGHT, title=title)


def _numbered_tests(numbered: bool) -> alt.LayerChart:
    """Return thin rules at the tests, with their numbers at the foot; those close together share a label."""
    tests = load("tests/nuclear_tests").sort_values("date")
    years = [decimal_year(f"{day:%Y-%m-%d}") for day in tests["date"]]
    group = (pd.Series(years).diff() > 2).cumsum().to_list()
    rows = pd.DataFrame({"year": years, "test": tests["test"].to_list(), "group": group})
    ends = rows.groupby("group")["test"].agg(["min", "max"])
    words = {n: f"{a}" if a == b else f"{a}–{b}" for n, a, b in ends.itertuples()}
    rows = rows.assign(number=rows["group"].map(words) if numbered else "")
    x = alt.X("year:Q")
    named: charts.Look = {"baseline": "bottom", "dy": -2, "fontSize": 12, "color": charts.colour("quiet")}
    below = 16 if numbered else 0  # the article is named there
    rules = alt.Chart(rows).mark_rule(color=charts.colour("faint"), strokeWidth=0.75).encode(
        x, y=alt.value(below), y2=alt.value(SUBJECT_HEIGHT))
    last = rows.groupby("group").tail(1)
    alone = last["number"].str.len() <= 1
    numbers = (alt.Chart(last[alone]).mark_text(align="right", dx=-3, **named),
               alt.Chart(last[~alone]).mark_text(align="left", dx=3, **named))
    return charts.layered(
        rules, *(one.encode(x, y=alt.value(SUBJECT_HEIGHT), text="number:N") for one in numbers))


# Food aid ---------------------------------------------------------------------------------------------------

GIVERS = ["China", "South Korea", "United States", "Others"]


BLANK = "blank"
CHINA_HEIGHT = 110


@shown
def food_aid() -> Figure:
    """Food aid by donor and year, and China's by two counts beside one another."""
    aid = charts.plain(series.food_counts())
    cells = load("lifelines/food_aid_interfais")["cell"]
    aid = aid.assign(cell=[cells.get(row, "printed") for row in aid["row"]])
    china = aid[aid["donor"] == "China"]
    wfp = china[china["count"] == "INTERFAIS"].set_index("year")
    crs = china[china["count"] != "INTERFAIS"].set_index("year")["thousand_tonnes"]
    blank = [year for year in range(2007, 2012) if wfp["cell"][year] == BLANK]
    tonnes = wfp["thousand_tonnes"]
    return charts.publish(
        _food_bars(aid), name="tests-food-aid", claims=["C27"],
        title=f"One count of China's food aid is blank for {enumerated(map(str, blank))}",
        holds=blank == [2008, 2010, 2011] and crs[2009] == crs[2008] > 0,
        otherwise="Food aid to North Korea by donor",
        measure=f"Food aid to North Korea, thousand tonnes, {aid['year'].min()}–{aid['year'].max()}",
        note="Above: INTERFAIS, by donor. Below: China by INTERFAIS (left of a pair) and by the "
             "Congressional Research Service (right). The table leaves blank cells without a word; a blank "
             "need not be nil.",
        alt_text=f"China's bar is {tonnes[2005]:.0f} thousand tonnes in 2005, {tonnes[2007]:.0f} in 2007 and "
                 f"{tonnes[2009]:.0f} in 2009; the cells of {', '.join(map(str, blank))} are blank. The "
                 f"other count has China at {crs[2008]:.0f} in 2008 and {crs[2009]:.0f} in 2009.",
        data=aid, columns={"year": "Year", "donor": "Donor", "count": "Count",
                           "thousand_tonnes": "Thousand tonnes", "cell": "Cell"},
        says="{donor}, {year}: {thousand_tonnes:,.0f} thousand tonnes ({count}, {cell})")


def _food_bars(aid: pd.DataFrame) -> alt.VConcatChart:
    span = [aid["year"].min(), aid["year"].max()]
    tested = load("tests/nuclear_tests").query("test <= 2")["date"]
    dates = pd.DataFrame({"year": [decimal_year(f"{day:%Y-%m-%d}") for day in tested],
                          "event": ["test 1", "test 2"]})
    above, below = _all_donors(aid, span), _two_counts(aid, span)
    panels = (charts.layered(above, charts.event_dates(dates, align="right", lines=0)),
              charts.layered(below, charts.event_dates(dates.assign(event=""), lines=0)))
    return alt.vconcat(*panels, spacing=14).resolve_scale(color="independent")


def _all_donors(aid: pd.DataFrame, span: list[int]) -> alt.LayerChart:
    colours = charts.scale("china", "rok", "usa", "faint", domain=GIVERS)
    counted = aid[aid["count"] == "INTERFAIS"]
    bars = alt.Chart(stacked(counted, "thousand_tonnes", "donor", GIVERS)).mark_bar().encode(
        charts.years("left", span=span), alt.Y("low:Q").title("all donors").scale(domain=[0, 1800]).axis(
            tickCount=4), x2="right:Q", y2="high:Q",
        color=alt.Color("donor:N").scale(colours).title(None).legend(columns=4),
        tooltip=["year", "donor", "thousand_tonnes"])
    return charts.layered(bars).properties(height=190)


def _two_counts(aid: pd.DataFrame, span: list[int]) -> alt.LayerChart:
    """Return China's aid by either count, side by side, and a word where the first count has a blank."""
    china = aid[aid["donor"] == "China"]
    first = china["count"] == "INTERFAIS"
    china = china.assign(left=china["year"] + first.map({True: -BAR / 2, False: 0.04}),
                         right=china["year"] + first.map({True: -0.04, False: BAR / 2}), zero=0)
    colours = charts.scale("second", "fourth", domain=["INTERFAIS", "Congressional Research Service"])
    x, y = charts.years("left", span=span), alt.Y("thousand_tonnes:Q").title("China")
    bars = alt.Chart(china[china["cell"] != BLANK]).mark_bar().encode(
        x, y, x2="right:Q", y2="zero:Q", color=alt.Color("count:N").scale(colours).legend(None),
        tooltip=["year", "count", "thousand_tonnes"])
    empty = china[china["cell"] == BLANK].assign(middle=lambda rows: rows["year"] - BAR / 4)
    blanks = alt.Chart(empty).mark_text(
        angle=270, align="left", fontSize=11, dx=4, color=charts.colour("quiet")).encode(
        alt.X("middle:Q"), y=alt.value(CHINA_HEIGHT), text="cell:N", tooltip=["year", "count", "cell"])
    return charts.layered(bars, blanks).properties(height=CHINA_HEIGHT)


@shown
def food_aid_choice() -> Html:
    """A reader's choice of count and years for Chinese food aid after the test."""
    return report.choices("c27", "Chinese food aid after the test, in percent of what it was before",
                          c27_food_aid.choice(), c27_food_aid.options(), unit="percent")


# Supplies, lists and caps -----------------------------------------------------------------------------------

@shown
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


@shown
def listings() -> Figure:
    """American listings of Chinese persons and firms beside the Council's, by year."""
    listed = charts.plain(series.listings_by_year())
    us, un, every = (listed[listed["who"] == who] for who in
                     (series.LISTED_BY_US, series.LISTED_IN_CHINA, series.LISTED_BY_UN))
    by_us, by_un = ([f"{one.entries} in {one.year}" for one in part.itertuples()] for part in (us, un))
    return charts.publish(
        _listing_bars(pd.concat([us, un])), name="tests-listings", claims=["C30"],
        title=f"From {us['year'].min()} on Washington listed {us['entries'].sum()} Chinese persons and "
              f"firms, the UN {un['entries'].sum()}",
        holds=us["year"].min() == 2016 and un["entries"].sum() < 0.2 * us["entries"].sum(),
        otherwise="Listings over North Korea by year",
        measure=f"New entries over North Korea by year, {un['year'].min()}–{us['year'].max()}",
        note="US: Chinese and Hong Kong entries that could be dated. UN: entries with an address there, "
             f"still listed in {series.year_of_un_list()}, of {every['entries'].sum()} in all, the last "
             f"in {every['year'].max()}.",
        alt_text=f"US listings of Chinese persons and firms: {', '.join(by_us)}. UN listings with an "
                 f"address in China or Hong Kong: {', '.join(by_un)}. UN listings of any kind end in "
                 f"{every['year'].max()}.",
        data=listed, columns={"who": "List", "year": "Year", "entries": "Entries"},
        says="{who}, {year}: {entries} new entries")


def _listing_bars(listed: pd.DataFrame) -> alt.LayerChart:
    """Return two bars a year, America's before the Council's, each with its number."""
    first = listed["who"] == series.LISTED_BY_US
    listed = listed.assign(left=listed["year"] + first.map({True: -BAR / 2, False: 0.04}), zero=0,
                           right=listed["year"] + first.map({True: -0.04, False: BAR / 2}),
                           middle=listed["year"] + first.map({True: -BAR / 4, False: BAR / 4}),
                           brief=first.map({True: "United States", False: "United Nations"}))
    looks = charts.scale("usa", "un", domain=["United States", "United Nations"])
    bars = alt.Chart(listed).mark_bar().encode(
        charts.years("left"), alt.Y("entries:Q").title("entries").scale(domain=[0, 18], nice=False),
        x2="right:Q", y2="zero:Q", tooltip=["who", "year", "entries"],
        color=alt.Color("brief:N").scale(looks).title(None))
    numbers = charts.haloed(alt.Chart(listed).encode(
        alt.X("middle:Q"), alt.Y("entries:Q"), text="entries:Q", tooltip=alt.value(None)), dy=-8, fontSize=12)
    return charts.layered(bars, charts.article_date(align="right"), numbers).properties(height=220)


@shown
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


@shown
def caps() -> Figure:
    """Caps of the Council beside what was reported and what is estimated, for coal and refined petroleum."""
    goods = charts.plain(series.allowed_and_sold())
    goods = goods.assign(kind=goods["kind"].replace({"open": "published"}))
    amount = goods.set_index("what")["quantity"]
    cap, reported = amount["cap from 2018"], amount[amount.index.str.startswith("reported")]
    times = amount["deliveries, 2018"] / cap
    banned = load("tests/caps").query("note == 'full ban' and goods.str.startswith('coal')")["start"].iloc[0]
    told = "; ".join(f"{one.goods}, {one.what}: {one.quantity:.2f} {one.unit} ({one.kind})"
                     for one in goods.itertuples())
    return charts.publish(
        alt.vconcat(_cap_bars(goods, "coal", "Coal sold by the North, million tonnes"),
                    _cap_bars(goods, "refined petroleum", "Refined petroleum bought, million barrels"),
                    spacing=18),
        name="tests-caps", claims=["C25"],
        title=f"Reported refined petroleum keeps to its cap; a US estimate is {times:.0f} times it",
        holds=times > 5 and reported.max() <= cap,
        otherwise="Caps of the Security Council, reported and estimated quantities",
        measure="Yearly caps of the Security Council, published figures, estimates (dashed)",
        note=f"Coal is banned since {banned:%B %Y}. The US estimate takes tankers as fully laden. "
             "Each good on its own scale.",
        alt_text=f"{told}. Coal is banned since {banned:%B %Y}.",
        data=goods, columns={"goods": "Goods", "what": "What", "kind": "Standing", "quantity": "Quantity",
                             "unit": "Unit"},
        says="{goods}, {what}: {quantity:.2f} {unit} ({kind})")


def _cap_bars(goods: pd.DataFrame, name: str, head: str) -> alt.LayerChart:
    part = goods[goods["goods"] == name]
    part = part.assign(known=(part["kind"] == "estimated").map({True: "estimated", False: "known"}),
                       cap=part["kind"] != "allowed").sort_values("cap", kind="stable")
    look = charts.scale("first", "third", "third", domain=["allowed", "published", "estimated"])
    weight = alt.condition("indexof(datum.value, 'cap') === 0", alt.value("bold"), alt.value("normal"))
    y = alt.Y("what:N").title(None).sort(list(part["what"])).axis(
        minExtent=125, labelFontSize=12, labelFontWeight=weight)
    x = alt.X("quantity:Q").title(None).scale(
        domain=[0, 1.12 * part["quantity"].max()], nice=False).axis(tickCount=6)
    bars = alt.Chart(part).mark_bar(height=15).encode(
        x, y, color=alt.Color("kind:N").scale(look).legend(None),
        tooltip=["goods", "what", "quantity", "unit", "kind"])
    numbers = alt.Chart(part).mark_text(align="left", dx=5).encode(
        x, y, text=alt.Text("quantity:Q", format=".2~f"), tooltip=alt.value(None))
    return charts.layered(charts.outlined(bars, "known", "known"), numbers).properties(
        title=alt.Title(head, fontSize=13, offset=4, frame="bounds"))


# Missiles ---------------------------------------------------------------------------------------------------

REACHES = ["intercontinental", "medium", "short", series.OTHER_RANGE]


@shown
def missiles() -> Figure:
    """Missiles launched by year and range, the farthest at the base."""
    fired = charts.plain(series.missiles_by_range())
    recent = stacked(fired[fired["year"] >= 2006], "missiles", "range", REACHES)
    known, later = load("tests/missile_tests"), series.missiles_after_the_article()
    far, far_later = ((rows["type"] == "ICBM").sum() for rows in (known, later))
    by_year = recent.groupby("year")["missiles"].sum()
    last = pd.Timestamp(known["date_utc"].max())
    return charts.publish(
        _missile_bars(recent, last), name="tests-missiles", claims=["C25"],
        title=f"{len(later)} of {len(known)} missiles, all {far_later} intercontinental, came after the "
              "article",
        holds=len(later) > 0.6 * len(known) and far == far_later > 0,
        otherwise="Missiles launched by North Korea",
        measure=f"Missiles launched by year and range, from {recent['year'].min()}",
        note=f"By the James Martin Center, to {last:%-d %B %Y}; the counts of the title begin in "
             f"{known['date_utc'].min()[:4]}. Medium: medium and intermediate. Dashed: part of a year.",
        alt_text=f"The most missiles were launched in {by_year.idxmax()}: {by_year.max()}. In 2016 there "
                 f"were {by_year[2016]}, in 2017 {by_year[2017]}, "
                 + charts.stated("none in 2018, ", when=2018 not in set(by_year.index))
                 + f"{by_year[2019]} in 2019 and {by_year[2024]} in 2024. {len(later)} of {len(known)} on "
                   "record were launched after the article.",
        data=recent, columns={"year": "Year", "range": "Range", "missiles": "Missiles"},
        says="{year}: {missiles} of range {range}")


def _missile_bars(recent: pd.DataFrame, last: pd.Timestamp) -> alt.LayerChart:
    part_year = recent["year"].eq(last.year) & (last < pd.Timestamp(last.year, 12, 31))
    recent = recent.assign(known=part_year.map({True: "part", False: "whole"}))
    colours = charts.scale("accent", "first", "third", "fourth", domain=REACHES)
    top = 1.15 * recent["high"].max()  # room for the article's name over the highest bar
    bars = alt.Chart(recent).mark_bar(opacity=1).encode(
        charts.years("left"), alt.Y("low:Q").title("missiles").scale(domain=[0, top], nice=False),
        x2="right:Q", y2="high:Q",
        tooltip=["year", "range", "missiles"],
        color=alt.Color("range:N").scale(colours).title(None).legend(
            columns=4, labelExpr="replace(datum.label, ' and', ',')"))
    tops = recent.groupby("year").tail(1)
    partial = alt.Chart(tops[tops["known"] == "part"]).mark_text(
        dy=-19, fontSize=12, lineBreak="\n", lineHeight=13).encode(
        x="year:Q", y="high:Q", text=alt.value(f"to\n{last:%-d %b}"), tooltip=alt.value(None))
    return charts.layered(charts.outlined(bars, "known", "whole"), partial, charts.article_date())
