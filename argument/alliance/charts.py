"""The published charts and tables of the alliance: measures in, one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.alliance import c09_instruments, c10_leverage, series
from report import charts
from report.charts import Figure
from report.data.package import load, package
from report.show import Html


def _row_names(frame: pd.DataFrame, y: alt.Y, field: str) -> alt.Chart:
    """Return the name of each row above its marks, where a phone has room for it."""
    return alt.Chart(frame.drop_duplicates(field)).mark_text(align="left", baseline="bottom", dy=-8).encode(
        y, x=alt.value(0), text=f"{field}:N")


def pacts() -> Figure:
    """Defence pacts around the peninsula as spans of years, with the disputes between the two allies."""
    spells, quarrels = charts.plain(series.pact_spells()), charts.plain(series.disputes_of_allies())
    order = list(series.PAIRS.values())
    recorded = spells[spells["basis"] == "recorded in ATOP"].set_index("pact")
    first, soviet_end = int(series.pledges("CHN", "PRK")["year"].min()), int(recorded.loc[order[1],
                                                                                          "end"]) - 1
    y = alt.Y("pact:N").axis(None).sort(order)
    return charts.publish(
        (_spans(spells, quarrels, y) + _row_names(spells, y, "pact") + charts.article_date()).properties(
            height=alt.Step(40)),
        name="alliance-pacts", claims=["C04", "C07"],
        title=f"China's pledge to North Korea begins in {first}, eight years after the war, and outlived "
              "Moscow's first one",
        holds=first - series.ARMISTICE == 8 and soviet_end < series.cutoff_year(),
        otherwise="Defence pacts around the Korean peninsula",
        measure="Pledges of mutual defence, 1946–2026; pale: by treaty, after the data end; ticks: disputes "
                "between the two allies",
        alt_text="Pacts by ATOP: "
        + "; ".join(f"{n}, {r['start']} to {r['end'] - 1}" for n, r in recorded.iterrows())
                 + ". Treaties carry on those of North Korea with China and, from 2024, with Russia. "
                   f"{len(quarrels)} disputes between China and North Korea fall in "
                   f"{quarrels['start_year'].min()} to {quarrels['end_year'].max()}.",
        data=spells, columns={"pact": "Pair", "start": "From", "end": "To (start of year)", "basis": "Basis"})


def _spans(spells: pd.DataFrame, quarrels: pd.DataFrame, y: alt.Y) -> alt.LayerChart:
    partners = charts.scale("china", "russia", "other", "russia", "usa", domain=list(series.PAIRS.values()))
    bars = alt.Chart(spells).mark_bar(height=12).encode(
        charts.years("start"), y, x2="end", color=alt.Color("pact:N").scale(partners).legend(None),
        opacity=alt.condition("datum.basis == 'recorded in ATOP'", alt.value(1), alt.value(0.4)),
        tooltip=["pact", "start", "end", "basis"])
    ticks = alt.Chart(quarrels).mark_tick(thickness=2, size=20, color=charts.colour("text")).encode(
        charts.years("start_year"), y, tooltip=["dispute", "start_year", "hostility"])
    return bars + ticks


def war_dead() -> Figure:
    """Chinese dead of the Korean War by who counted."""
    dead = charts.plain(series.war_dead())
    said = [("over " if q != "exact" else "") + f"{v:,}".replace(",", " ")
            for q, v in zip(dead["qualifier"], dead["value_low"], strict=True)]
    published = [f" ({y})" if isinstance(y, str) else "" for y in dead["year"]]
    shown = dead.assign(
        thousand=dead["value_low"] / 1000, said=said,
        made=dead["made_in_china"].map({True: "Chinese", False: "abroad"}),
        label=dead["short"] + published + ", " + dead["measure"].replace({"killed or died": "war dead"}))
    x = alt.X("thousand:Q").title("thousand persons").scale(domain=[0, 540]).axis(tickCount=5)
    y = alt.Y("label:N").axis(None).sort(shown["label"].tolist())
    makers = charts.scale("china", "usa", domain=["Chinese", "abroad"])
    dots = alt.Chart(shown).mark_circle(size=110).encode(
        x, y, color=alt.Color("made:N").scale(makers).title("counted by"), tooltip=["label", "value_low"])
    numbers = alt.Chart(shown).mark_text(align="left", dx=9).encode(x, y, text="said:N")
    inside, outside = (shown[shown["made"] == made]["value_low"] for made in ("Chinese", "abroad"))
    return charts.publish(
        (dots + numbers + _row_names(shown, y, "label")).properties(height=alt.Step(36)),
        name="alliance-war-dead", claims=["C07"],
        title="China's war dead: every figure made abroad is more than twice every Chinese one",
        holds=outside.min() > 2 * inside.max(), otherwise="Chinese dead of the Korean War by source",
        measure="Chinese dead of the Korean War, 1950–53, persons, by who counted and year of publication",
        alt_text="From low to high: " + "; ".join(f"{r.label}: {r.said}" for r in shown.itertuples()) + ".",
        data=shown, columns={"label": "Source", "measure": "What is counted", "value_low": "Persons",
                             "qualifier": "How put"})


def regimes() -> Figure:
    """Liberal democracy by state, under Mao and lately."""
    eras = charts.plain(series.freedom_by_era())
    names = list(dict.fromkeys(eras["era"]))
    means, both = eras.set_index(["state", "era"])["mean"], eras[eras["state"].isin(["China", "North Korea"])]
    lowest = set.intersection(*(set(eras[eras["era"] == e].nsmallest(3, "mean")["state"]) for e in names))
    told = ("China", "North Korea", "South Korea", "Japan", "Viet Nam", "Poland", "Mongolia")
    return charts.publish(
        _era_lines(eras, names), name="alliance-regimes", claims=["C05", "C06"],
        title="Two of the least free states under Mao, and two of the least free now",
        holds=max(both["mean"]) < 0.05 and {"China", "North Korea"} <= lowest,
        otherwise="Liberal democracy by state, under Mao and lately",
        measure=f"V-Dem's index of liberal democracy, 0 to 1, mean of {names[0]} (diamond) and of {names[1]} "
                "(circle)",
        alt_text=f"Means of {names[0]} and {names[1]}: "
                 + "; ".join(f"{s} {means[s, names[0]]:.2f} and {means[s, names[1]]:.2f}" for s in told)
        + ".",
        data=eras, columns={"state": "State", "era": "Years", "mean": "Mean index", "group": "Group"})


def _era_lines(eras: pd.DataFrame, names: list[str]) -> alt.LayerChart:
    late = eras[eras["era"] == names[1]].sort_values("mean", ascending=False)["state"].tolist()
    y = alt.Y("state:N").title(None).sort([*late, *sorted(set(eras["state"]) - set(late))])
    colours = charts.scale("china", "dprk", "rok", "faint", domain=list(series.GROUPS))
    line = alt.Chart(eras).mark_line(color=charts.colour("faint"), strokeWidth=1.5).encode(
        alt.X("mean:Q"), y, detail="state:N")
    dots = alt.Chart(eras).mark_point(size=90).encode(
        alt.X("mean:Q").title("index").scale(domain=[0, 0.8]).axis(values=[0, 0.2, 0.4, 0.6, 0.8]), y,
        color=alt.Color("group:N").scale(colours).legend(None), tooltip=["state", "era", "mean"],
        shape=alt.Shape("era:N").scale(domain=names, range=["diamond", "circle"]).legend(None))
    return line + dots


def doctrine() -> Figure:
    """The place of Marxism-Leninism in charters and constitutions, as spans in time."""
    steps = charts.plain(series.doctrine_steps())
    places = [*series.NAMED, "not named"]
    y = alt.Y("name:N").axis(None).sort(list(series.TEXTS.values()))
    room = alt.Opacity("place:N").scale(type="ordinal", domain=places, range=[1, 0.6, 0.3, 0.1])
    bars = alt.Chart(steps).mark_bar(height=14, color=charts.colour("china")).encode(
        charts.years("start"), y, x2="end", opacity=room.title(None).legend(columns=2),
        tooltip=["name", "adopted", "until", "place", "wording"])
    by_text = steps.sort_values("start").groupby("name")["place"]
    first, now = by_text.first(), by_text.last()
    north, parties = series.TEXTS["dprk constitution"], [series.TEXTS["cpc charter"],
                                                         series.TEXTS["wpk rules"]]
    return charts.publish(
        (bars + _row_names(steps, y, "name") + charts.article_date()).properties(height=alt.Step(42)),
        name="alliance-doctrine", claims=["C04", "C06"],
        title="Marxism-Leninism moved down in both parties' charters and out of North Korea's constitution",
        holds=now[north] == "not named"
        and all(places.index(now[n]) > places.index(first[n]) for n in parties),
        otherwise="The place of Marxism-Leninism in charters and constitutions",
        measure="Place of Marxism-Leninism by years in force, coded by the report; gaps: wordings that were "
                "not read",
        alt_text="; ".join(f"{r.name}, {r.since}: {r.place}"
                           for r in steps.sort_values(["name", "start"]).itertuples())
                 + ".",
        data=steps, columns={"name": "Text", "adopted": "From", "until": "Until", "place": "Place",
                             "wording": "Wording"})


def buffer_table() -> Html:
    """Chinese voices on the North as a buffer."""
    voices = series.buffer_voices()
    return report.table(voices.assign(who=voices["speaker"] + " (" + voices["group"] + ")"),
                        {"date": "Date", "who": "Who", "bearing": "The buffer",
                         "paraphrase": "What was said"},
                        "Chinese voices on the North as a buffer, for and against")


def us_troops() -> Figure:
    """American troops in South Korea since the war."""
    troops = charts.plain(series.american_troops())
    names = {"annual": "annual series", "reports": "single reports"}
    shown = troops.assign(name=troops["series"].map(names), thousand=troops["troops"] / 1000)
    annual = troops[troops["series"] == "annual"].set_index("date")["troops"]
    latest = troops[troops["series"] == "reports"].sort_values("date").iloc[-1]
    share = 100 * latest["troops"] / annual["1953"]
    since = shown[(shown["series"] == "reports") & (shown["date"] >= "2015-09")]["troops"]
    return charts.publish(
        _troop_marks(shown) + charts.article_date(), name="alliance-us-troops", claims=["C08"],
        title=f"American troops in the South are {share:.0f} percent of what they were in 1953, and have "
              "changed little since late 2015",
        holds=share < 10 and since.max() < 1.2 * since.min(), otherwise="American troops in South Korea",
        measure="American active-duty troops in Korea, 1950–2025; line: annual series, dots: single "
                "reports, rings: imputed",
        alt_text=f"The annual series has {annual['1950']:,} for 1950, {annual['1953']:,} for 1953 and "
                 f"{annual['1975']:,} for 1975. Reports since September 2015 lie between {since.min():,} and "
                 f"{since.max():,}; the latest, of {latest['date']}, has {latest['troops']:,}.",
        data=shown, columns={"date": "Date", "name": "Series", "troops": "Troops", "standing": "Standing"})


def _troop_marks(shown: pd.DataFrame) -> alt.LayerChart:
    x, y, tips = charts.years("time"), alt.Y("thousand:Q").title("thousand persons"), ["date", "troops",
                                                                                       "standing"]
    line = alt.Chart(shown[shown["series"]
                           == "annual"]).mark_line(color=charts.colour("usa")).encode(x, y, tooltip=tips)
    dots = alt.Chart(shown[shown["series"] == "reports"]).mark_point(size=18,
                                                                     color=charts.colour("un")).encode(
        x, y, tooltip=tips)
    guess = alt.Chart(shown[shown["standing"] == "imputed"]).mark_point(
        size=70, filled=False, color=charts.colour("usa")).encode(x, y, tooltip=tips)
    return line + dots + guess


def instruments_table() -> Html:
    """Instruments of protection in the base year, then and now."""
    compared = charts.plain(c09_instruments.instruments_compared())
    return report.table(compared, {"instrument": "Instrument", "base": "2012", "then": "Then",
                                   "then_judged": "Protects, then", "now": "Now",
                                   "now_judged": "Protects, now"},
                        "Instruments of protection in 2012, when the article was written, and now")


def dependence() -> Figure:
    """China's share of what the North gets, by measure and vantage."""
    shares = charts.plain(c10_leverage.dependence_shares())
    vantages = {"then": "as of February 2017", "now": "as of now"}
    shown = shares.assign(when=shares["vantage"].map(vantages))
    y = alt.Y("short:N").axis(None).sort(shown.sort_values("share", ascending=False)["short"].tolist())
    x = alt.X("share:Q").title("percent").scale(domain=[-3, 104],
                                                nice=False).axis(values=[0, 25, 50, 75, 100])
    hues = charts.scale("china", "dprk", domain=list(vantages.values()))
    dots = alt.Chart(shown).mark_circle(size=100).encode(
        x, y, color=alt.Color("when:N").scale(hues).title(None), tooltip=["measure", "share"])
    half = alt.Chart(pd.DataFrame({"share": [50]})).mark_rule(strokeDash=[2, 2]).encode(x="share:Q")
    then = shown[shown["vantage"] == "then"]
    trade, aid = (then[then["measure"].str.contains(w)]["share"]
                  for w in ("Trade|oil|Oil", "aid|Humanitarian|arms"))
    return charts.publish(
        (half + dots + _row_names(shown, y, "short")).properties(height=alt.Step(34)),
        name="alliance-dependence", claims=["C10"],
        title="As of February 2017: more than half of trade and oil, hardly any of aid and arms by their "
              "latest figures",
        holds=trade.min() > 50 and aid.max() < 5, otherwise="China's share of what North Korea gets, by "
                                                            "measure",
        measure="China's share by measure, percent, latest year at each vantage; dashed: one half",
        alt_text="China's shares, high to low: " + "; ".join(
            f"{r.measure} {r.share:.0f} percent"
            for r in shown.sort_values("share", ascending=False).itertuples()) + ".",
        data=shown, columns={"measure": "Measure", "share": "Percent", "when": "Vantage"})


def pressure_choice() -> Html:
    """A reader's choice of test, and of what counts as a measure of China's own."""
    rules = {"strict": "beyond the resolutions without doubt", "disputed": "disputed ones too",
             "all": "those inferred from statistics too"}
    return report.choices("c10", "How many measures of China's own cut goods or money within 180 days after "
                                 "a test?",
                          {"Test": {str(t): f"test {t}" for t in series.nuclear_tests()["test"]},
                           "What counts": rules},
                          c10_leverage.unused_options(), unit="measures", chart="alliance-pressure")


def pressure() -> Figure:
    """Chinese measures after each test, by day and by whether the United Nations asked for them."""
    shown = charts.plain(series.pressure_days())
    shapes = alt.Scale(domain=["money", "goods", "neither"], range=["square", "circle", "triangle-up"])
    hues = charts.scale("met", "russia", "other", "faint", domain=list(series.GROUNDS.values()))
    marks = alt.Chart(shown).mark_point(filled=True, opacity=1).encode(
        alt.X("days:Q").title("days after the test").scale(domain=[-8, 182], nice=False)
        .axis(values=[0, 60, 120, 180]), alt.Y("named:N").title(None),
        color=alt.Color("ground:N").scale(hues).title(None).legend(columns=2),
        shape=alt.Shape("cut:N").scale(shapes).legend(None),
        size=alt.condition("substring(chosen, 0, 1) == datum.key", alt.value(260), alt.value(110)),
        tooltip=["measure", "actor", "date", "days", "what"],
    ).add_params(alt.param(name="chosen", value="1-strict"))
    own = shown[shown["beyond_un"] == "yes"]
    return charts.publish(
        marks, name="alliance-pressure", claims=["C10"],
        title="After four of the six tests money was cut beyond what the resolutions asked for; goods never "
              "without doubt",
        holds=own["test"].nunique() == 4 and set(own["cut"]) == {"money"},
        otherwise="Chinese measures after each nuclear test",
        measure="Measures reported within 180 days after each nuclear test; squares cut money, circles "
                "goods, triangles neither",
        alt_text="By test and day: " + "; ".join(
            f"test {r.test}, day {r.days}, {r.measure} ({r.cut}, {r.ground})" for r in shown.itertuples())
        + ".",
        data=shown, columns={"test": "Test", "date": "Date", "measure": "Measure", "actor": "Actor",
                             "cut": "Cut",
                             "ground": "Ground"})


def surveys_table() -> Html:
    """Surveys of Chinese opinion, one item a row."""
    surveys = load("alliance/opinion_surveys")
    return report.table(surveys.assign(year=surveys["year"].astype(str)),
                        {"year": "Year", "pollster": "Who asked", "question": "Question", "value": "Answer",
                         "unit": "Unit", "sample": "Who answered"},
                        "Surveys of Chinese opinion, 2006 to 2025: separate items, not a trend")


def wars_table() -> Html:
    """Wars and clashes among communist states."""
    return report.table(charts.plain(series.wars()),
                        {"years": "Years", "war": "War or clash", "by": "Dataset", "low": "Dead, low",
                         "high": "Dead, high", "counts": "Who is counted"},
                        "Wars and clashes among communist states, dead by two datasets")


def events_table() -> Html:
    """Relations between China and North Korea since the article."""
    events = load("alliance/relations_events")
    return report.table(events[events["date"] > package().cutoff.isoformat()],
                        {"date": "Date", "event": "What happened", "direction": "Points to"},
                        "Warming, cooling and a rival: relations between China and North Korea since the "
                        "article")
