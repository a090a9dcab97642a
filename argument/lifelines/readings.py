"""Readings of C11, C15 and C16: the Council on Foreign Relations' sentence, and China's shares of goods and of oil.

C11 takes the quoted sentence apart: its words in the edition of the day, then each thing it says against datasets that
cover more sellers, donors or allies than China. Statements about the Chinese treaty alone cannot say whether another
ally is as close, so they have no vote here. C15 has no measured share at all. C16 has records of crude to 2010 and 2013
and of products since; estimates of crude after 2013 are variants that a reader can choose.
"""

from __future__ import annotations

import pandas as pd

from argument.by_rows import indicator, reading, variant
from report.rule import Indicator, Reading, Variant
from report.data.package import load, package
from argument.lifelines.series import (CRUDE, KOSTAT_2016, Supply, crude_against_all_sellers, crude_flow, kedo_1999,
                                 products_2016, products_observed_2024, products_reported, supply_with)
from argument.by_rows import NAMES, china_trade, rows_at

MAJORITY = 50  # percent; whoever has more than half is the largest
DECADE = 10
WORDS = ("most important ally", "biggest trading partner", "food", "arms", "energy")
LAST_YEAR = package().cutoff.year - 1  # the year of the article was not over


# C11: the sentence, and what it says

def c11() -> list[Reading | Indicator]:
    """Return the readings of the six parts of the quoted sentence, and what its next edition says as an indicator."""
    return [_wording(), _later_wording(), *_ally(), *_partner(), *_food(), *_arms(), *_energy()]


def spoken(day: str) -> str:
    """Return a day, month or year as it is said: 22 August 2014, August 2014, 2014."""
    form = {4: "%Y", 7: "%B %Y"}.get(len(day), "%-d %B %Y")
    return pd.Timestamp(day).strftime(form)


def edition_at_cutoff() -> pd.DataFrame:
    """Return the last edition of the Council's text that was read up to the cutoff."""
    editions, cutoff = load("alliance/cfr_wording").sort_values("edition"), package().cutoff.isoformat()
    return editions[editions["edition"] <= cutoff].tail(1)


def _wording() -> Reading:
    rows = edition_at_cutoff()
    text, day = rows["wording"].iloc[0], rows["edition"].iloc[0]
    return reading("C11.wording", "then", name="cfr", label=f"The text in its edition of {spoken(day)}", rows=rows,
                   period=day, met=all(w in text for w in WORDS),
                   note="The Council rewrites the page; only copies on other sites could be read.")


def _later_wording() -> Indicator:
    rows = load("alliance/cfr_wording").sort_values("edition").tail(1)
    text, day = rows["wording"].iloc[0], rows["edition"].iloc[0]
    kept = sum(w in text for w in WORDS)
    return indicator("C11", "now", name="later-wording", label=f"The quoted terms still in a copy of {spoken(day)}",
                     rows=rows, period=day, value=kept, unit=f"of {len(WORDS)} terms",
                     note="No copy of the page as it is today could be read, so the words have no vote for the present.")


def _ally() -> list[Reading]:
    year = load("alliance/pledges").query("year <= @LAST_YEAR")["year"].max()
    pledged = load("alliance/pledges").query("(state_a == 'PRK' or state_b == 'PRK') and year == @year and defence")
    return [reading("C11.ally", "then", name="atop", label=f"Alliance Treaty Obligations, {year}", rows=pledged,
                    period=str(year), met=_closest(pledged),
                    note="Cuba has a defence pledge too, but China has a pledge of non-aggression beside it. "
                         "The data end in 2018, so they say nothing of the treaty with Russia."),
            _pacts("then"), _pacts("now")]


def _closest(pledged: pd.DataFrame) -> bool:
    """Say whether China has a defence pledge and more kinds of pledge than any other state with one."""
    kinds = pledged[["defence", "offence", "neutrality", "non_aggression", "consultation"]].sum(axis=1)
    china = (pledged["state_a"] == "CHN") | (pledged["state_b"] == "CHN")
    return bool(china.any() and (kinds[china].max() > kinds[~china]).all())


def _pacts(vantage: str) -> Reading:
    day = package().cutoff if vantage == "then" else package().as_of
    treaties = load("alliance/treaties").query("pair in ['CHN-PRK', 'PRK-USSR', 'PRK-RUS']")
    start = treaties["in_force"].fillna(treaties["signed"])
    alive = (start <= day.isoformat()) & (treaties["ended"].fillna("9999") > day.isoformat())
    force = treaties[alive]
    allies = set(force.loc[force["mutual_defence"], "pair"])
    return reading("C11.ally", vantage, name="treaties", label="Texts of the North's treaties in force", rows=force,
                   period=day.isoformat(), met=allies == {"CHN-PRK"}, origin="treaty_text",
                   note="Whether a treaty promises mutual defence: Russia's of 2024 does, that of 2000 did not.")


def _partner() -> list[Reading]:
    return [_by_share("then", "kotra", "without", "kotra", "KOTRA, without inter-Korean trade"),
            _by_share("then", "kotra+mou", "with", "kotra-mou", "KOTRA, with inter-Korean trade",
                      definition="with-inter-korean", variants=(_by_factbook(),)),
            _by_share("then", "itc", "without", "itc", NAMES["itc"]), _by_dyads(),
            _by_share("now", "kotra", "without", "kotra", "KOTRA, without inter-Korean trade"),
            _by_share("now", "kita", "with", "kita", "KITA, with inter-Korean trade")]


def _by_share(vantage: str, origin: str, south: str, name: str, label: str, definition: str = "default",
              variants: tuple[Variant, ...] = ()) -> Reading:
    last = LAST_YEAR if vantage == "then" else package().as_of.year
    rows = load("trade/china_share").query("flow == 'total' and origin == @origin and inter_korean == @south "
                                           "and preferred "
                                           "and crude != 'dropped' and year <= @last")
    rows = rows[rows["year"] == rows["year"].max()]
    return reading("C11.partner", vantage, name=f"partner-{name}", label=f"{label}, {rows['year'].iloc[0]}", rows=rows,
                   period=str(rows["year"].iloc[0]), met=bool(rows["share"].iloc[0] > MAJORITY), definition=definition,
                   variants=variants,
                   note=f"China has {rows['share'].iloc[0]:g} percent, a majority.")


def _by_factbook() -> Variant:
    """Return the Factbook's majority of exports and of imports: its totals are KOTRA's with inter-Korean trade."""
    rows = load("trade/cia_shares").query("data_year == @LAST_YEAR and partner == 'China'")
    return variant("C11.partner", label=f"CIA World Factbook, {LAST_YEAR}, exports and imports each", rows=rows,
                   met=bool((rows["share"] > MAJORITY).all() and len(rows) == 2))


def _by_dyads() -> Reading:
    rows = load("trade/cow_partners").fillna({"exports": 0, "imports": 0})
    rows = rows[rows["year"] == rows["year"].max()]
    largest = (rows["exports"] + rows["imports"]).idxmax()
    year = int(rows["year"].iloc[0])
    return reading("C11.partner", "then", name="partner-cow", label=f"Correlates of War, {year}",
                   rows=rows.loc[[largest]], period=str(year), met=rows.loc[largest, "partner"] == "China",
                   note="South Korea is not among the pairs; its trade with the North was about a third of China's.")


def _food() -> list[Reading]:
    return [_food_aid(), _food_grain()]


def _food_aid() -> Reading:
    table = load("lifelines/food_aid_interfais").query("donor != 'Total'")
    last = int(table["year"].max())
    rows = table[table["year"] > last - DECADE]
    return reading("C11.food", "then", name="food-aid", label=f"Food aid by donor, {last - DECADE + 1} to {last}",
                   rows=rows, period=(str(last - DECADE + 1), str(last)), met=_largest(rows),
                   variants=_food_variants(table),
                   note="South Korea gave most, loans included. What part of China's grain was aid, nobody was told.")


def _largest(rows: pd.DataFrame) -> bool:
    """Say whether China gave more than any other single donor; ``Others`` is a group and no donor."""
    given = rows[rows["donor"] != "Others"].groupby("donor")["value_kt"].sum()
    return given.idxmax() == "China"


def _food_variants(table: pd.DataFrame) -> list[Variant]:
    compared = load("lifelines/food_aid_china").dropna(subset=["china_largest"])
    spans = [("1996 to 2009", 1996, 2009), ("all years, 1995 to 2011", 1995, 2011), ("2007 to 2011", 2007, 2011)]
    made = [variant("C11.food", label=f"The same table, {label}", rows=rows, met=_largest(rows))
            for label, first, last in spans for rows in [table.query("@first <= year <= @last")]]
    spans = compared["period"].where(compared["period"] != "year", compared["year"].astype(str))
    return made + [variant("C11.food", label=f"The World Food Programme's own total, {spans[a]}",
                           rows=compared.loc[[a]], met=bool(r["china_largest"])) for a, r in compared.iterrows()]


def _food_grain() -> Reading:
    grain = load("lifelines/grain_exports_china").query("product == 'grain' and period == 'year' and year <= @LAST_YEAR")
    aid = load("lifelines/food_aid_all_donors").query("year in @grain['year'].tolist()")
    return reading("C11.food", "then", name="food-grain", label="China's grain exports against all food aid",
                   rows=pd.concat([grain, aid]), period=(str(grain["year"].min()), str(grain["year"].max())),
                   origin="gacc", definition="aid-and-trade",
                   met=bool(grain["value_t"].sum() > aid["value_t"].sum()),
                   note="Chinese customs, aid and trade together, in the years found. What others sold is not in it.")


def _arms() -> list[Reading]:
    volumes = load("alliance/arms_transfers").query("recipient == 'North Korea'")
    last = int(load("alliance/arms_transfers")["year"].max())
    return [_arms_window(vantage, volumes, end) for vantage, end in (("then", LAST_YEAR), ("now", last))]


def _arms_window(vantage: str, volumes: pd.DataFrame, end: int) -> Reading:
    first = end - DECADE + 1
    window = volumes.query("@first <= year <= @end")
    latest = volumes[volumes["supplier"] == "China"].nlargest(1, "year")
    given = window.groupby("supplier")["tiv"].sum()
    return reading("C11.arms", vantage, name="sipri", label=f"SIPRI, deliveries {first} to {end}",
                   rows=pd.concat([latest, window]), period=(str(first), str(end)),
                   met=len(given) > 0 and given.idxmax() == "China",
                   variants=_register(first, end) if vantage == "then" else (),
                   note=f"Major weapons alone. The last Chinese delivery on record is of {latest['year'].iloc[0]}"
                        + ("." if len(window) else "; from nobody is one recorded in these years."))


def _register(first: int, end: int) -> tuple[Variant, ...]:
    deals = load("alliance/arms_deals").query("first_delivery <= @end and last_delivery >= @first")
    return (variant("C11.arms", label="SIPRI's register of 2024, deals with deliveries in these years", rows=deals,
                    met=bool((deals["supplier"] == "China").any())),)


def _energy() -> list[Reading]:
    crude, products = crude_against_all_sellers(2010), products_2016()
    reported, observed = products_reported("2023"), products_observed_2024()
    return [_supplier("then", "crude", "kostat", crude, "Crude oil, 2010", "crude",
                      "South Korea's statistics have no seller of crude beside China."),
            _supplier("then", "products", "knoc", products, "Recorded oil products, 2016", "products",
                      "Two rounded figures of two compilers."),
            _supplier("now", "reported", "un-1718", reported, "Oil products reported to the United Nations, 2023",
                      "products", "Crude is not reported. In 2018, 2019 and 2020 Russia reported more than China."),
            _supplier("now", "observed", "open-source-centre", observed,
                      "China's reports against Russian tankers seen, 2024",
                      "products-observed", "With the crude that the pipeline is said to carry, China stays largest.",
                      _crude_leads(observed))]


def _supplier(vantage: str, name: str, origin: str, supply: Supply, label: str, definition: str, note: str,
              variants: tuple[Variant, ...] = ()) -> Reading:
    return reading("C11.energy", vantage, name=f"energy-{name}", label=label, rows=supply.rows, period=supply.period,
                   met=supply.china > supply.others, origin=origin, definition=definition, variants=variants, note=note)


def _crude_leads(observed: Supply) -> tuple[Variant, ...]:
    whole = observed.with_crude(*crude_flow("industry"))
    return (variant("C11.energy", label=f"With {CRUDE['industry']}", rows=whole.rows, met=whole.china > whole.others),)


# C15: consumer goods

def c15() -> list[Reading | Indicator]:
    """Return no reading, since nobody has measured the share, but what stands nearest to one."""
    said = load("lifelines/oil_share_quotes").query("of_what == 'consumer goods' and bound == 'exact'")
    cutoff = package().cutoff.isoformat()
    made = [_said(rows, "then" if rows["date"].iloc[0] <= cutoff else "now") for a in said.index
            for rows in [said.loc[[a]]] if rows["origin"].iloc[0] != "article"]
    return [*made, *_imports()]


def _said(rows: pd.DataFrame, vantage: str) -> Indicator:
    r = rows.iloc[0]
    return indicator("C15", vantage, name=f"said-{r['source_id'].replace('_', '-')}",
                     label=f"{r['who']}, as said of consumer goods", rows=rows,
                     period=r["date"], value=r["share_low_pct"], unit="percent",
                     note=r["note"] if pd.notna(r["note"]) else "")


def _imports() -> list[Indicator]:
    rows = load("trade/cia_shares").query("partner == 'China' and flow == 'imports' and data_year == @LAST_YEAR")
    return [indicator("C15", "then", name="all-imports-cia", label="China's share of all imports, CIA World Factbook",
                      rows=rows, period=str(LAST_YEAR), value=rows["share"].iloc[0], unit="percent",
                      note="Imports of every kind, not consumer goods, and nothing of what is made at home.")]


# C16: oil

def c16() -> list[Reading]:
    """Return the readings of China's share of oil: recorded crude and products then, reported and seen products now."""
    return [_crude_then(), _products_then(), _reported_now(), _observed_now()]


def _share(supply: Supply, label: str, key: str | None = None) -> Variant:
    return variant("C16.share", label=label, rows=supply.rows, value=supply.share, key=key)


def _crude_then() -> Reading:
    supply = crude_against_all_sellers(2010)
    older = [_share(crude_against_all_sellers(y), f"Crude oil, {y}") for y in (2002, 2001, 2000)]
    return reading("C16.share", "then", name="crude", label="Recorded crude oil, 2010", rows=supply.rows,
                   period=supply.period, value=supply.share, origin="kostat", definition="crude",
                   variants=[*older, _share(kedo_1999(), "Crude with the fuel oil of KEDO, about 1999")],
                   note="South Korea's total for all sellers is China's own figure, so the share is 100 by "
                        "construction: it shows only that Seoul knew of no other seller.")


def _products_then() -> Reading:
    supply = products_2016()
    whole = [_share(supply_with("2016", c), f"With {label}", f"2016-{c}") for c, label in choices("2016").items()
             if c != "none"]
    floor = products_2016(china_per_day=5500, all_tonnes=285_000, per_tonne=8.3)
    return reading("C16.share", "then", name="products", label="Recorded oil products, 2016", rows=supply.rows,
                   period=supply.period, value=supply.share, origin="knoc", definition="products",
                   variants=[*whole, _share(floor, "Every rounding taken against China", "2016-floor")],
                   note="Two rounded figures of two compilers, one in barrels a day and one in tonnes: read it as over "
                        "90. Smuggling is in neither.")


def choices(year: str) -> dict[str, str]:
    """Return the estimates of crude that a reader can choose for a year, by key."""
    return (CRUDE | {KOSTAT_2016: "crude as Statistics Korea has it for all sellers"}) if year == "2016" else CRUDE


def _reported_now() -> Reading:
    supply = products_reported("2023")
    others = {"2018": "2018", "2019": "2019", "2020": "January to August 2020", "2021": "2021",
              "2024": "2024, Russia's one report"}
    years = [_share(products_reported(y), f"Products reported, {label}", f"{y}-reported")
             for y, label in others.items()]
    whole = [_share(supply_with(y, c), f"{y}, with {label}", f"{y}-{c}")
             for y in ("2018", "2019", "2023") for c, label in CRUDE.items() if c != "none"]
    return reading("C16.share", "now", name="reported", label="Oil products reported to the United Nations, 2023",
                   rows=supply.rows, period=supply.period, value=supply.share, definition="products",
                   variants=[*years, *whole],
                   note="The last year that both sellers reported in full. Nobody reports crude: with any estimate of "
                        "it the share of all oil is above 85.")


def _observed_now() -> Reading:
    supply = products_observed_2024()
    whole = [_share(supply_with("2024", c), f"With {label}", f"2024-{c}") for c, label in CRUDE.items() if c != "none"]
    return reading("C16.share", "now", name="observed", label="China's reports against Russian tankers seen, 2024",
                   rows=supply.rows, period=supply.period, value=supply.share, origin="open-source-centre",
                   definition="products-observed", variants=whole,
                   note="Chinese reports of eleven months against a satellite count of eight: the Russian figure is a "
                        "floor, so the share is at most this, as far as China reported all.")


OIL_YEARS = ("2016", "2018", "2019", "2023", "2024")


def oil_options() -> dict[tuple[str, str], Reading | Variant]:
    """Return a reading or variant of C16 for every year and estimate of crude that a reader can choose."""
    votes = {r.id: r for r in c16()}
    keyed = {w.key: w for r in votes.values() for w in r.variants if w.key}
    first = {"2016": votes["c16-products-then"], "2023": votes["c16-reported-now"], "2024": votes["c16-observed-now"]}
    return {(y, c): first.get(y, keyed.get(f"{y}-reported")) if c == "none" else keyed[f"{y}-{c}"]
            for y in OIL_YEARS for c in CRUDE}


CLAIMS = {"C11": c11, "C15": c15, "C16": c16}
