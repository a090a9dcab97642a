"""The published charts of trade: measures in, one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.trade import readings, series
from report import charts
from report.charts import Figure
from report.show import Html

COMPILERS = ["KOTRA", "Chinese customs"]


def _compilers() -> alt.Scale:
    return charts.scale("china", "dprk", domain=COMPILERS)


def value_share() -> Figure:
    """Value of trade with China above, China's share of all trade below."""
    points = charts.plain(series.value_and_share())
    value = points.query("measure == 'value'").assign(billion=lambda d: d["value"] / 1000)
    part = points.query("measure == 'share'")
    kotra = value.query("series == 'KOTRA'").set_index("year")["billion"]
    peak, share = int(kotra.idxmax()), part.set_index("year")["value"]
    return charts.publish(
        alt.vconcat(_value_panel(value), _share_panel(part)), name="trade-value-share",
        claims=["C12", "C13", "C14"],
        title=f"Trade with China peaked in {peak} and has not come back; China's share of it all is higher "
              "now than then",
        holds=peak == 2014 and kotra.iloc[-1] < 0.5 * kotra[peak] and share.iloc[-1] > share[peak],
        otherwise="North Korea's trade with China, and China's share of North Korea's trade",
        measure="Above: trade with China in both directions, billion current US dollars, 1993–2025. "
                "Below: China's share of North Korea's trade by KOTRA, without inter-Korean trade, percent",
        alt_text=f"KOTRA's series goes from {kotra[1993]:.1f} billion dollars in 1993 down to "
                 f"{kotra[1999]:.1f} in 1999, up to {kotra[peak]:.2f} in {peak}, and {kotra.iloc[-1]:.2f} in "
                 f"{kotra.index[-1]}. Customs lie below it from 2014 on. The share rises from "
                 f"{share[2000]:.0f} percent in 2000 to {share[2014]:.0f} in 2014 and {share.iloc[-1]:.0f} "
                 f"in {share.index[-1]}.",
        data=points, columns={"year": "Year", "series": "Series", "measure": "Measure", "value": "Value",
                              "how": "How obtained"})


def _value_panel(value: pd.DataFrame) -> alt.LayerChart:
    x, y = charts.years(), alt.Y("billion:Q").title("billion US dollars")
    lines = alt.Chart(value).mark_line(point=alt.OverlayMarkDef(size=22)).encode(
        x, y, color=alt.Color("series:N").scale(_compilers()).legend(None),
        tooltip=["year", "series", "billion", "how"])
    names = charts.end_labels(value, "series", x, y, _compilers(), {"KOTRA": 12, "Chinese customs": -6})
    events = pd.DataFrame({"year": [2020.07], "event": ["border shut"]})
    return (lines + names + charts.article_date() + charts.event_dates(events)).properties(height=230)


def _share_panel(part: pd.DataFrame) -> alt.LayerChart:
    line = alt.Chart(part).mark_line(point=alt.OverlayMarkDef(size=22), color=charts.colour("china")).encode(
        charts.years(), alt.Y("value:Q").title("percent of all trade").scale(domain=[0, 100]),
        tooltip=["year", "value", "how"])
    return (line + charts.article_date(label="")).properties(height=170)


def kotra_customs() -> Figure:
    """KOTRA against customs, the gap between them shaded."""
    gap = charts.plain(series.kotra_against_customs())
    totals, imports = (gap.query("flow == @flow").set_index("year") for flow in ("total", "imports"))
    sides = gap.query("flow == 'total'")
    band = alt.Chart(sides).mark_area(color=charts.colour("russia")).encode(
        charts.years(), alt.Y("customs:Q").title("million US dollars"), y2="kotra:Q")
    long = sides.melt(["year", "row", "source_id", "how"], ["kotra", "customs"], "series", "value").replace(
        {"series": {"kotra": "KOTRA", "customs": "Chinese customs"}})
    lines = alt.Chart(long).mark_line(point=True).encode(
        charts.years(), alt.Y("value:Q"), color=alt.Color("series:N").scale(_compilers()).legend(None),
        tooltip=["year", "series", "value", "how"])
    names = charts.end_labels(long, "series", charts.years(), alt.Y("value:Q"), _compilers())
    late = totals.loc[2020:2022, "gap_share"]
    return charts.publish(
        band + lines + names + charts.article_date(), name="trade-kotra-customs", claims=["C12", "C14"],
        title="KOTRA and customs part in 2014, when customs stop printing oil; in 2021 the gap is half of "
              "KOTRA's figure",
        holds=abs(totals.loc[2013, "gap_share"]) < 2 and late.max() > 50
        and abs(imports.loc[2014, "gap"] - 500) < 25,
        otherwise="Trade with China by KOTRA and by Chinese customs",
        measure="Trade between China and North Korea, both directions, million current US dollars, "
                "2012–2024; shaded: the gap",
        alt_text=f"The two series agree within {abs(totals.loc[2013, 'gap_share']):.1f} percent in 2013. "
                 f"From 2014 KOTRA lies above customs: by {totals.loc[2014, 'gap']:.0f} million dollars in "
                 f"2014, {totals.loc[2015, 'gap']:.0f} in 2015 and {totals.loc[2021, 'gap']:.0f} in 2021, "
                 f"then {totals.loc[2021, 'gap_share']:.0f} percent of KOTRA's figure.",
        data=sides, columns={"year": "Year", "kotra": "KOTRA", "customs": "Customs", "gap": "Gap",
                             "gap_share": "Gap, % of KOTRA", "oil_stated": "Oil estimate as stated"})


def growth_choice() -> Html:
    """A reader's choice of base year, prices and end year."""
    options = readings.growth_options()
    return report.choices(
        "c13", "How many times as large was trade with China (KOTRA)?",
        {"Base year": {str(y): str(y) for y in sorted({int(k[0]) for k in options})}, "Prices": series.PRICES,
         "End year": {y: y for y in sorted({k[2] for k in options})}},
        options, unit="times", chart="trade-growth-base")


def growth_base() -> Figure:
    """Growth by base year, nominal and real, with the reader's choice marked."""
    growth = charts.plain(series.growth_by_base_year(origins=("kotra",)))
    shown = growth[growth["end_year"].isin([2014, 2016, 2024])].assign(
        key=lambda d: d["base_year"].astype(str) + "-" + d["prices"] + "-" + d["end_year"].astype(str),
        to=lambda d: "to " + d["end_year"].astype(str))
    ends = charts.scale("china", "dprk", "other", domain=["to 2014", "to 2016", "to 2024"])
    points = alt.Chart(shown).mark_point(filled=True).encode(
        alt.X("base_year:Q").title("base year").scale(zero=False).axis(format="d"),
        alt.Y("times:Q").title("times as large").scale(type="log"),
        color=alt.Color("to:N").scale(ends).title(None), shape=alt.Shape("prices:N").title(None),
        size=alt.condition("datum.key == chosen", alt.value(260), alt.value(45)),
        tooltip=["base_year", "end_year", "prices", "times"],
    ).add_params(alt.param(name="chosen", value="2000-nominal-2014"))
    one = alt.Chart(pd.DataFrame({"times": [1]})).mark_rule(strokeDash=[2, 2]).encode(y="times:Q")
    below = growth.query("end_year == 2024 and prices == 'real' and times < 1")["base_year"]
    times = growth.set_index(["base_year", "end_year", "prices"])["times"]
    return charts.publish(
        one + points, name="trade-growth-base", claims=["C13"],
        title="The base year makes the story: counted to 2024 in constant dollars, a base after 2005 turns "
              "growth into decline",
        holds=bool(len(below)) and below.min() == 2006, otherwise="Growth of trade with China by base year",
        measure="Trade with China by KOTRA in 2014, 2016 and 2024 as a multiple of the base year, current "
                "and constant dollars, log scale",
        alt_text=f"Counted to 2014 in current dollars trade grew {times[1999, 2014, 'nominal']:.1f} times "
                 f"from 1999, {times[2000, 2014, 'nominal']:.1f} times from 2000 and "
                 f"{times[1993, 2014, 'nominal']:.1f} times from 1993. Counted to 2024 in constant dollars "
                 f"it grew {times[2000, 2024, 'real']:.1f} times from 2000 and shrank from every base year "
                 f"since {below.min()}.",
        data=shown, columns={"base_year": "Base year", "end_year": "End year", "prices": "Prices",
                             "times": "Times as large"})


def share_choice() -> Html:
    """A reader's choice of compiler and denominator for the share of 2014."""
    return report.choices("c14", "China's share of North Korea's trade in 2014", readings.SHARE_CHOICE,
                          readings.share_options(), chart="trade-which-70")


OPTIONS_OF_SHARES = {
    ("KOTRA", series.WITHOUT): "kotra-without-in",
    ("KOTRA, no oil estimate", series.WITHOUT): "kotra-without-out",
    ("KOTRA", series.WITH): "kotra-with-in", ("KOTRA, no oil estimate", series.WITH): "kotra-with-out",
    ("Correlates of War", series.WITHOUT): "cow-without"}


def _denominators() -> alt.Scale:
    return charts.scale("china", "rok", "other", domain=list(series.DENOMINATORS.values()))


def which_70() -> Figure:
    """China's share by compiler and denominator, against the article's mark."""
    shares = charts.plain(series.shares_2010_2016())
    shown = shares.assign(key=[OPTIONS_OF_SHARES.get(k, "")
                               for k in zip(shares["series"], shares["denominator"], strict=True)])
    chosen = "datum.year == 2014 && datum.key != '' && indexof(chosen, datum.key) == 0"
    points = alt.Chart(shown).mark_point(filled=True, opacity=0.9).encode(
        charts.years(), alt.Y("value:Q").title("percent").scale(domain=[40, 100]),
        color=alt.Color("denominator:N").scale(_denominators()).title(None).legend(columns=2),
        shape=alt.Shape("series:N").scale(domain=list(dict.fromkeys(shown["series"]))).title(None)
        .legend(columns=3, orient="bottom"),
        size=alt.condition(chosen, alt.value(320), alt.value(70)),
        tooltip=["year", "series", "denominator", "value", "how"],
    ).add_params(alt.param(name="chosen", value="kotra-without-in"))
    line = alt.Chart(pd.DataFrame({"value": [70]})).mark_rule(strokeDash=[2, 2]).encode(y="value:Q")
    in_2014, in_2010 = (shown.query("year == @y")["value"] for y in (2014, 2010))
    kotra, south, cow = (report.reading(f"c14-{name}-then").value for name in ("kotra", "kotra-mou", "cow"))
    return charts.publish(
        line + points, name="trade-which-70", claims=["C14"],
        title="Which 70 percent? By KOTRA's figures 2014 is ninety without the South, and just under seventy "
              "with it",
        holds=kotra > 85 and 65 < south < 70,
        otherwise="China's share of North Korea's trade under each denominator",
        measure="China's share of North Korea's trade by compiler and denominator, percent, 2010–2016; "
                "dashed: 70 percent",
        alt_text=f"In 2014 the shares run from {in_2014.min():.1f} to {in_2014.max():.1f} percent: "
                 f"{kotra:.1f} by KOTRA without inter-Korean trade, {cow:.1f} by the Correlates of War, "
                 f"{south:.1f} with inter-Korean trade. In 2010 they run from {in_2010.min():.0f} to "
                 f"{in_2010.max():.0f}.",
        data=shown, columns={"year": "Year", "series": "Compiler", "denominator": "Denominator",
                             "value": "Percent",
                             "how": "How obtained"})


def one_year() -> Figure:
    """All shares of 2010, one for each compiler and denominator."""
    shares = charts.plain(series.shares_2010_2016(2010, 2010)).sort_values("value", ascending=False,
                                                                           ignore_index=True)
    shown = shares.assign(label=lambda d: d["series"] + ", " + d["denominator"])
    dots = alt.Chart(shown).mark_circle(size=120).encode(
        alt.X("value:Q").title("percent").scale(domain=[0, 100]),
        alt.Y("label:N").title(None).sort("-x").axis(labelLimit=330),
        color=alt.Color("denominator:N").scale(_denominators()).legend(None),
        tooltip=["label", "value", "how"])
    numbers = dots.mark_text(align="left", dx=10).encode(
        text=alt.Text("value:Q", format=".0f"), color=alt.value(charts.colour("text")))
    low, high = shown["value"].min(), shown["value"].max()
    return charts.publish(
        dots + numbers, name="trade-one-year", claims=["C14"],
        title=f"One year, one question, answers from {low:.0f} to {high:.0f} percent", holds=high - low > 30,
        otherwise="China's share of North Korea's trade in 2010 by source",
        measure="China's share of North Korea's trade in 2010 by compiler and denominator, percent",
        alt_text="For 2010 the sources give, from high to low: "
                 + "; ".join(f"{r.label} {r.value:.0f} percent" for r in shown.itertuples()) + ".",
        data=shown, columns={"series": "Compiler", "denominator": "Denominator", "value": "Percent",
                             "how": "How obtained"})


def two_sides() -> Figure:
    """Each country's share of the other's trade, on a log scale."""
    sides = charts.plain(series.two_sided_dependence())
    colours = charts.scale("china", "dprk",
                           domain=["China in North Korea's trade", "North Korea in China's trade"])
    x, y = charts.years(), alt.Y("value:Q").title("percent, log scale").scale(type="log")
    colour = alt.Color("side:N").scale(colours).legend(None)
    lines = alt.Chart(sides).mark_line(point=alt.OverlayMarkDef(size=20)).encode(
        x, y, color=colour, tooltip=["year", "side", "value"])
    middle = sides[sides["year"] == 1986].assign(value=lambda d: d["value"] * 1.9)
    names = alt.Chart(middle).mark_text(align="left", fontWeight=600).encode(x, y, text="side:N",
                                                                             color=colour)
    first, last = (sides[sides["year"] == year].set_index("side")["value"]
                   for year in (sides["year"].min(), sides["year"].max()))
    china, korea = colours.domain
    ratio = last[china] / last[korea]
    return charts.publish(
        lines + names, name="trade-two-sides", claims=["C18"],
        title=f"By 2014 China weighed about {round(ratio, -1):.0f} times as much in North Korea's trade as "
              "North Korea in China's",
        holds=sides["year"].max() == 2014 and ratio > 400, otherwise="Each country's share of the other's "
                                                                     "trade",
        measure="Share of each in the other's trade by the Correlates of War, percent, log scale",
        alt_text=f"China's share of North Korea's trade goes from {first[china]:.0f} percent in "
                 f"{sides['year'].min()} to {last[china]:.0f} percent in 2014; North Korea's share of "
                 f"China's trade from {first[korea]:.1f} to {last[korea]:.2f} percent.",
        data=sides, columns={"year": "Year", "side": "Share", "value": "Percent"})


WIGS = "wigs, false hair, eyelashes"
GOODS = ["coal", "woven apparel", "knitted apparel", "fish and seafood", "iron ore", WIGS, "electricity",
         "all other goods"]


def what_is_sold() -> Figure:
    """China's imports from North Korea by heading, a panel a heading."""
    sold = charts.plain(series.what_is_sold())
    by = sold.set_index(["commodity", "year"])["share"]
    base = alt.Chart(sold)
    bars = base.mark_bar(color=charts.colour("dprk"), width=10).encode(
        charts.years(values=[2016, 2020, 2024]), alt.Y("share:Q").title("percent"),
        tooltip=["commodity", "year", "share", "value"])
    panels = (bars + charts.article_rule(base)).properties(width=118, height=90).facet(
        alt.Facet("commodity:N").sort(GOODS).title(None), columns=4)
    return charts.publish(
        panels, name="trade-what-is-sold", claims=["C13"],
        title="What China buys changed past recognition: coal went from nearly half to nothing, wigs from "
              "nothing to half",
        holds=by["coal", 2016] > 45 and by["coal", 2018] == 0 and by[WIGS, 2024] > 50,
        otherwise="China's imports from North Korea by heading",
        measure="Headings in percent of China's recorded imports from North Korea, 2016–2024",
        alt_text=f"Coal was {by['coal', 2016]:.0f} percent of China's imports in 2016 and 0 from 2018; woven "
                 f"apparel {by['woven apparel', 2016]:.0f} percent in 2016 and 0 from 2018; wigs "
                 f"{by[WIGS, 2016]:.1f} percent in 2016 and {by[WIGS, 2024]:.0f} in 2024.",
        data=sold, columns={"year": "Year", "commodity": "Heading", "value": "Million US dollars",
                            "share": "Percent"})
