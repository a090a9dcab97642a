"""The published charts of food, arms and oil: measures in, one function a chart, its words beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd

import report
from argument.lifelines import readings, series
from argument.lifelines.series import AID, AID_OF_ALL, GRAIN, runs
from report import charts
from report.charts import Figure
from report.data.package import load, shown
from report.dates import in_words
from report.rule import Reading, Variant, limb
from report.rule.vantage import by_cutoff
from report.show import Html
from report.trace import Measure


def columns_at(frame: pd.DataFrame, half: float, shift: pd.Series | float = 0.0) -> pd.DataFrame:
    """Return the frame with the edges ``start`` and ``stop`` of a bar, in years around the year."""
    return frame.assign(start=frame["year"] + shift - half, stop=frame["year"] + shift + half)


def _binned(first: float, last: float) -> alt.X:
    """Return an x encoding of columns whose edges are known."""
    return alt.X("start:Q").bin("binned").title(None).scale(domain=[first, last], nice=False)


# Arms -------------------------------------------------------------------------------------------------------

SUPPLIERS = ["Soviet Union, Russia", "China", "Kazakhstan", "United States"]
ARMS_SPAN, TEXTS_SPAN = [1949, 2022], [2005, 2019]


@shown
def arms() -> Figure:
    """Arms by supplier above, and below the editions of the Council on Foreign Relations' text."""
    delivered, texts = _deliveries(), _texts()
    chinese = delivered.query("supplier == 'China'")
    last = int(chinese["year"].max())
    later = delivered[delivered["year"] > last]
    named, past = texts["has_arms"], by_cutoff(texts["edition"])
    return charts.publish(
        alt.vconcat(_arms_panel(delivered), _texts_panel(texts)).resolve_scale(x="independent"),
        name="lifelines-arms", claims=["C11"],
        title=f"China's last arms on record came in {last}; the Council named arms to "
              f"{int(texts[named]['year'].max())}",
        holds=last < 2007 and named[past].iloc[-1] and not named[~past].iloc[0],
        otherwise="Recorded arms deliveries to North Korea, and whether the Council names arms",
        measure="Deliveries by year (SIPRI); below, on its own scale, the Council on Foreign Relations' page",
        says=["Deliveries: {supplier}, {year}: {tiv:.0f} million of SIPRI's volume",
              "Page: {day}: {named}; {wording}"],
        alt_text=f"China delivered arms in {chinese['year'].nunique()} years, most in "
                 f"{chinese.loc[chinese['tiv'].idxmax(), 'year']}, the last in {last}. Deliveries recorded "
                 f"later add to {later['tiv'].sum():.0f} million"
                 + charts.stated(", none of it Chinese", when="China" not in set(later["supplier"]))
                 + f". The editions of {', '.join(texts.query('has_arms')['day'])} name arms; that of "
                   f"{texts['day'].iloc[-1]} "
                 "does not.",
        data=pd.concat([delivered, texts]),
        columns={"day": "Date", "supplier": "Supplier", "tiv": "Volume", "wording": "The Council's words"})


def _deliveries() -> pd.DataFrame:
    """Return deliveries with Russia and the Soviet Union as one, and the day that the table prints."""
    delivered = charts.plain(series.arms_by_supplier())
    named = delivered["supplier"].replace(dict.fromkeys(["Soviet Union", "Russia"], SUPPLIERS[0]))
    return columns_at(delivered.assign(supplier=named, day=delivered["year"].astype(str)), 0.4)


def _texts() -> pd.DataFrame:
    texts = charts.plain(series.editions())
    return texts.assign(year=texts["edition"].map(series.as_year), day=texts["edition"].map(in_words),
                        named=texts["has_arms"].map({True: "names arms", False: "no arms"}))


def _arms_panel(delivered: pd.DataFrame) -> alt.LayerChart:
    colours = charts.scale("russia", "china", "other", "usa", domain=SUPPLIERS)
    bars = alt.Chart(delivered).mark_bar(binSpacing=0).encode(
        _binned(*ARMS_SPAN).axis(format="d"), alt.X2("stop:Q"), alt.Y("tiv:Q").title("million, SIPRI volume"),
        color=alt.Color("supplier:N").scale(colours).title(None))
    few = delivered[delivered["supplier"] == "Kazakhstan"].nlargest(1, "tiv")
    few = few.assign(words=few["supplier"] + "\n" + few["day"], top=few["tiv"] + 30)
    word = charts.haloed(
        alt.Chart(few).encode(alt.X("start:Q").bin("binned"), alt.Y("top:Q"), text="words:N",
                              tooltip=alt.value(None)), fontSize=12, dx=-12, dy=-20,
        align="left", lineBreak="\n", lineHeight=14)
    return charts.layered(bars, charts.article_date(align="right"), word).properties(height=200)


def _texts_panel(texts: pd.DataFrame) -> alt.LayerChart:
    """Return the editions as read, on years of their own, each with its date."""
    x = alt.X("year:Q").title(None).scale(domain=TEXTS_SPAN, nice=False).axis(format="d", tickCount=6)
    y = alt.Y("named:N").title(None)
    fills = charts.scale("now", "paper", domain=["names arms", "no arms"])
    strip = alt.Chart(texts).mark_point(filled=True, opacity=1, size=90, stroke=charts.colour("now")).encode(
        x, y, fill=alt.Fill("named:N").scale(fills).legend(None))
    return charts.layered(strip, charts.article_date("moment", label="")).properties(height=54)


# Food -------------------------------------------------------------------------------------------------------

FOOD_SPAN = [1994.4, 2018]


@shown
def grain() -> Figure:
    """The North's own harvest above; below, food aid and China's grain in percent of it."""
    shown = runs(charts.plain(series.of_output(AID, GRAIN, AID_OF_ALL)))
    output = charts.plain(series.cereals().query("series == @series.OUTPUT"))
    output = output.assign(million=output["thousand_tonnes"] / 1000)
    best = {name: part.loc[part["share"].idxmax()] for name, part in shown.groupby("series")}
    harvest = series.cereals().query("series == @series.OUTPUT").set_index("year")["thousand_tonnes"]
    other = series.aid_by_other_count(harvest)
    assert other.period is not None  # it is a year's
    most = int(max(best[AID]["share"], best[GRAIN]["share"], float(other))) + 1
    return charts.publish(
        alt.vconcat(_harvest_panel(output), _part_panel(shown, most)),
        name="lifelines-grain", claims=["C11", "C18"],
        title=f"On record China's food aid or grain never passed {most} percent of the harvest",
        holds=most <= 15, otherwise="Cereal output of North Korea, food aid and Chinese grain",
        measure="Above: cereals, million tonnes, rice milled; below: percent of it, "
                f"{output['year'].min()}–{output['year'].max()}",
        note=f"lines break at years not found; another count of China's aid has {float(other):.1f} percent "
             f"for {other.period[0]}",
        says=["Grain: {series}, {year}: {share:.1f} percent of the North's own harvest",
              "Harvest: {year}: {million:.2f} million tonnes"],
        alt_text=f"Output lies between {output['million'].min():.1f} and {output['million'].max():.1f} "
                 f"million tonnes. Food aid of all donors peaks at {best[AID_OF_ALL]['share']:.0f} percent "
                 f"of it in {best[AID_OF_ALL]['year']}, China's aid at {best[AID]['share']:.1f} percent in "
                 f"{best[AID]['year']}, its grain exports at {best[GRAIN]['share']:.1f} percent in "
                 f"{best[GRAIN]['year']}.",
        data=shown, columns={"year": "Year", "series": "Series", "thousand_tonnes": "Thousand tonnes",
                             "share": "Percent of output"})


def _harvest_panel(output: pd.DataFrame) -> alt.LayerChart:
    bars = alt.Chart(columns_at(output, 0.35)).mark_bar(color=charts.colour("dprk")).encode(
        _binned(*FOOD_SPAN).axis(format="d"), alt.X2("stop:Q"), alt.Y("million:Q").title("million tonnes"))
    return charts.layered(bars, charts.article_date(label="")).properties(height=100)


PART_NAMES = pd.DataFrame({"year": [2001.7, 2003.6, 2003.6], "share": [44.5, 37.0, 31.5],
                           "words": ["food aid of all donors", "food aid of China",
                                     "dashed: grain sold by China"]})  # where no line passes


def _part_panel(shown: pd.DataFrame, most: int) -> alt.LayerChart:
    """Return all donors in grey, what is China's in its colour, its exports dashed, and the title's mark."""
    x = alt.X("year:Q").title(None).scale(domain=FOOD_SPAN, nice=False).axis(format="d")
    y = alt.Y("share:Q").title("percent of the harvest")
    kinds = [AID_OF_ALL, AID, GRAIN]
    hues = charts.scale("other", "china", "china", domain=kinds)
    colour = alt.Color("series:N").scale(hues).legend(None)
    dash = alt.StrokeDash("series:N").scale(domain=kinds, range=[[1, 0], [1, 0], [3, 2]]).legend(None)
    lines = alt.Chart(shown).mark_line().encode(x, y, color=colour, strokeDash=dash, detail="run:N")
    dots = alt.Chart(shown).mark_point(size=22, opacity=1).encode(x, y, color=colour)
    names = alt.Chart(PART_NAMES.assign(named=kinds)).mark_text(align="left", fontSize=12).encode(
        x, y, text="words:N", color=alt.Color("named:N").scale(hues).legend(None))
    level = alt.Chart(pd.DataFrame({"share": [most], "words": [f"{most} percent"]}))
    rule = level.mark_rule(strokeDash=[2, 2]).encode(y="share:Q")
    name = level.mark_text(align="left", dx=4, dy=8, fontSize=12).encode(
        x=alt.value(0), y="share:Q", text="words:N")
    return charts.layered(rule, name, lines, dots, names, charts.article_date(align="right")).properties(
        height=210)


# Consumer goods ---------------------------------------------------------------------------------------------

@shown
def consumer_goods() -> Html:
    """What was said of China's share of consumer goods, with the ground given."""
    rows = load("lifelines/oil_share_quotes").query("of_what == 'consumer goods'")
    share = rows["share_low_pct"]
    number = share.map("{:.0f} percent".format).where(share.notna(), "the majority")
    ground = rows["basis"].replace({"informant": "an insider's account"})
    columns = {"date": "Date", "who": "Who says so", "number": "What share", "ground": "Ground given",
               "note": "Remark"}
    return report.table(rows.assign(number=number, ground=ground), columns,
                        "China's share of consumer goods in North Korea, as it has been stated")


# Oil --------------------------------------------------------------------------------------------------------

OIL_SPAN = [1999, 2024]
PERCENT = [0, 104]  # of the axis that both panels share


@shown
def ninety() -> Figure:
    """How 90 percent travelled, over the shares that can be computed."""
    quotes, shares = _quotes(), charts.plain(series.computed_shares())
    shares = shares.assign(when=shares["year"].astype(str))
    points = pd.concat([quotes, shares])
    late = shares.query("kind == 'products' and year >= 2018")["share"]
    reported = next(r for r in report.readings("C16") if r.id == "c16-reported-now")
    every = shares.query("kind == 'crude assumed'").set_index("year")["share"]
    return charts.publish(
        alt.vconcat(_said_panel(quotes), _computed_panel(shares, reported.limit)),
        name="lifelines-ninety", claims=["C16"],
        title="With crude assumed “90 percent” is met in most years; as reported in few",
        holds=(every >= reported.threshold).mean() > 0.5 and (late >= reported.threshold).mean() < 0.5,
        otherwise="China's share of North Korea's oil as stated and as computed",
        measure="China's share of North Korea's oil, percent: as said above, as computed below",
        note=f"crude of {_unsourced_years()} is from a page that names no source; outlined: with what was "
             "assumed or seen, not reported",
        says=["Said: {when}: {said}", "Share: {kind}, {when}: {share:.0f} percent"],
        alt_text=f"Statements of {quotes['when'].iloc[0]} to {quotes['when'].iloc[-1]} put the share at "
                 f"{quotes['high'].min():.0f} percent"
                 + charts.stated(", none of them higher", when=quotes["high"].nunique() == 1)
                 + f", the first of them at {quotes['low'].iloc[0]:.0f} to {quotes['high'].iloc[0]:.0f}. "
                 f"Computed: recorded crude {_by_year(shares, 'crude')}; products reported "
                 f"{_by_year(shares, 'products')}; with assumed crude {every.iloc[-1]:.0f} percent in "
                 f"{every.index[-1]}.",
        data=points, columns={"when": "When", "kind": "What", "said": "As said", "share": "Percent"})


def _by_year(shares: pd.DataFrame, kind: str) -> str:
    """Return the shares of a kind, each with its year."""
    found = shares[shares["kind"] == kind].sort_values("year")
    return ", ".join(f"{r.share:.0f} in {r.year}" for r in found.itertuples())


def _unsourced_years() -> str:
    """Return the years of crude that a page prints without saying where it has them from."""
    crude = load("lifelines/crude_oil").query("status == 'source not named'")
    years = crude["period_start"].dt.year
    return f"{years.min()} to {years.max()}"


def _quotes() -> pd.DataFrame:
    quotes = charts.plain(series.quoted_shares())
    said = [_said(quote) for quote in quotes.itertuples()]
    return quotes.assign(kind="said", share=quotes["high"], said=said,
                         when=quotes["date"].map(in_words), at=quotes["year"].map(charts.among_years))


def _said(quote) -> str:
    """Return a statement of a share in words: up to 90 percent of oil."""
    number = f"{quote.low:g} to {quote.high:g}" if quote.bound == "range" else f"{quote.low:g}"
    hedge = "" if quote.bound in ("exact", "range") else f"{quote.bound} "
    return f"{hedge}{number} percent of {quote.of_what}"


def _said_panel(quotes: pd.DataFrame) -> alt.LayerChart:
    x = charts.years("at", span=OIL_SPAN)
    y = alt.Y("share:Q").title("as said").scale(domain=PERCENT, nice=False).axis(values=[0, 50, 100])
    spread = alt.Chart(quotes).mark_rule(strokeWidth=3, color=charts.colour("third")).encode(
        x, alt.Y("low:Q").scale(domain=PERCENT, nice=False), alt.Y2("high:Q"))
    dots = alt.Chart(quotes).mark_point(shape="diamond", size=85, opacity=1,
                                        color=charts.colour("first")).encode(x, y)
    return charts.layered(spread, dots, charts.article_date(align="right", foot=True)).properties(height=90)


RECORDED_KINDS = ["crude", "crude and KEDO", "products"]
SEEN_KINDS = ["tankers seen", "crude assumed"]
SHAPES = ["circle", "square", "diamond", "triangle-down", "circle"]
KIND_NAMES = {"crude": "recorded crude", "crude and KEDO": "with KEDO's fuel oil",
              "products": "products reported", "tankers seen": "with tankers seen",
              "crude assumed": "with crude assumed"}
KEY_AT, KEY_TOP, KEY_STEP = 2003.6, 67, 13  # year and percent of the key, in the part that no mark reaches
KEY_WIDTH = 117  # pixels; a frame, so that nobody takes the key's signs for data


def _computed_panel(shares: pd.DataFrame, needed: float) -> alt.LayerChart:
    """Return recorded shares filled and the others outlined, over the band that would meet the claim."""
    shown = shares.assign(basis=shares["kind"].isin(RECORDED_KINDS).map({True: "recorded", False: "other"}),
                          year=shares["year"] + shares["kind"].eq("crude assumed") * 0.25)
    x = charts.years(span=OIL_SPAN)
    y = alt.Y("share:Q").title("as computed").scale(domain=PERCENT, nice=False)
    kinds = [*RECORDED_KINDS, *SEEN_KINDS]
    dots = alt.Chart(shown).mark_point(size=70, opacity=1, filled=True).encode(
        x, y.axis(values=[0, 20, 40, 60, 80, 100]),
        color=alt.Color("kind:N").scale(
            charts.scale("china", "china", "china", "china", "third", domain=kinds)).legend(None),
        shape=alt.Shape("kind:N").scale(domain=kinds, range=SHAPES).legend(None))
    band = alt.Chart(pd.DataFrame({"low": [needed], "high": [100], "words": ["meets the claim"]}))
    met = band.mark_rect(color=charts.colour("grid"), opacity=0.7).encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    name = band.mark_text(align="left", baseline="bottom", dx=4, dy=-2, fontSize=12).encode(
        alt.Y("low:Q"), x=alt.value(0), text="words:N")
    key = dots.copy()
    one_each = shown.drop_duplicates("kind").sort_values("kind", key=lambda kind: kind.map(kinds.index))
    key.data = one_each.assign(
        year=KEY_AT, share=[KEY_TOP - KEY_STEP * n for n in range(len(kinds))], words=KIND_NAMES.values())
    key = key.encode(tooltip=alt.value(None))
    frame = alt.Chart(pd.DataFrame({"year": [KEY_AT], "low": [KEY_TOP - KEY_STEP * (len(kinds) - 0.4)],
                                    "high": [KEY_TOP + KEY_STEP * 0.6]})).mark_rect(
        color=charts.colour("paper"), stroke=charts.colour("faint"), xOffset=-11, x2Offset=KEY_WIDTH).encode(
        x, alt.X2("year"), alt.Y("low:Q"), alt.Y2("high:Q"))
    words = alt.Chart(key.data).mark_text(align="left", dx=10, fontSize=12).encode(
        x, alt.Y("share:Q"), text="words:N", tooltip=alt.value(None))
    return charts.layered(met, name, charts.article_date(label=""), frame, words,
                          charts.outlined(key, "basis", "recorded"),
                          charts.outlined(dots, "basis", "recorded")).properties(height=230)


CUSTOMS = "customs"
CRUDE_BY = {"gacc": CUSTOMS, "kostat": "Statistics Korea", "cia": "Factbook"}
BESIDE = {"customs": -0.24, "Statistics Korea": -0.08, "Factbook": 0.08, "others": 0.24}  # years
DISPUTED = 2017  # the year of whose crude estimates differ most
CRUDE_TOP = 1.2  # million tonnes; what lies above is named at the edge


@shown
def crude() -> Figure:
    """Crude by year and by who says so, the years without customs shaded."""
    told = charts.plain(series.crude_by_year()).dropna(subset=["thousand_tonnes"])
    told = told.assign(who=told["origin"].map(CRUDE_BY).fillna("others"))
    tonnes = told.set_index("year")["thousand_tonnes"]
    by_origin = {origin: tonnes[(told["origin"] == origin).to_list()] for origin in CRUDE_BY}
    printed, seoul = by_origin["gacc"], by_origin["kostat"]
    withdrawn = told[told["origin"] == "cia"].nlargest(1, "thousand_tonnes").iloc[0]
    low, high = (end / 1000 for end in (tonnes[DISPUTED].min(), tonnes[DISPUTED].max()))
    return charts.publish(
        charts.layered(charts.gap(printed.index.max() + 0.5, told["year"].max() + 0.5, ""),
                       _crude_marks(told), charts.article_date(align="right")),
        name="lifelines-crude", claims=["C16"],
        title=f"No customs after {printed.index.max()}: crude of {DISPUTED} is put at {low:.1f} to "
              f"{high:.1f} "
              "million tonnes",
        holds=printed.index.max() == 2013 and high / low > 1.5,
        otherwise="Crude oil to North Korea by year and source",
        measure=f"Crude oil to North Korea, million tonnes, {told['year'].min()}–{told['year'].max()}",
        note="filled: Chinese customs, which print no crude in the shaded years; outlined: estimates, "
             "those of "
             "Statistics Korea and the Factbook for all sellers",
        says=["Crude: {who}, {year}: {thousand_tonnes:,.0f} thousand tonnes ({status}). {note}",
              "Crude: {who}, {year}: {thousand_tonnes:,.0f} thousand tonnes ({status})"],
        alt_text=f"Chinese customs print {printed.min():.0f} to {printed.max():.0f} thousand tonnes a year "
                 f"to {printed.index.max()} and no crude after. Statistics Korea has {seoul[1999]:.0f} in "
                 f"1999 and {seoul[2016]:.0f} in 2016. Estimates for {DISPUTED} run from {1000 * low:.0f} to "
                 f"{charts.amount(1000 * high)}. "
                 + charts.stated(f"The World Factbook once had {charts.amount(withdrawn['thousand_tonnes'])} "
                                 f"for {withdrawn['year']} and withdrew it.", when=_was_withdrawn(withdrawn)),
        data=told, columns={"year": "Year", "who": "Source", "thousand_tonnes": "Thousand tonnes",
                            "status": "How obtained", "note": "Remark"})


def _was_withdrawn(figure: pd.Series) -> bool:
    """Say whether the table has of a figure of the Factbook that a later edition withdrew it."""
    return "withdrawn" in str(load("lifelines/cia_oil_imports").loc[figure.name, "note"])


def _crude_marks(told: pd.DataFrame) -> alt.LayerChart:
    """Return customs filled and estimates outlined, side by side within a year; what is above the edge, in
    words.
    """
    shown = told.assign(million=told["thousand_tonnes"] / 1000,
                        year_at=told["year"] + told["who"].map(BESIDE))
    x = charts.years("year_at", span=[told["year"].min(), told["year"].max()])
    y = alt.Y("million:Q").title("million tonnes").scale(domain=[0, CRUDE_TOP])
    hues = dict(zip(BESIDE, ("china", "rok", "usa", "other"), strict=True))
    fill, stroke = charts.kinds("who", hues, set(BESIDE) - {CUSTOMS}, alt.Legend(columns=4))
    dots = alt.Chart(shown[shown["million"] <= CRUDE_TOP]).mark_point(
        filled=True, size=60, opacity=1, strokeWidth=1.75).encode(x, y, fill=fill, stroke=stroke)
    return charts.layered(dots, _above(shown[shown["million"] > CRUDE_TOP], x))


def _above(high: pd.DataFrame, x: alt.X) -> alt.LayerChart:
    """Return an arrow at the upper edge for figures above it, with what they are."""
    said = [charts.stated(f"Factbook had {figure['million']:.2f},\nlater withdrawn",
                          when=_was_withdrawn(figure), otherwise=f"Factbook: {figure['million']:.2f}")
            for _, figure in high.iterrows()]
    edge = alt.Chart(high.assign(million=CRUDE_TOP - 0.08, said=said))
    y = alt.Y("million:Q")
    hue = charts.colour("usa")
    arrow = edge.mark_point(shape="triangle-up", filled=False, size=60, color=hue).encode(x, y)
    words = edge.mark_text(align="right", dx=-8, fontSize=12, lineBreak="\n", color=hue)
    return charts.layered(arrow, words.encode(x, y, text="said:N", tooltip=alt.value(None)))


@shown
def rival_totals() -> Html:
    """What estimators say of all oil of 2017."""
    told = charts.plain(series.rival_totals())
    words = [_amount(low, high) for low, high in zip(told["low"], told["high"], strict=True)]
    columns = {"estimator": "Estimator", "covers": "What is counted", "thousand_tonnes": "Thousand tonnes",
               "note": "Remark"}
    return report.table(told.assign(thousand_tonnes=words), columns,
                        "Rival totals of North Korea's oil in 2017")


def _amount(low: float, high: float) -> str:
    """Return an amount in words."""
    if pd.isna(low):
        return f"{charts.amount(high)} at most"
    return charts.amount(low) if low == high else f"{charts.amount(low)} to {charts.amount(high)}"


BARS = ["China, reported", "Russia, reported", "Russia, seen"]
WHOLE = "whole year"


@shown
def products() -> Figure:
    """Products reported by seller and year, and those seen in 2024, against the yearly cap."""
    bars, cap = _product_bars(), float(series.yearly_cap())
    seen = bars.query("how == 'seen'")["value"].iloc[0]
    reported = bars.query("how == 'reported'").groupby("year")["value"].sum()
    return charts.publish(
        charts.layered(_product_marks(bars), _cap_rule(cap)), name="lifelines-products", claims=["C16"],
        title=f"Reports stay under the cap; tankers seen in {bars['year'].max()} carried twice it or more",
        holds=reported.max() < cap and seen >= 2 * cap,
        otherwise="Refined products reported to the United Nations and seen",
        measure="Refined products to North Korea, thousand barrels a year, "
                f"{bars['year'].min()}–{bars['year'].max()}",
        note=f"outlined: part of a year ({_parts(bars)}); 0: a reported nil",
        says="Products: {bar}, {year}: {value:,.0f} thousand barrels ({part})",
        alt_text="Reported by China and Russia together, in thousand barrels: "
                 f"{'; '.join(f'{year} {value:.0f}' for year, value in reported.items())}. The cap is "
                 f"{cap:.0f}. Satellite counts of Russian loadings in {bars['year'].max()} come to at least "
                 f"{charts.amount(seen)}.",
        data=bars, columns={"year": "Year", "bar": "Seller", "value": "Thousand barrels",
                            "part": "Months covered"})


def _months(period: tuple[str, str]) -> str:
    """Return the months that a period within one year covers, in words."""
    first, last = (pd.Timestamp(day).strftime("%B") for day in period)
    return WHOLE if (first, last) == ("January", "December") else first if first == last \
        else f"{first} to {last}"


def _parts(bars: pd.DataFrame) -> str:
    """Return which bars cover a part of their year, sellers alike told together."""
    part = bars[bars["part"] != WHOLE].groupby(["year", "how", "part"], sort=False)["seller"].agg(list)
    return "; ".join(f"{year} {' and '.join(sellers)}{' seen' if how == 'seen' else ''} {months}"
                     for (year, how, months), sellers in part.items())


def _product_bars() -> pd.DataFrame:
    found = series.products_by_year()
    bars = charts.plain(found)
    bars = bars.assign(bar=bars["seller"] + ", " + bars["how"],
                       part=[_months(one.period) for one in found["value"]])
    return columns_at(bars, 0.13, bars["bar"].map(BARS.index) * 0.29 - 0.29)


def _product_marks(bars: pd.DataFrame) -> alt.LayerChart:
    y = alt.Y("value:Q").title("thousand barrels")
    columns = alt.Chart(bars).mark_bar().encode(
        _binned(2017.5, 2024.5).axis(format="d", values=list(range(2018, 2025))), alt.X2("stop:Q"), y,
        color=alt.Color("seller:N").scale(
            charts.scale("china", "russia", domain=["China", "Russia"])).title(None))
    middle = bars.assign(middle=(bars["start"] + bars["stop"]) / 2)
    seen = middle[middle["how"] == "seen"].assign(words="tankers seen")
    word = alt.Chart(seen).mark_text(align="right", dx=-18, dy=8, fontSize=12).encode(
        alt.X("middle:Q"), y, text="words:N", tooltip=alt.value(None))
    return charts.layered(charts.outlined(columns, "part", WHOLE), word,
                          charts.nils(middle, alt.X("middle:Q"), y, "value"))


def _cap_rule(cap: float) -> alt.LayerChart:
    line = alt.Chart(pd.DataFrame({"value": [cap], "text": ["yearly cap"]}))
    words = line.mark_text(align="left", dy=-7)
    return charts.layered(line.mark_rule(strokeDash=[3, 3]).encode(y="value:Q"),
                          words.encode(x=alt.value(4), y="value:Q", text="text:N"))


ASSUMED = "with assumed crude"
CRUDE_IN_SHORT = {"none": "none", "kotra": "KOTRA", "industry": "industry sources",
                  "resolution": "resolution 2375", "nautilus": "Peter Hayes", "unnamed": "unnamed source"}


@shown
def crude_choice() -> Html:
    """A reader's choice of year and estimate of crude."""
    dimensions = {"Year": {year: year for year in readings.oil_years()}, "Crude": CRUDE_IN_SHORT}
    return report.choices("c16", "China's share of North Korea's oil", dimensions, readings.oil_options(),
                          chart="lifelines-choice")


@shown
def choice() -> Figure:
    """China's share under every year and estimate of crude that a reader can choose."""
    options, needed = _options(), limb("C16.share").threshold
    assert needed is not None  # a share is held against a number
    assumed, recorded = (options[options["kind"] == kind] for kind in (ASSUMED, "recorded"))
    newest = assumed["year"].max()
    early, late = assumed[assumed["year"] < newest], assumed[assumed["year"] == newest]
    alone = ", ".join(f"{one.year} {one.share:.0f}" for one in recorded.itertuples())
    return charts.publish(
        charts.layered(_needed_rule(needed), _option_marks(options)), name="lifelines-choice", claims=["C16"],
        title=f"Crude assumed lifts China past {needed:.0f} percent, in {newest} not always",
        holds=bool(early["met"].all()) and late["met"].nunique() == 2,
        otherwise="China's share of North Korea's oil under each estimate of crude",
        measure="China's share of North Korea's oil, percent, by year and estimate of crude",
        says="Share: {year}, {crude}: {share:.0f} percent",
        alt_text=f"Recorded products alone give {alone} percent. With assumed crude the shares lie between "
                 f"{early['share'].min():.0f} and {early['share'].max():.0f} to {early['year'].max()} "
                 f"and between {late['share'].min():.0f} and {late['share'].max():.0f} in {newest}.",
        data=options, columns={"year": "Year", "crude": "Crude", "share": "Percent", "kind": "Kind"})


def _options() -> pd.DataFrame:
    made = [{"year": year, "crude": series.CRUDE[choice], "key": f"{year}-{choice}", "met": one.met,
             "share": _measured(one),
             "kind": "recorded" if isinstance(one, Reading) or choice == "none" else ASSUMED}
            for (year, choice), one in readings.oil_options().items()]
    return charts.plain(pd.DataFrame(made))


def _measured(one: Reading | Variant) -> Measure:
    assert one.value is not None  # a share is a number
    return Measure(one.value, "percent", None, one.rows)


def _option_marks(options: pd.DataFrame) -> alt.LayerChart:
    """Return the choices of each year, recorded ones filled and those with assumed crude outlined; years that
    the form lacks stay blank.
    """
    fill, stroke = charts.kinds("kind", {"recorded": "china", ASSUMED: "other"}, {ASSUMED})
    years = [str(year) for year in range(int(options["year"].min()), int(options["year"].max()) + 1)]
    y = alt.Y("year:O").title(None).scale(domain=years)
    dots = alt.Chart(options).mark_point(filled=True, opacity=1, size=70, strokeWidth=1.75).encode(
        alt.X("share:Q").title("percent").scale(domain=[0, 102], nice=False).axis(
            values=[0, 20, 40, 60, 80, 100]), y,
        fill=fill, stroke=stroke)
    lacking = pd.DataFrame({"year": sorted(set(years) - set(options["year"])), "words": "not in the form"})
    quiet: charts.Look = {"align": "left", "dx": 4, "fontSize": 12, "color": charts.colour("quiet")}
    blank = alt.Chart(lacking).mark_text(**quiet).encode(y, x=alt.value(0), text="words:N")
    return charts.layered(blank, dots, charts.ring(
        dots, "2016-none", size=70, align="right", dx=-12))


def _needed_rule(needed: float) -> alt.LayerChart:
    level = alt.Chart(pd.DataFrame({"share": [needed], "words": [f"criterion: {needed:.0f}"]}))
    words = level.mark_text(align="right", dx=-4, fontSize=12)
    return charts.layered(level.mark_rule(strokeDash=[2, 2]).encode(x="share:Q"),
                          words.encode(x="share:Q", y=alt.YDatum("2021"), text="words:N"))


# Energy -----------------------------------------------------------------------------------------------------

ENERGY = ["oil in energy", "net imports"]


@shown
def energy() -> Figure:
    """Oil's share of the North's energy above, its net imports of energy below."""
    shown = runs(charts.plain(series.oil_in_energy()))
    share, net = (shown.query("series == @name").set_index("year")["value"] for name in ENERGY)
    sold_from = net[net < 0].index.min()
    return charts.publish(
        alt.vconcat(*_energy_panels(shown)), name="lifelines-energy", claims=["C11", "C16", "C18"],
        title=f"Oil: {share.min():.0f} to {share.max():.0f} percent of energy; from {sold_from} the North "
              "sold on balance",
        holds=share.max() < 15 and sold_from == 2005 and (net.loc[2005:] < 0).all(),
        otherwise="Oil in North Korea's primary energy, and its net imports of energy",
        measure=f"Oil in percent of primary energy; below, net imports in percent of use, "
                f"{shown['year'].min()}–{shown['year'].max()}",
        note="above: South Korean institutes, a dot alone where the years beside it were not read; below: "
             "International Energy Agency; each on its own scale",
        says="Energy: {series}, {year}: {value:.1f} percent",
        alt_text=f"Oil falls from {share[1990]:.1f} percent of primary energy in 1990 to {share[2010]:.1f} "
                 f"in 2010 and stands at {share.iloc[-1]:.1f} in {share.index[-1]}. Net imports fall from "
                 f"{net[1990]:.0f} percent of use in 1990 below zero in {sold_from} and to {net[2014]:.0f} "
                 "in 2014.",
        data=shown, columns={"year": "Year", "series": "Series", "value": "Percent"})


def _energy_panels(shown: pd.DataFrame) -> list[alt.LayerChart]:
    """Return a panel a measure, since they have denominators of their own, on the same years."""
    x = charts.years(span=[shown["year"].min(), shown["year"].max()])
    titles = dict(zip(ENERGY, (["oil, percent", "of primary energy"], ["net imports,", "percent of use"]),
                      strict=True))
    zero = alt.Chart(pd.DataFrame({"value": [0]})).mark_rule().encode(y="value:Q")
    panels = []
    for name, title in titles.items():
        lines = alt.Chart(shown[shown["series"] == name]).mark_line(
            point=alt.OverlayMarkDef(size=22), color=charts.colour("dprk")).encode(
            x, alt.Y("value:Q").title(title).scale(zero=True), detail="run:N")
        panels.append(charts.layered(zero, lines).properties(height=130))
    return panels


@shown
def findings() -> Html:
    """What others found on oil, energy and food, where no table of figures holds it."""
    columns = {"who": "Who", "finding": "What they found", "period": "Period", "note": "Remark"}
    return report.table(load("lifelines/findings"), columns, "Findings of others on oil, energy and food")
