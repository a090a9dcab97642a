"""The published charts and tables of the alliance: measures in, one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.alliance import c09_instruments, c10_leverage, series
from report import charts
from report.charts import Figure
from report.data.package import load, shown
from report.dates import in_words
from report.rule import by_cutoff, limb
from report.show import Html


@shown
def pacts() -> Figure:
    """Defence pacts around the peninsula as spans of years, with the disputes between the two allies."""
    spells, quarrels = charts.plain(series.pact_spells()), charts.plain(series.disputes_of_allies())
    recorded = spells[spells["basis"] == RECORDED].set_index("pact")
    first = int(series.pledges("CHN", "PRK")["year"].min())
    return charts.publish(
        charts.layered(_pact_marks(spells, quarrels),
                       charts.article_date("moment", align="right", foot=True)),
        name="alliance-pacts", claims=["C04", "C07"],
        title=f"China pledged itself to the North in {first}, eight years after the war",
        holds=first - limb("C07.commitment").whole("by") == 8,
        otherwise="Defence pacts around the Korean peninsula",
        measure=f"Pledges of mutual defence by ATOP, {spells['start'].min()}–{recorded['end'].max() - 1}, "
                "and by treaty since",
        note="outlined: in force by its treaty, after the data end" + _cut_off(spells),
        says=["Pledge: {pact}, {start} to {end} (start of the year), {basis}",
              "Dispute: {dispute}, {start_year}, hostility {hostility} of 5"],
        alt_text="Pacts by ATOP: "
        + "; ".join(f"{n}, {r['start']} to {r['end'] - 1}" for n, r in recorded.iterrows())
                 + f". By treaty since: {_by_treaty(spells)}. {len(quarrels)} disputes between China and "
                   f"North Korea fall in {quarrels['start_year'].min()} to {quarrels['end_year'].max()}.",
        data=spells, columns={"pact": "Pair", "start": "From", "end": "To (start of year)", "basis": "Basis"})


RECORDED = "recorded in ATOP"


def _by_treaty(spells: pd.DataFrame) -> str:
    """Return which pacts are in force by a treaty after the data end, each with the year it counts from."""
    carried = spells[spells["basis"] != RECORDED].sort_values("start")
    return "; ".join(f"{r.pact}, {r.start}" for r in carried.itertuples())


def _cut_off(spells: pd.DataFrame) -> str:
    """Return which bars end with the data alone, without a treaty that is known to carry them on, and which
    begin with them.
    """
    recorded, carried = spells[spells["basis"] == RECORDED], spells[spells["basis"] != RECORDED]
    last = recorded[recorded["end"] == recorded["end"].max()]
    cut = last.loc[~last["pact"].isin(carried["pact"]), "pact"].str.removeprefix("North Korea and ")
    begun = recorded.loc[recorded["start"] == series.OPENING, "pact"]
    return "".join([*(f"; the bar of {pact} ends with the data" for pact in cut),
                    *(f"; {pact}: counted from the data's first year on" for pact in begun)])


def _pact_marks(spells: pd.DataFrame, quarrels: pd.DataFrame) -> alt.LayerChart:
    pairs = list(series.PAIRS.values())
    y = alt.Y("pact:N").axis(None).sort(pairs).scale(paddingOuter=0.35)
    partners = charts.scale("china", "russia", "other", "russia", "usa", domain=pairs)
    bars = alt.Chart(spells).mark_bar(height=12).encode(
        charts.years("start"), y, x2="end", color=alt.Color("pact:N").scale(partners).legend(None))
    ticks = alt.Chart(quarrels).mark_tick(thickness=2, size=20, color=charts.colour("text")).encode(
        charts.years("start_year"), y)
    names = spells.assign(row_name=spells["pact"].replace(pairs[0], f"{pairs[0]} (ticks: disputes)"))
    return charts.layered(charts.outlined(bars, "basis", RECORDED), ticks,
                          charts.row_names(names, y, "row_name")).properties(height=alt.Step(40))


@shown
def war_dead() -> Figure:
    """Chinese dead of the Korean War by who counted."""
    dead = charts.plain(series.war_dead())
    said = [("over " if q != "exact" else "") + charts.amount(v, ",d")
            for q, v in zip(dead["qualifier"], dead["value_low"], strict=True)]
    published = [f" ({y})" if isinstance(y, str) else "" for y in dead["year"]]
    shown = dead.assign(
        thousand=dead["value_low"] / 1000, number=said,
        made=dead["made_in_china"].map({True: "counted in China", False: "counted abroad"}),
        label=dead["short"] + published + ", " + dead["measure"].replace({"killed or died": "war dead"}))
    inside, outside = (shown[shown["made_in_china"] == made]["value_low"] for made in (True, False))
    return charts.publish(
        _dead_marks(shown), name="alliance-war-dead", claims=["C07"],
        title="China's war dead: each count made abroad is over twice each Chinese one",
        holds=outside.min() > 2 * inside.max(), otherwise="Chinese dead of the Korean War by source",
        measure="Chinese dead of the Korean War, thousand persons, by who counted",
        says="Dead: {label}: {number} persons, {made}",
        alt_text="From low to high: " + "; ".join(f"{r.label}: {r.number}" for r in shown.itertuples()) + ".",
        data=shown, columns={"label": "Source", "measure": "What is counted", "value_low": "Persons",
                             "qualifier": "How put"})


def _dead_marks(shown: pd.DataFrame) -> alt.LayerChart:
    x = alt.X("thousand:Q").title("thousand persons").scale(domain=[0, 540]).axis(tickCount=5)
    y = alt.Y("label:N").axis(None).sort(shown["label"].tolist())
    makers = charts.scale("china", "other", domain=["counted in China", "counted abroad"])
    colour = alt.Color("made:N").scale(makers).title(None).legend(columns=2)
    stems = alt.Chart(shown.assign(zero=0)).mark_rule(strokeWidth=1, color=charts.colour("faint")).encode(
        alt.X("zero:Q").title("thousand persons"), y, x2="thousand:Q", tooltip=alt.value(None))
    dots = alt.Chart(shown).mark_circle(size=110).encode(x, y, color=colour)
    numbers = alt.Chart(shown).mark_text(align="left", dx=9).encode(
        x, y, text="number:N", tooltip=alt.value(None))
    return charts.layered(stems, dots, numbers, charts.row_names(shown, y, "label")).properties(
        height=alt.Step(36))


@shown
def regimes() -> Figure:
    """Liberal democracy by state, under Mao and lately."""
    eras = charts.plain(series.freedom_by_era())
    names = list(dict.fromkeys(eras["era"]))
    means, both = eras.set_index(["state", "era"])["mean"], eras[eras["state"].isin(["China", "North Korea"])]
    lowest = set.intersection(*(set(eras[eras["era"] == e].nsmallest(3, "mean")["state"]) for e in names))
    told = ("China", "North Korea", "South Korea", "Japan", "Viet Nam", "Poland", "Mongolia")
    ended = sorted(set(eras["state"]) - set(eras[eras["era"] == names[1]]["state"]))
    return charts.publish(
        _era_lines(eras, names), name="alliance-regimes", claims=["C05", "C06"],
        title="Two of the least free states under Mao, and two of the least free now",
        holds=max(both["mean"]) < 0.05 and {"China", "North Korea"} <= lowest,
        otherwise="Liberal democracy by state, under Mao and lately",
        measure="V-Dem's index of liberal democracy, 0 to 1, means of two periods",
        note=charts.stated(f"{' and '.join(ended)}: the state ended before the later mean",
                           when=ended == ["East Germany"]),
        says="Index: {state}, mean of {era}: {mean:.2f} of 1",
        alt_text=f"Means of {names[0]} and {names[1]}: "
                 + "; ".join(f"{s} {means[s, names[0]]:.2f} and {means[s, names[1]]:.2f}" for s in told)
        + ".",
        data=eras, columns={"state": "State", "era": "Years", "mean": "Mean index", "group": "Group"})


def _era_lines(eras: pd.DataFrame, names: list[str]) -> alt.LayerChart:
    """Return both means of each state, joined; the two allies in their colours, the others grey."""
    late = eras[eras["era"] == names[1]].sort_values("mean", ascending=False)["state"].tolist()
    y = alt.Y("state:N").title(None).sort([*late, *sorted(set(eras["state"]) - set(late))])
    hues = {"China": "china", "North Korea": "dprk"}
    states = sorted(set(eras["state"]))
    colours = charts.scale(*(hues.get(state, "faint") for state in states), domain=states)
    line = alt.Chart(eras).mark_line(color=charts.colour("faint"), strokeWidth=1.5).encode(
        alt.X("mean:Q"), y, detail="state:N", tooltip=alt.value(None))
    # the earlier mean last, on paper of its own, since the later one of the North lies on it
    shown = eras.sort_values("era", ascending=False, kind="stable")
    dots = alt.Chart(shown).mark_point(
        filled=True, opacity=1, stroke=charts.colour("paper"), strokeWidth=1).encode(
        alt.X("mean:Q").title("index").scale(domain=[0, 0.8]).axis(
            values=[0, 0.2, 0.4, 0.6, 0.8], format=".1f"), y,
        color=alt.Color("state:N").scale(colours).legend(None),
        size=alt.condition(alt.datum.era == names[1], alt.value(170), alt.value(75)),
        shape=alt.Shape("era:N").scale(domain=names, range=["diamond", "circle"]).title(None)
        .legend(columns=2))
    return charts.layered(line, dots)


@shown
def doctrine() -> Figure:
    """The place of Marxism-Leninism in charters and constitutions, as spans in time."""
    steps = charts.plain(series.doctrine_steps())
    by_text = steps.sort_values("start").groupby("name")["place"]
    first, now, room = by_text.first(), by_text.last(), series.places()
    north, parties = series.TEXTS["dprk constitution"], [series.TEXTS["cpc charter"],
                                                         series.TEXTS["wpk rules"]]
    return charts.publish(
        charts.layered(_place_marks(steps), charts.article_date("moment", align="right", foot=True)),
        name="alliance-doctrine", claims=["C04", "C06"],
        title="Marxism-Leninism slid in charters and left the North's constitution",
        holds=not series.named(now[north])
        and all(room.index(now[n]) < room.index(first[n]) for n in parties),
        otherwise="The place of Marxism-Leninism in charters and constitutions",
        measure="Place of Marxism-Leninism in each text, by years in force, as coded here",
        note="dotted: wordings that were not read",
        says="Place: {name}, from {since}: {place}; {wording}",
        alt_text="; ".join(f"{r.name}, {r.since}: {r.place}"
                           for r in steps.sort_values(["name", "start"]).itertuples())
                 + ".",
        data=steps, columns={"name": "Text", "adopted": "From", "until": "Until", "place": "Place",
                             "wording": "Wording"})


def _place_marks(steps: pd.DataFrame) -> alt.LayerChart:
    """Return spans on a ramp that ends in an empty box, and dots where the wording was not read."""
    y = alt.Y("name:N").axis(None).sort(list(series.TEXTS.values())).scale(paddingOuter=0.35)
    x = charts.years("start")
    tones = charts.scale("first", "third", "fourth", "paper", domain=series.places()[::-1])
    legend = alt.Legend(columns=2, symbolType="square", symbolStrokeColor=charts.colour("quiet"))
    bars = alt.Chart(steps).mark_bar(height=13, stroke=charts.colour("quiet"), strokeWidth=1).encode(
        x, y, x2="end", color=alt.Color("place:N").scale(tones).title(None).legend(legend))
    ordered = steps.sort_values(["name", "start"])
    before = ordered.groupby("name")["end"].shift()
    unread = ordered.assign(start=before, end=ordered["start"])[ordered["start"] - before > 0.1]
    dotted = alt.Chart(unread[["name", "start", "end"]]).mark_rule(
        strokeDash=[1, 4], strokeWidth=2, color=charts.colour("quiet")).encode(x, y, x2="end")
    return charts.layered(dotted, bars, charts.row_names(steps, y, "name")).properties(height=alt.Step(42))


@shown
def buffer_table() -> Html:
    """Voices on the North as a buffer."""
    voices = series.buffer_voices()
    return report.table(voices.assign(who=voices["speaker"] + " (" + voices["group"] + ")"),
                        {"date": "Date", "who": "Who", "bearing": "The buffer",
                         "paraphrase": "What was said"},
                        "Voices on the North as a buffer, for and against")


LATELY = 2008  # first year of the lower panel
MOST, LEVEL_SINCE = "1953", "2015-09"  # the year of the most troops; from when on they hardly changed


@shown
def us_troops() -> Figure:
    """American troops in South Korea since the war, and above since 2008 on a scale of their own."""
    troops = charts.plain(series.american_troops())
    names = {"annual": "annual series", "reports": "single reports"}
    shown = troops.assign(name=troops["series"].map(names), thousand=troops["troops"] / 1000)
    annual = troops[troops["series"] == "annual"].set_index("date")["troops"]
    latest = troops[troops["series"] == "reports"].sort_values("date").iloc[-1]
    share = 100 * latest["troops"] / annual[MOST]
    since = shown[(shown["series"] == "reports") & (shown["date"] >= LEVEL_SINCE)]["troops"]
    return charts.publish(
        alt.vconcat(_troops_since_the_war(shown), _troops_lately(shown[shown["time"] >= LATELY])),
        name="alliance-us-troops", claims=["C08"],
        title=f"American troops in the South: {share:.0f}\u00a0percent of {MOST}, steady since "
              f"{LEVEL_SINCE[:4]}",
        holds=share < 10 and annual[MOST] == annual.max() and since.max() < 1.2 * since.min(),
        otherwise="American troops in South Korea",
        measure=f"Active-duty troops in Korea, thousand; below, since {LATELY}, on its own scale, "
                "not from zero",
        note="outlined: imputed; dots below: single reports",
        says="Troops: {date}: {troops:,.0f} persons, {standing}; {name}",
        alt_text=f"The annual series has {charts.amount(annual['1950'])} for 1950, "
                 f"{charts.amount(annual['1953'])} for 1953 and {charts.amount(annual['1975'])} for 1975. "
                 f"Reports since {in_words(LEVEL_SINCE)} lie between {charts.amount(since.min())} and "
                 f"{charts.amount(since.max())}; the latest, of {in_words(latest['date'])}, has "
                 f"{charts.amount(latest['troops'])}.",
        data=shown, columns={"date": "Date", "name": "Series", "troops": "Troops", "standing": "Standing"})


def _troops_since_the_war(shown: pd.DataFrame) -> alt.LayerChart:
    x, y = charts.years("time"), alt.Y("thousand:Q").title("thousand")
    annual = alt.Chart(shown[shown["series"] == "annual"])
    line = annual.mark_line(color=charts.colour("usa")).encode(x, y)
    imputed = alt.Chart(shown[shown["standing"] == "imputed"]).mark_point(size=40, opacity=1,
                                                                          color=charts.colour("usa"))
    return charts.layered(line, charts.outlined(imputed.encode(x, y), "standing", "reported"),
                          charts.article_date("moment", align="right")).properties(height=130)


def _troops_lately(shown: pd.DataFrame) -> alt.LayerChart:
    x, y = charts.years("time"), alt.Y("thousand:Q").title("thousand").scale(domain=[20, 35])
    line = alt.Chart(shown[shown["series"] == "annual"]).mark_line(color=charts.colour("usa")).encode(x, y)
    dots = alt.Chart(shown[shown["series"] == "reports"]).mark_point(
        size=24, opacity=1, color=charts.colour("usa")).encode(x, y)
    return charts.layered(line, dots, charts.article_date("moment", label="")).properties(height=150)


@shown
def instruments_table() -> Html:
    """Instruments of protection in the base years, then and now."""
    compared = charts.plain(c09_instruments.instruments_compared())
    return report.table(compared, {"instrument": "Instrument", "base": "2006, 2009-12", "then": "Then",
                                   "then_judged": "Protects, then", "now": "Now",
                                   "now_judged": "Protects, now"},
                        "Instruments of protection before the third test, at the article's date, and now")


VANTAGES = {"then": "latest as of the article", "now": "latest now"}


@shown
def dependence() -> Figure:
    """China's share of what the North gets, by measure and vantage."""
    shares = charts.plain(c10_leverage.dependence_shares())
    parts = shares["short"].str.rsplit(", ", n=1, expand=True)
    shown = shares.assign(when=shares["vantage"].map(VANTAGES), what=parts[0], of=parts[1])
    years = shown.groupby("what")["of"].agg(" and ".join)
    shown["row_name"] = shown["what"] + ", " + shown["what"].map(years)
    then = shown[shown["vantage"] == "then"]
    trade, aid, arms = (then[then["measure"].str.contains(w)]["share"]
                        for w in ("Trade|oil|Oil", "aid|Humanitarian", "arms"))
    return charts.publish(
        _dependence_marks(shown), name="alliance-dependence", claims=["C10"],
        title="China gave over half of trade and oil, less of aid and hardly any arms",
        holds=trade.min() > 50 and 5 < aid.max() < 50 and arms.max() < 5,
        otherwise="China's share of what North Korea gets, by measure",
        measure="China's share, percent, latest year then and now",
        says="Share: {measure}: {share:.0f} percent, {when}",
        alt_text="China's shares, high to low: " + "; ".join(
            f"{r.measure} {r.share:.0f} percent"
            for r in shown.sort_values("share", ascending=False).itertuples()) + ".",
        data=shown, columns={"measure": "Measure", "share": "Percent", "when": "Vantage"})


def _dependence_marks(shown: pd.DataFrame) -> alt.LayerChart:
    """Return one row a measure: outlined what was known then, filled what is now, and the line between."""
    rows = shown.sort_values("share", ascending=False)["row_name"].drop_duplicates().tolist()
    y = alt.Y("row_name:N").axis(None).sort(rows).scale(paddingOuter=0.3)
    x = alt.X("share:Q").title("percent").scale(domain=[-3, 104],
                                                nice=False).axis(values=[0, 25, 50, 75, 100])
    half = charts.row_level(shown, y, "row_name", x, 50)
    between = alt.Chart(shown).mark_line(color=charts.colour("faint"), strokeWidth=1.5).encode(
        x, y, detail="row_name:N", tooltip=alt.value(None))
    fills = charts.scale("paper", "now", domain=list(VANTAGES.values()))
    dots = alt.Chart(shown).mark_point(
        size=100, filled=True, opacity=1, stroke=charts.colour("now"), strokeWidth=1.75).encode(
        x, y, fill=alt.Fill("when:N").scale(fills).title(None).legend(
            columns=2, symbolStrokeColor=charts.colour("now")))
    return charts.layered(half, between, dots, charts.row_names(shown, y, "row_name")).properties(
        height=alt.Step(34))


@shown
def pressure_choice() -> Html:
    """A reader's choice of test, and of what counts as a measure of China's own."""
    rules = {"strict": "beyond the resolutions without doubt", "disputed": "disputed ones too",
             "all": "those inferred from statistics too"}
    return report.choices("c10", "How many measures of China's own cut goods or money within 180 days after "
                                 "a test?",
                          {"Test": {str(t): f"test {t}" for t in series.nuclear_tests()["test"]},
                           "What counts": rules},
                          c10_leverage.unused_options(), unit="measures", chart="alliance-pressure")


ROOM_TO = 140  # days after which a mark has no room for a label on its right


@shown
def pressure() -> Figure:
    """Chinese measures after each test, by day and by whether the United Nations asked for them."""
    shown = charts.plain(series.pressure_days())
    held = series.nuclear_tests().set_index("test")["date"].dt.strftime("%Y")
    shown["test_name"] = [f"{held[test]}, test {test}" for test in shown["test"]]
    ends = shown.groupby("test")["days"].agg(["min", "max"])
    named = ends["max"].where(ends["max"] < ROOM_TO, ends["min"])
    shown["labelled"] = shown["days"] == shown["test"].map(named)
    own = shown[shown["beyond_un"] == "yes"]
    return charts.publish(
        _pressure_marks(shown), name="alliance-pressure", claims=["C10"],
        title=f"After {own['test'].nunique()} of {len(held)} tests money was cut beyond the resolutions, "
              "goods never",
        holds=own["test"].nunique() == 4 and set(own["cut"]) == {"money"},
        otherwise="Chinese measures after each nuclear test",
        measure="China's measures reported within 180 days after each nuclear test",
        note=charts.stated("goods are among the disputed and the inferred",
                           when={"disputed", "inferred"} <= set(shown.query("cut == 'goods'")["beyond_un"]))
        + "; outlined: inferred from statistics",
        says="Measure: {measure} ({actor}, {date}), day {days}: cut {cut}; {ground}. {what}",
        alt_text="By test and day: " + "; ".join(
            f"test {r.test}, day {r.days}, {r.measure} ({r.cut}, {r.ground})" for r in shown.itertuples())
        + ".",
        data=shown, columns={"test": "Test", "date": "Date", "measure": "Measure", "actor": "Actor",
                             "cut": "Cut",
                             "ground": "Ground"})


def _pressure_marks(shown: pd.DataFrame) -> alt.LayerChart:
    shapes = alt.Scale(domain=["money", "goods", "neither"], range=["square", "circle", "triangle-up"])
    hues = dict(zip(series.GROUNDS.values(), ("met", "first", "third", "fourth"), strict=True))
    fill, stroke = charts.kinds("ground", hues, {series.GROUNDS["inferred"]}, alt.Legend(columns=4))
    marks = alt.Chart(shown).mark_point(filled=True, opacity=1, size=110, strokeWidth=1.75).encode(
        alt.X("days:Q").title("days after the test").scale(domain=[-8, 182], nice=False)
        .axis(values=[0, 60, 120, 180]),
        alt.Y("test_name:N").title(None).sort(sorted(set(shown["test_name"]))),
        fill=fill, stroke=stroke,
        shape=alt.Shape("cut:N").scale(shapes).title(None).legend(columns=3))
    around = charts.ring(marks, "1-strict", test="substring(chosen, 0, 1) == datum.key",
                         named="datum.labelled")
    return charts.layered(marks, around)


@shown
def surveys_table() -> Html:
    """Surveys of Chinese opinion, one item a row."""
    surveys = load("alliance/opinion_surveys")
    return report.table(surveys.assign(year=surveys["year"].astype(str)),
                        {"year": "Year", "pollster": "Who asked", "question": "Question", "value": "Answer",
                         "unit": "Unit", "sample": "Who answered"},
                        "Surveys of Chinese opinion, 2006 to 2025: separate items, not a trend")


@shown
def wars_table() -> Html:
    """Wars and clashes among communist states."""
    return report.table(charts.plain(series.wars()),
                        {"years": "Years", "war": "War or clash", "by": "Dataset", "low": "Dead, low",
                         "high": "Dead, high", "counts": "Who is counted"},
                        "Wars and clashes among communist states, dead by two datasets")


@shown
def events_table() -> Html:
    """Relations between China and North Korea since the article."""
    events = load("alliance/relations_events")
    return report.table(events[~by_cutoff(events["date"])],
                        {"date": "Date", "event": "What happened", "direction": "Points to"},
                        "Warming, cooling and a rival: relations between China and North Korea since the "
                        "article")
