"""The published charts of trade: measures in, one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.trade import readings, series
from report import charts
from report.charts import Figure
from report.data.package import load, shown
from report.dates import decimal_year
from report.rule import limb
from report.show import Html

COMPILERS = ["KOTRA", "Chinese customs"]
BORDER_SHUT = "The North closes its border"  # as the table of events has it


def _compilers() -> alt.Scale:
    return charts.scale("rok", "china", domain=COMPILERS)


def _compiler_key(points: pd.DataFrame, at: list[float]) -> alt.Chart:
    """Return the names of the compilers in the corner that their lines leave free."""
    names = pd.DataFrame({"year": points["year"].min() - 0.4, "billion": at, "series": COMPILERS})
    return alt.Chart(names).mark_text(align="left", fontWeight=600, fontSize=12).encode(
        alt.X("year:Q"), alt.Y("billion:Q"), text="series:N",
        color=alt.Color("series:N").scale(_compilers()).legend(None))


@shown
def value_share() -> Figure:
    """Value of trade with China above, China's share of all trade below."""
    points = charts.plain(series.value_and_share())
    value = points.query("measure == 'value'").assign(billion=lambda d: d["value"] / 1000)
    part = points.query("measure == 'share'")
    kotra = value.query("series == 'KOTRA'").set_index("year")["billion"]
    peak, share = int(kotra.idxmax()), part.set_index("year")["value"]
    span = [points["year"].min(), points["year"].max()]
    return charts.publish(
        alt.vconcat(_value_panel(value, span), _share_panel(part, span)), name="trade-value-share",
        claims=["C12", "C13", "C14"],
        title=f"Trade with China peaked in {peak}; China's share went on rising",
        holds=peak == 2014 and kotra.iloc[-1] < 0.5 * kotra[peak] and share.iloc[-1] > share[peak],
        otherwise="North Korea's trade with China, and China's share of North Korea's trade",
        measure=f"Above: billion current US dollars; below: percent of all trade; {span[0]}–{span[1]}",
        note="the share is KOTRA's, without inter-Korean trade; customs' line breaks where no total was read",
        says=["Trade: {series}, {year}: {billion:.2f} billion US dollars; {how}",
              "Share: KOTRA, {year}: {value:.1f} percent of all trade; {how}"],
        alt_text=f"KOTRA's series goes from {kotra[1993]:.1f} billion dollars in 1993 down to "
                 f"{kotra[1999]:.1f} in 1999, up to {kotra[peak]:.2f} in {peak}, and {kotra.iloc[-1]:.2f} in "
                 f"{kotra.index[-1]}. Customs lie below it from 2014 on. The share rises from "
                 f"{share[2000]:.0f} percent in 2000 to {share[2014]:.0f} in 2014 and {share.iloc[-1]:.0f} "
                 f"in {share.index[-1]}.",
        data=points, columns={"year": "Year", "series": "Series", "measure": "Measure", "value": "Value",
                              "how": "How obtained"})


def _value_panel(value: pd.DataFrame, span: list[int]) -> alt.LayerChart:
    x, y = charts.years(span=span), alt.Y("billion:Q").title("billion US dollars")
    lines = alt.Chart(charts.runs(value)).mark_line(point=alt.OverlayMarkDef(size=22)).encode(
        x, y, color=alt.Color("series:N").scale(_compilers()).legend(None), detail="run:N")
    return charts.layered(lines, _compiler_key(value, [6.4, 5.6]), charts.article_date(),
                          _border_shut("border shut")).properties(height=230)


def _border_shut(words: str) -> alt.LayerChart:
    (shut,) = load("lifelines/events").query("event == @BORDER_SHUT")["date"]
    return charts.event_dates(pd.DataFrame({"year": [decimal_year(f"{shut:%Y-%m-%d}")], "event": [words]}))


def _share_panel(part: pd.DataFrame, span: list[int]) -> alt.LayerChart:
    line = alt.Chart(part).mark_line(point=alt.OverlayMarkDef(size=22), color=charts.colour("rok")).encode(
        charts.years(span=span), alt.Y("value:Q").title("percent of all trade").scale(domain=[0, 100]))
    return charts.layered(line, charts.article_date(label=""), _border_shut("")).properties(height=170)


def _unread(years: pd.Index) -> str:
    """Return the years within a span that a table has not."""
    missing = sorted(set(range(years.min(), years.max() + 1)) - set(years))
    return ", ".join(map(str, missing)) or "no year"


@shown
def kotra_customs() -> Figure:
    """KOTRA against customs, the gap between them shaded."""
    gap = charts.plain(series.kotra_against_customs())
    totals, imports = (gap.query("flow == @flow").set_index("year") for flow in ("total", "imports"))
    first, last = totals.index.min(), totals.index.max()
    values = charts.plain(series.value_and_share(first)).query("measure == 'value' and year <= @last")
    since, worst = totals.loc[2014:], int(totals["gap_share"].idxmax())
    kotra = values[values["series"] == COMPILERS[0]].set_index("year")["value"]
    return charts.publish(
        charts.layered(_gap_marks(gap.query("flow == 'total'"), values), charts.article_date()),
        name="trade-kotra-customs", claims=["C12", "C14"],
        title=f"From 2014 customs show less trade than KOTRA, in {worst} less than half",
        holds=abs(totals.loc[2013, "gap_share"]) < 2 and totals.loc[worst, "gap_share"] > 50
        and (since["gap"] > 0).all() and abs(imports.loc[2014, "gap"] - 500) < 25,
        otherwise="Trade with China by KOTRA and by Chinese customs",
        measure=f"Trade between China and North Korea, billion current US dollars, {first}–{last}",
        note=f"no gap is drawn for {_unread(totals.index)}, of which no total of customs was read",
        says=["Gap: {year}: {gap:,.0f} million US dollars, {gap_share:.0f} percent of KOTRA's figure",
              "Trade: {series}, {year}: {billion:.2f} billion US dollars; {how}"],
        alt_text=f"The two series agree within {abs(totals.loc[2013, 'gap_share']):.1f} percent in 2013. "
                 f"From 2014 KOTRA lies above customs: by {totals.loc[2014, 'gap']:.0f} million dollars in "
                 f"2014, {totals.loc[2015, 'gap']:.0f} in 2015 and {totals.loc[2021, 'gap']:.0f} in 2021, "
                 f"then {totals.loc[2021, 'gap_share']:.0f} percent of KOTRA's figure. For 2016 KOTRA has "
                 f"{charts.amount(kotra[2016])} million and no total of customs was read.",
        data=gap.query("flow == 'total'"),
        columns={"year": "Year", "kotra": "KOTRA", "customs": "Customs", "gap": "Gap",
                 "gap_share": "Gap, % of KOTRA", "oil_stated": "Oil estimate as stated"})


def _gap_marks(sides: pd.DataFrame, values: pd.DataFrame) -> alt.LayerChart:
    """Return both compilers' lines, broken where a year is missing, and the gap shaded where both have it."""
    both = charts.runs(sides.assign(low=sides["customs"] / 1000, high=sides["kotra"] / 1000), by="flow")
    span = [sides["year"].min(), sides["year"].max()]
    x, y = charts.years(span=span), alt.Y("billion:Q").title("billion US dollars")
    band = alt.Chart(both).mark_area(**charts.BAND).encode(
        x, alt.Y("low:Q"), alt.Y2("high:Q"), detail="run:N")
    shown = charts.runs(values.assign(billion=values["value"] / 1000))
    lines = alt.Chart(shown).mark_line(point=alt.OverlayMarkDef(size=40)).encode(
        x, y, color=alt.Color("series:N").scale(_compilers()).legend(None), detail="run:N")
    key = pd.DataFrame({"year": [span[0] - 0.4], "billion": [0.5], "words": ["shaded: the gap"]})
    word = alt.Chart(key)
    words = word.mark_text(align="left", fontSize=12, color=charts.colour("quiet")).encode(
        x, y, text="words:N")
    return charts.layered(band, lines, words, _compiler_key(values, [1.9, 1.2]))


ENDS = {2014: "to 2014", 2016: "to 2016", 2024: "to 2024"}
GROWTH_DEFAULT = "2000-nominal-2014"  # the article's own base and end


@shown
def growth_choice() -> Html:
    """A reader's choice of base year, prices and end year."""
    options = readings.growth_options()
    start = GROWTH_DEFAULT.split("-")[0]
    bases = [start, *sorted({k[0] for k in options} - {start})]  # a form starts with its first option
    return report.choices(
        "c13", "How many times as large was trade with China (KOTRA)?",
        {"Base year": {y: y for y in bases}, "Prices": series.PRICES,
         "End year": {y: y for y in sorted({k[2] for k in options})}},
        options, unit="times", chart="trade-growth-base")


@shown
def growth_base() -> Figure:
    """Growth by base year, nominal and real, with the reader's choice marked."""
    growth, last = charts.plain(series.growth_by_base_year(origins=("kotra",))), max(ENDS)
    shown = growth[growth["end_year"].isin(ENDS)].assign(
        key=lambda d: d["base_year"].astype(str) + "-" + d["prices"] + "-" + d["end_year"].astype(str),
        to=lambda d: d["end_year"].map(ENDS), counted=lambda d: d["prices"].map(series.PRICES))
    below = growth.query("end_year == @last and prices == 'real' and times < 1")["base_year"]
    times = growth.set_index(["base_year", "end_year", "prices"])["times"]
    return charts.publish(
        _growth_marks(shown), name="trade-growth-base", claims=["C13"],
        title=f"Growth hangs on the base year: from {below.min()} on, none in real terms by {max(ENDS)}",
        holds=bool(len(below)) and below.tolist() == list(range(2006, growth["base_year"].max() + 1)),
        otherwise="Growth of trade with China by base year",
        measure="Trade with China (KOTRA) as a multiple of the base year's, log scale",
        says="Growth: from {base_year} {to}, {counted}: {times:.2f} times as large",
        alt_text=f"Counted to 2014 in current dollars trade grew {times[1999, 2014, 'nominal']:.1f} times "
                 f"from 1999, {times[2000, 2014, 'nominal']:.1f} times from 2000 and "
                 f"{times[1993, 2014, 'nominal']:.1f} times from 1993. Counted to 2024 in constant dollars "
                 f"it grew {times[2000, 2024, 'real']:.1f} times from 2000 and shrank from every base year "
                 f"since {below.min()}.",
        data=shown, columns={"base_year": "Base year", "end_year": "End year", "prices": "Prices",
                             "times": "Times as large"})


def _growth_marks(shown: pd.DataFrame) -> alt.LayerChart:
    x = charts.years("base_year").title("base year")
    y = alt.Y("times:Q").title("times as large").scale(type="log", domain=[0.25, 20], nice=False).axis(
        values=[0.25, 0.5, 1, 2, 5, 10, 20], format="~g")
    tone = alt.Color("to:N").scale(charts.scale("first", "third", "fourth", domain=list(ENDS.values())))
    lines = alt.Chart(shown).mark_line(strokeWidth=1.5).encode(
        x, y, color=tone.title(None), strokeDash=alt.StrokeDash("prices:N").scale(
            domain=list(series.PRICES), range=[[1, 0], [4, 3]]).legend(None))
    dots = alt.Chart(shown).mark_point(size=18, opacity=1).encode(x, y, color=tone.title(None))
    level = alt.Chart(pd.DataFrame({"times": [1]})).mark_rule().encode(y="times:Q")
    key = pd.DataFrame({"times": [0.85, 0.47, 0.35],
                        "words": ["below: no growth", f"solid: {series.PRICES['nominal']}",
                                  f"dashed: {series.PRICES['real']}"]})
    words = alt.Chart(key).mark_text(align="left", dx=4, fontSize=12).encode(
        x=alt.value(0), y="times:Q", text="words:N")
    return charts.layered(level, words, lines, charts.ringed(dots, GROWTH_DEFAULT, size=60, dx=10, dy=-8))


@shown
def share_choice() -> Html:
    """A reader's choice of compiler and denominator for the share of 2014."""
    return report.choices("c14", "China's share of North Korea's trade in 2014", readings.SHARE_CHOICE,
                          readings.share_options(), chart="trade-which-70")


OPTIONS_OF_SHARES = {
    ("KOTRA", series.WITHOUT): "kotra-without-in",
    ("KOTRA, no oil estimate", series.WITHOUT): "kotra-without-out",
    ("KOTRA", series.WITH): "kotra-with-in", ("KOTRA, no oil estimate", series.WITH): "kotra-with-out",
    ("Correlates of War", series.WITHOUT): "cow-without"}


IN_SHORT = {series.WITHOUT: "South left out", series.WITH: "South counted",
            "denominator not stated": "basis not stated"}


def _denominators() -> alt.Scale:
    return charts.scale("first", "third", "fourth", domain=list(series.DENOMINATORS.values()))


def _share_rows(shares: pd.DataFrame) -> pd.DataFrame:
    """Return one year's shares from high to low, each with its row's name."""
    ordered = shares.sort_values("value", ascending=False, ignore_index=True)
    compiler = ordered["series"].replace({"KOTRA, no oil estimate": "KOTRA less its oil estimate"})
    return ordered.assign(label=compiler + ", " + ordered["denominator"].map(IN_SHORT))


def _share_strip(shown: pd.DataFrame) -> tuple[alt.Chart, alt.LayerChart]:
    """Return the dots of one year's shares, a row each, and their names, values and criterion."""
    x = alt.X("value:Q").title("percent").scale(domain=[0, 112], nice=False).axis(
        values=[0, 20, 40, 60, 80, 100])
    y = alt.Y("label:N").axis(None).sort(shown["label"].tolist())
    colour = alt.Color("denominator:N").scale(_denominators()).legend(None)
    dots = alt.Chart(shown).mark_point(size=110, filled=True, opacity=1).encode(x, y, color=colour)
    numbers = alt.Chart(shown).mark_text(align="right").encode(
        y, x=alt.value("width"), text=alt.Text("value:Q", format=".0f"), tooltip=alt.value(None))
    return dots, charts.layered(numbers, charts.row_names(shown, y, "label"))


@shown
def which_70() -> Figure:
    """China's share of 2014 by compiler and denominator, and of the years around it."""
    shares, year = charts.plain(series.shares_2010_2016()), limb("C14.share").whole("year")
    shown = _share_rows(shares[shares["year"] == year])
    shown["key"] = [OPTIONS_OF_SHARES.get(k, "none")
                    for k in zip(shown["series"], shown["denominator"], strict=True)]
    asked, first = (shares[shares["year"] == one]["value"] for one in (year, shares["year"].min()))
    kotra, south, cow = (report.reading(f"c14-{name}-then").number for name in ("kotra", "kotra-mou", "cow"))
    return charts.publish(
        alt.vconcat(_strip_of_2014(shown), _shares_around(shares)), name="trade-which-70", claims=["C14"],
        title=f"China's share in {year}: {kotra:.0f} percent without the South's trade, {south:.0f} with it",
        holds=kotra > 85 and 65 < south < 70,
        otherwise="China's share of North Korea's trade under each denominator",
        measure="China's share of North Korea's trade, percent: "
                f"{year} by source; below, {shares['year'].min()}–{shares['year'].max()}",
        says="Share: {series}, {denominator}, {year}: {value:.1f} percent; {how}",
        alt_text=f"In {year} the shares run from {asked.min():.1f} to {asked.max():.1f} percent: "
                 f"{kotra:.1f} by KOTRA without inter-Korean trade, {cow:.1f} by the Correlates of War, "
                 f"{south:.1f} with inter-Korean trade. In {shares['year'].min()} they run from "
                 f"{first.min():.0f} to {first.max():.0f}.",
        data=shares, columns={"year": "Year", "series": "Compiler", "denominator": "Denominator",
                              "value": "Percent",
                              "how": "How obtained"})


def _strip_of_2014(shown: pd.DataFrame) -> alt.LayerChart:
    dots, words = _share_strip(shown)
    limit = limb("C14.share").limit
    said = int(limit) if limit.is_integer() else limit
    mark = alt.Chart(pd.DataFrame({"value": [said], "words": [f"article: {said}"]}))
    level = charts.row_level(shown, alt.Y("label:N").axis(None).sort(shown["label"].tolist()), "label",
                             alt.X("value:Q").title("percent"), said)
    name = mark.mark_text(align="left", baseline="bottom", dx=4, dy=-4, fontSize=12).encode(
        x="value:Q", y=alt.value("height"), text="words:N")
    chosen = "datum.key != 'none' && indexof(chosen, datum.key) == 0"
    ringed = charts.ringed(dots, "kotra-without-in", test=chosen, dx=-12, align="right")
    return charts.layered(level, ringed, words, name).properties(height=alt.Step(36))


LINES = {("KOTRA", series.WITHOUT): "KOTRA, South left out", ("KOTRA", series.WITH): "KOTRA, South counted",
         ("Correlates of War", series.WITHOUT): "Correlates of War"}
NAMED_AT = pd.DataFrame({"line": LINES.values(), "year": [2010, 2012.8, 2010], "value": [95, 55, 79.6],
                         "denominator": [of for _, of in LINES]})  # where no line passes


def _shares_around(shares: pd.DataFrame) -> alt.LayerChart:
    """Return the three series that have all years, as lines with their names."""
    named = [LINES.get(k) for k in zip(shares["series"], shares["denominator"], strict=True)]
    shown = shares.assign(line=named).dropna(subset=["line"])
    x, y = charts.years(span=[2010, 2016]), alt.Y("value:Q").title("percent").scale(domain=[40, 100])
    colour = alt.Color("denominator:N").scale(_denominators()).legend(None)
    lines = alt.Chart(shown).mark_line(strokeWidth=1.5, point=alt.OverlayMarkDef(size=25)).encode(
        x, y, color=colour, detail="line:N")
    words = alt.Chart(NAMED_AT).mark_text(align="left", fontSize=12).encode(x, y, text="line:N", color=colour)
    return charts.layered(lines, words).properties(height=170)


MOST_COUNTED = 2010  # the year that most sources give


@shown
def one_year() -> Figure:
    """All shares of 2010, one for each compiler and denominator."""
    shown = _share_rows(charts.plain(series.shares_2010_2016(MOST_COUNTED, MOST_COUNTED)))
    dots, words = _share_strip(shown)
    low, high = shown["value"].min(), shown["value"].max()
    return charts.publish(
        charts.layered(dots, words).properties(height=alt.Step(36)), name="trade-one-year", claims=["C14"],
        title=f"One year, one question, answers from {low:.0f} to {high:.0f} percent", holds=high - low > 30,
        otherwise=f"China's share of North Korea's trade in {MOST_COUNTED} by source",
        measure=f"China's share of North Korea's trade in {MOST_COUNTED}, percent, by source and denominator",
        says="Share: {series}, {denominator}: {value:.1f} percent; {how}",
        alt_text=f"For {MOST_COUNTED} the sources give, from high to low: "
                 + "; ".join(f"{r.label} {r.value:.0f} percent" for r in shown.itertuples()) + ".",
        data=shown, columns={"series": "Compiler", "denominator": "Denominator", "value": "Percent",
                             "how": "How obtained"})


@shown
def two_sides() -> Figure:
    """Each country's share of the other's trade, on a log scale."""
    sides = charts.plain(series.two_sided_dependence())
    first, last = (sides[sides["year"] == year].set_index("side")["value"]
                   for year in (sides["year"].min(), sides["year"].max()))
    china, korea = SIDES
    ratio = last[china] / last[korea]
    span = f"{sides['year'].min()}–{sides['year'].max()}"
    return charts.publish(
        _side_marks(sides, last, ratio), name="trade-two-sides", claims=["C18"],
        title=f"In {sides['year'].max()} China's weight in the North's trade was "
              f"{round(ratio, -1):.0f} times the reverse",
        holds=ratio > 400, otherwise="Each country's share of the other's trade",
        measure=f"Share of each in the other's trade (Correlates of War), percent, log scale, {span}",
        says="Share: {side}, {year}: {value:.2f} percent",
        alt_text=f"China's share of North Korea's trade goes from {first[china]:.0f} percent in "
                 f"{sides['year'].min()} to {last[china]:.0f} percent in {sides['year'].max()}; North "
                 f"Korea's share of China's trade from {first[korea]:.1f} to {last[korea]:.2f} percent.",
        data=sides, columns={"year": "Year", "side": "Share", "value": "Percent"})


SIDES = ["China in North Korea's trade", "North Korea in China's trade"]


def _side_marks(sides: pd.DataFrame, last: pd.Series, ratio: float) -> alt.LayerChart:
    """Return both shares on decades, and a bracket where they end that says how far apart they are."""
    x = charts.years()
    y = alt.Y("value:Q").title("percent, log scale").scale(type="log", domain=[0.05, 100], nice=False).axis(
        values=[0.1, 1, 10, 100], format="~g")
    colour = alt.Color("side:N").scale(charts.scale("china", "dprk", domain=SIDES)).legend(None)
    lines = alt.Chart(sides).mark_line(point=alt.OverlayMarkDef(size=20)).encode(x, y, color=colour)
    early = sides[sides["year"] == 1986].assign(value=lambda d: d["value"] * 1.9)
    names = alt.Chart(early).mark_text(align="left", fontWeight=600).encode(
        x, y, text="side:N", color=colour, tooltip=alt.value(None))
    china, korea = SIDES
    middle = (last[china] * last[korea]) ** 0.5
    bracket = alt.Chart(pd.DataFrame({"year": [sides["year"].max()], "value": [last[korea] * 1.25],
                                      "top": [last[china] / 1.1], "middle": [middle],
                                      "words": [f"{round(ratio, -1):.0f} ×"]}))
    words = bracket.mark_text(align="right", dx=-6)
    return charts.layered(lines, names,
                          bracket.mark_rule(color=charts.colour("quiet")).encode(x, y, alt.Y2("top:Q")),
                          words.encode(x, alt.Y("middle:Q"), text="words:N"))


WIGS = "wigs and lashes"
GOODS = ["all other goods", "coal", "woven apparel", "fish and seafood", "knitted apparel", "iron ore",
         "electricity", WIGS]  # the rest first, since it is the largest in most years, then by size in 2016


@shown
def what_is_sold() -> Figure:
    """China's imports from North Korea by heading, a panel a heading."""
    sold = charts.plain(series.what_is_sold()).replace({"commodity": {"wigs, false hair, eyelashes": WIGS}})
    by = sold.set_index(["commodity", "year"])["share"]
    base = alt.Chart(sold)
    bars = base.mark_bar(color=charts.colour("dprk"), width=10).encode(
        charts.years(values=[2016, 2020, 2024]), alt.Y("share:Q").title("percent").scale(domain=[0, 100]))
    panels = charts.layered(bars, charts.article_rule(base)).properties(width=118, height=100).facet(
        alt.Facet("commodity:N").sort(GOODS).title(None), columns=4)
    return charts.publish(
        panels, name="trade-what-is-sold", claims=["C13"],
        title="What China buys: coal from nearly half to nothing, wigs from nothing to half",
        holds=by["coal", 2016] > 45 and by["coal", 2018] == 0 and by[WIGS, 2024] > 50,
        otherwise="China's imports from North Korea by heading",
        measure="Headings in percent of China's recorded imports from North Korea, "
                f"{sold['year'].min()}–{sold['year'].max()}",
        note="no bar: a nil, or too little to show",
        says="Imports: {commodity}, {year}: {share:.1f} percent of the imports recorded",
        alt_text=f"Coal was {by['coal', 2016]:.0f} percent of China's imports in 2016, woven apparel "
                 f"{by['woven apparel', 2016]:.0f}"
                 + charts.stated(", both 0 from 2018 on", when=not by[["coal", "woven apparel"]].loc[
                     lambda share: share.index.get_level_values("year") >= 2018].round(1).any())
                 + f"; wigs {by[WIGS, 2016]:.1f} percent in 2016 and {by[WIGS, 2024]:.0f} in 2024.",
        data=sold, columns={"year": "Year", "commodity": "Heading", "value": "Million US dollars",
                            "share": "Percent"})
