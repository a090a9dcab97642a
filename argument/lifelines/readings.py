"""Readings of C11, C15 and C16: the Council on Foreign Relations' sentence, and China's shares of goods and
of oil.

C11 takes the quoted sentence apart: its words in the edition of the day, then each thing it says against
datasets that cover more sellers, donors or allies than China. Statements about the Chinese treaty alone
cannot say whether another ally is as close, so they have no vote here. C15 has no measured share at all. C16
counts crude at both vantages: customs print none after 2013, so the votes take the estimate of KOTRA, and a
reader can choose another or none.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from argument.lifelines.series import (CRUDE, KOSTAT_2016, SEEN, crude_against_all_sellers, crude_counted,
                                       editions, kedo_1999, products_2016, products_2016_at_least,
                                       products_observed_2024, products_reported, sellers_with_russia,
                                       sellers_with_smuggling, supply_with, with_crude, year_reported,
                                       years_of_crude)
from report.data.origins import short_name
from report.data.package import load
from report.dates import in_words, last_days
from report.rule import (Indicator, Options, Reading, Vantage, Variant, end_of, indicator, last_whole_year,
                         last_year_of, limb, reading, variant)
from report.rule.vantage import seen
from report.trace import Measure, measure, only


# C11: the sentence, and what it says

def c11() -> list[Reading | Indicator]:
    """Return the readings of the six parts of the quoted sentence, and what its next edition says."""
    return [_wording(), _later_wording(), *_ally(), *_partner(), *_food(), *_arms(), *_energy()]


def _terms() -> list[str]:
    return limb("C11.wording").listed("terms")


def _wording() -> Reading:
    """Return whether the last edition that was read up to the cutoff has all the quoted terms."""
    rows = seen("C11", editions(), Vantage.THEN, dated="edition").tail(1)
    text, day = rows["wording"].iloc[0], rows["edition"].iloc[0]
    return reading("C11.wording", "then", name="cfr", label=f"The text in its edition of {in_words(day)}",
                   measure=measure(rows, all(term in text for term in _terms()), period=day))


def _later_wording() -> Indicator:
    rows, terms = editions().tail(1), _terms()
    text, day = rows["wording"].iloc[0], rows["edition"].iloc[0]
    kept = measure(rows, sum(term in text for term in terms), unit=f"of {len(terms)} terms", period=day)
    return indicator("C11", "now", name="later-wording", measure=kept,
                     label=f"The quoted terms still in a copy of {in_words(day)}")


def _ally() -> list[Reading]:
    pledges = load("alliance/pledges")
    year = pledges.loc[pledges["year"] <= last_whole_year(), "year"].max()
    pledged = pledges.query("(state_a == 'PRK' or state_b == 'PRK') and year == @year and defence")
    by_data_set = reading("C11.ally", "then", name="atop", label=f"Alliance Treaty Obligations, {year}",
                          measure=measure(pledged, _closest(pledged), period=str(year)))
    return [by_data_set, *map(_pacts, Vantage)]


def _closest(pledged: pd.DataFrame) -> bool:
    """Say whether China has a defence pledge and more kinds of pledge than any other state with one."""
    kinds = pledged[["defence", "offence", "neutrality", "non_aggression", "consultation"]].sum(axis=1)
    china = (pledged["state_a"] == "CHN") | (pledged["state_b"] == "CHN")
    return bool(china.any() and (kinds[china].max() > kinds[~china]).all())


def _pacts(vantage: Vantage) -> Reading:
    """Return whether, of the North's treaties in force at a vantage, China's alone promises defence."""
    day, treaties = end_of(vantage), load("alliance/treaties")
    treaties = treaties[treaties["pair"].str.contains("PRK")]
    begun = last_days(treaties["in_force"].fillna(treaties["signed"])) <= day
    ended = last_days(treaties["ended"]) <= day
    force = treaties[begun & ~ended]
    allies = set(force.loc[force["mutual_defence"], "pair"])
    alone = measure(force, allies == {"CHN-PRK"}, period=f"{day:%Y-%m-%d}")
    return reading("C11.ally", vantage, name="treaties", label="Texts of the North's treaties in force",
                   measure=alone, origin="treaty_text")


def _partner() -> list[Reading]:
    return [_by_share("then", "kotra", "without", "KOTRA, without inter-Korean trade"),
            _by_share("then", "kotra+mou", "with", "KOTRA, with inter-Korean trade", name="kotra-mou",
                      definition="with-inter-korean", variants=(_by_factbook(),)),
            _by_share("then", "itc", "without", short_name("itc")), _by_dyads(),
            _by_share("now", "kotra", "without", "KOTRA, without inter-Korean trade"),
            _by_share("now", "kita", "with", "KITA, with inter-Korean trade")]


def _majority(share: Measure, part: str) -> Measure:
    """Return whether a share is more than half, which makes whoever has it the largest."""
    return replace(share, value=share > limb(f"C11.{part}").number("majority"), unit=None)


def _by_share(vantage: str, origin: str, south: str, label: str, *, name: str | None = None,
              definition: str = "default", variants: tuple[Variant, ...] = ()) -> Reading:
    last = last_year_of(vantage)
    rows = load("trade/china_share").query("flow == 'total' and origin == @origin and inter_korean == @south "
                                           "and preferred and crude != 'dropped'")
    year = rows.loc[rows["year"] <= last, "year"].max()
    part = only(rows[rows["year"] == year], "share")
    majority = _majority(part, "partner")
    return reading("C11.partner", vantage, name=f"partner-{name or origin}", label=f"{label}, {year}",
                   measure=majority, definition=definition, variants=variants,
                   note=f"China has {part:g} percent, {'a majority' if majority.value else 'no majority'}.")


def _by_factbook() -> Variant:
    """Return the Factbook's majority of both flows: its totals are KOTRA's with inter-Korean trade."""
    year = last_whole_year()
    rows = load("trade/cia_shares").query("data_year == @year and partner == 'China'")
    both = len(rows) == 2 and all(rows["share"] > limb("C11.partner").number("majority"))
    return variant("C11.partner", label=f"CIA World Factbook, {year}, exports and imports each",
                   measure=measure(rows, both))


def _by_dyads() -> Reading:
    rows = load("trade/cow_partners").fillna({"exports": 0, "imports": 0})
    rows = rows[rows["year"] == rows["year"].max()]
    largest = rows.loc[(rows["exports"] + rows["imports"]).idxmax(), "partner"]
    return reading("C11.partner", "then", name="partner-cow", measure=measure(rows, largest == "China"),
                   label=f"Correlates of War, {rows['year'].iloc[0]}")


def _food() -> list[Reading]:
    return [_food_aid(), _food_grain()]


def _food_aid() -> Reading:
    table = load("lifelines/food_aid_interfais").query("donor != 'Total'")
    last = int(table["year"].max())
    first = last - limb("C11.food").whole("window") + 1
    return reading("C11.food", "then", name="food-aid", label=f"Food aid by donor, {first} to {last}",
                   measure=_gave_most(table.query("@first <= year <= @last")), variants=_food_variants(table))


def _gave_most(rows: pd.DataFrame) -> Measure:
    """Return whether China gave more than any other single donor; ``Others`` is a group and no donor."""
    given = rows[rows["donor"] != "Others"].groupby("donor")["value_kt"].sum()
    return measure(rows, given.idxmax() == "China")


def _food_variants(table: pd.DataFrame) -> list[Variant]:
    every = table["year"].min(), table["year"].max()
    spans = [tuple(map(int, told.split("-"))) for told in limb("C11.food").listed("other_spans")]
    made = [variant("C11.food", measure=_gave_most(table[table["year"].between(first, last)]),
                    label=f"The same table, {'all years, ' * ((first, last) == every)}{first} to {last}")
            for first, last in spans]
    compared = load("lifelines/food_aid_china").dropna(subset=["china_largest"])
    named = compared["period"].where(compared["period"] != "year", compared["year"].astype(str))
    own = [variant("C11.food", label=f"The World Food Programme's own total, {named[address]}",
                   measure=only(compared.loc[[address]], "china_largest")) for address in compared.index]
    return made + own


def _food_grain() -> Reading:
    grain = load("lifelines/grain_exports_china").query("product == 'grain' and period == 'year'")
    grain = grain[grain["year"] <= last_whole_year()]
    aid = load("lifelines/food_aid_all_donors")
    aid = aid[aid["year"].isin(grain["year"])]
    more = grain["value_t"].sum() > aid["value_t"].sum()
    return reading("C11.food", "then", name="food-grain", label="China's grain exports against all food aid",
                   measure=measure(pd.concat([grain, aid]), more), origin="gacc", definition="aid-and-trade")


def _arms() -> list[Reading]:
    volumes = load("alliance/arms_transfers")
    to_north = volumes[volumes["recipient"] == "North Korea"]
    return [_arms_window("then", to_north, last_whole_year()),
            _arms_window("now", to_north, int(volumes["year"].max()))]


def _arms_window(vantage: str, volumes: pd.DataFrame, end: int) -> Reading:
    first = end - limb("C11.arms").whole("window") + 1
    window = volumes.query("@first <= year <= @end")
    latest = volumes[volumes["supplier"] == "China"].nlargest(1, "year")
    given = window.groupby("supplier")["tiv"].sum()
    most = len(given) > 0 and given.idxmax() == "China"
    return reading("C11.arms", vantage, name="sipri", label=f"SIPRI, deliveries {first} to {end}",
                   measure=measure(pd.concat([latest, window]), most, period=(str(first), str(end))),
                   variants=_register(first, end) if vantage == Vantage.THEN else (),
                   note="Major weapons alone. The last Chinese delivery on record is of "
                        f"{latest['year'].iloc[0]}"
                        + ("." if len(window) else "; from nobody is one recorded in these years."))


def _register(first: int, end: int) -> tuple[Variant, ...]:
    deals = load("alliance/arms_deals").query("first_delivery <= @end and last_delivery >= @first")
    return (variant("C11.arms", label="SIPRI's register of 2024, deals with deliveries in these years",
                    measure=measure(deals, (deals["supplier"] == "China").any())),)


def _energy() -> list[Reading]:
    """Return who sold most oil, crude counted as in C16; parts of the oil are variants."""
    year, crude_year = year_reported(), years_of_crude()[0]
    alone = {name: variant("C11.energy", label="Products alone", measure=_majority(share, "energy"))
             for name, share in (("products", products_2016()),
                                 ("russia", with_crude(sellers_with_russia("asan"), "none")),
                                 ("reported", products_reported(year)),
                                 ("observed", products_observed_2024()))}
    crude = variant("C11.energy", label=f"Recorded crude alone, {crude_year}",
                    measure=_majority(crude_against_all_sellers(crude_year), "energy"))
    return [_supplier("then", "products", supply_with("2016"), "Recorded oil, 2016",
                      definition="recorded", origin="knoc", variants=(alone["products"], crude)),
            _supplier("then", "russia", with_crude(sellers_with_russia("asan")),
                      "Oil with Russia's undeclared products, 2016", definition="with Russia's undeclared",
                      origin="asan", variants=(alone["russia"],)),
            _supplier("now", "reported", supply_with(year),
                      f"Oil, products as reported to the United Nations, {year}", definition="reported",
                      origin="un-1718", variants=(alone["reported"],)),
            _supplier("now", "observed", supply_with("2024"),
                      "Oil, China's reports against Russian tankers seen, 2024", definition="observed",
                      origin="open-source-centre", variants=(alone["observed"],))]


def _supplier(vantage: str, name: str, share: Measure, label: str, *, definition: str,
              origin: str | None = None, variants: tuple[Variant, ...] = ()) -> Reading:
    return reading("C11.energy", vantage, name=f"energy-{name}", label=label, origin=origin,
                   measure=_majority(share, "energy"), definition=definition, variants=variants)


# C15: consumer goods

def c15() -> list[Reading | Indicator]:
    """Return no reading, since nobody has measured the share, but what stands nearest to one."""
    said = load("lifelines/oil_share_quotes").query(
        "of_what == 'consumer goods' and bound == 'exact' and origin != 'article'")
    by_vantage = ((vantage, seen("C15", said, vantage)) for vantage in Vantage)
    return [*(_said(rows.loc[[address]], vantage) for vantage, rows in by_vantage for address in rows.index),
            _all_imports()]


def _said(row: pd.DataFrame, vantage: Vantage) -> Indicator:
    quote = row.iloc[0]
    return indicator("C15", vantage, name=f"said-{quote['source_id'].replace('_', '-')}",
                     label=f"{quote['who']}, as said of consumer goods", measure=only(row, "share_low_pct"),
                     note=quote["note"] if pd.notna(quote["note"]) else "")


def _all_imports() -> Indicator:
    year = last_whole_year()
    rows = load("trade/cia_shares").query("partner == 'China' and flow == 'imports' and data_year == @year")
    return indicator("C15", "then", name="all-imports-cia",
                     label="China's share of all imports, CIA World Factbook",
                     measure=only(rows, "share", unit="percent", period=str(year)))


# C16: oil

def c16() -> list[Reading]:
    """Return the readings of China's share of oil, crude counted at both vantages.

    Then: with the products that Seoul saw recorded, and with Russia's that no trade statistics declare. Now:
    with the products reported, and with the Russian tankers seen. Parts of the oil are variants.
    """
    return [_recorded_then(), _with_russia_then(), _reported_now(), _observed_now()]


def _crude_counted() -> str:
    return CRUDE[crude_counted()]


def _share(measured: Measure, label: str, key: str | None = None) -> Variant:
    return variant("C16.share", label=label, measure=measured, key=key)


def _with_crude(year: str, label: str) -> list[Variant]:
    """Return a year's share with each other estimate of crude; ``label`` has a gap for what is counted."""
    return [_share(supply_with(year, choice), label.format(crude), f"{year}-{choice}")
            for choice, crude in _choices(year).items() if choice not in ("none", crude_counted())]


def _choices(year: str) -> dict[str, str]:
    """Return the estimates of crude that a reader can choose for a year, by key."""
    if year == "2016":
        return CRUDE | {KOSTAT_2016: "crude as Statistics Korea has it for all sellers"}
    return CRUDE


def _recorded_then() -> Reading:
    parts = [_share(products_2016(), "Recorded products alone", "2016-none"),
             _share(products_2016_at_least(),
                    "Recorded products alone, rounding, range and conversion against China", "2016-floor"),
             *(_share(crude_against_all_sellers(year), f"Recorded crude alone, {year}")
               for year in years_of_crude()),
             _share(kedo_1999(), "Crude with the fuel oil of KEDO, about 1999")]
    return reading("C16.share", "then", name="products", origin="knoc", definition="recorded",
                   label=f"Recorded oil products of 2016, with {_crude_counted()}",
                   measure=supply_with("2016"), variants=[*_with_crude("2016", "With {}"), *parts])


def _with_russia_then() -> Reading:
    customs, ports = (sellers_with_russia(by) for by in ("asan", "argus"))
    others = [_share(with_crude(customs, "none"), "Products alone", "2016-russia"),
              _share(with_crude(ports), "Russia's gasoil by port data, crude counted"),
              _share(with_crude(ports, "none"), "Russia's gasoil by port data, products alone", "2016-argus"),
              _share(with_crude(sellers_with_smuggling()),
                     "Against all products that came, smuggled ones too, crude counted"),
              _share(with_crude(sellers_with_smuggling(), "none"),
                     "Against all products that came, smuggled ones too, products alone", "2016-smuggled")]
    return reading("C16.share", "then", name="russia", origin="asan", definition="with Russia's undeclared",
                   label=f"Oil products of 2016 with Russia's undeclared, and {_crude_counted()}",
                   measure=with_crude(customs), variants=others)


EARLIER_REPORTED = ("2018", "2019")  # years that both sellers reported whole, beside the one that votes


def _reported_now() -> Reading:
    others = {"2018": "2018", "2019": "2019", "2020": "January to August 2020", "2021": "2021",
              "2022": "January to November 2022", "2023": "2023", "2024": "2024, Russia's one report"}
    years = [_share(products_reported(year), f"Products alone, reported in {label}", f"{year}-reported")
             for year, label in others.items()]
    voting, own = year_reported(), crude_counted()
    whole = [made for year in (*EARLIER_REPORTED, voting) for made in _with_crude(year, f"{year}, with {{}}")]
    counted = [_share(supply_with(year), f"{year}, with {CRUDE[own]}", f"{year}-{own}")
               for year in EARLIER_REPORTED]
    return reading("C16.share", "now", name="reported", definition="reported",
                   label=f"Oil products reported to the United Nations in {voting}, with {_crude_counted()}",
                   measure=supply_with(voting), origin="un-1718",
                   variants=[*years, *whole, *counted])


def _observed_now() -> Reading:
    alone = _share(products_observed_2024(), "Products alone", "2024-none")
    return reading("C16.share", "now", name="observed", origin="open-source-centre", definition="observed",
                   label=f"China's reports of 2024 against Russian tankers seen, with {_crude_counted()}",
                   measure=supply_with("2024"), variants=[*_with_crude("2024", "With {}"), alone])


# What a reader can choose

def oil_years() -> tuple[str, ...]:
    """Return the years that a reader can choose: recorded, reported whole, and with tankers seen."""
    return "2016", *EARLIER_REPORTED, year_reported(), SEEN


def oil_options() -> Options:
    """Return a reading or variant of C16 for every year and estimate of crude that a reader can choose."""
    votes = {r.id: r for r in c16()}
    made: dict[str, Reading | Variant] = {v.key: v for r in votes.values() for v in r.variants if v.key}
    made |= {f"{year}-none": made[f"{year}-reported"] for year in (*EARLIER_REPORTED, year_reported())}
    own = crude_counted()
    made |= {f"2016-{own}": votes["c16-products-then"], f"{year_reported()}-{own}": votes["c16-reported-now"],
             f"{SEEN}-{own}": votes["c16-observed-now"]}
    return {(year, choice): made[f"{year}-{choice}"] for year in oil_years() for choice in CRUDE}
