"""Readings of C10: how much the North depends on China, and whether China used that against the nuclear
programme.

Dependence is China's share of trade and of what the North is supplied with. Use is judged test by test: a
measure counts that was reported within the window after a test, cut goods or money, and went beyond what the
United Nations asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from argument.alliance.c10_free_aid import free_aid
from argument.alliance.series import (food_aid_share, measures_after, nuclear_tests, tested_on, window,
                                      window_end)
from argument.lifelines.series import (crude_against_all_sellers, products_2016, products_observed_2024,
                                       products_reported, sellers_with_russia, supply_with, with_crude,
                                       year_reported, years_of_crude)
from argument.message.series import years_recent
from argument.trade.series import cow_share
from argument.words import counted
from report.data.origins import short_name
from report.data.package import load
from report.rule import (Indicator, Options, Reading, Vantage, Variant, end_of, indicator, limb, reading,
                         so_far, vantage_of, variant)
from report.trace import Measure, measure, measures, only, percent_of, total

DEPENDENCE, UNUSED = "C10.dependence", "C10.unused"
TRADE = "China's share of trade"  # one fact, whoever computes it: all rest on what China reports of its trade
SCOPE = {"with": "with trade between the Koreas", "without": "without trade between the Koreas",
         "unstated": "scope not stated"}
COUNTING = {"strict": ("yes",), "disputed": ("yes", "disputed"), "all": ("yes", "disputed", "inferred")}
# makers that this chapter names by their letters
NAMES = {"crs": "CRS", "cnn": "CNN", "nyt": "NYT"}


@dataclass(frozen=True)
class Dependence:
    """China's share of what the North gets, by one measure, with what it is called and who made it."""

    name: str
    label: str
    share: Measure
    origin: str
    definition: str = "default"
    note: str = ""
    variants: tuple[Variant, ...] = ()
    votes_as: str | None = None


def c10() -> list[Reading | Indicator]:
    """Return the readings of dependence at both vantages, one for each nuclear test and for each other
    occasion, and the free aid.
    """
    return [*(_reading(one, v) for v in ("then", "now") for one in dependences(v)), *unused(),
            *outside_tests(), *free_aid()]


def dependences(vantage: str) -> list[Dependence]:
    """Return China's share in trade and in what it supplies, by every measure the
    tables allow at a vantage.
    """
    if vantage == "now":
        return _trade_shares(vantage) + _oil_reported()
    return [*_trade_shares(vantage), _partners_by_cow(), *_oil_recorded(), _food_aid(), _humanitarian_aid(),
            _arms()]


def _reading(one: Dependence, vantage: str) -> Reading:
    return reading(DEPENDENCE, vantage, name=one.name, label=one.label, measure=one.share, origin=one.origin,
                   definition=one.definition, note=one.note, variants=one.variants, votes_as=one.votes_as)


# Trade

def _trade_shares(vantage: str) -> list[Dependence]:
    """Return the latest share of all trade that each compiler prints, with and without
    trade between the Koreas.
    """
    since = limb(DEPENDENCE).whole("trade_since")
    first, last = (since, years_recent("then")[1]) if vantage == "then" else years_recent("now")
    rows = load("trade/china_share").query("flow == 'total' and preferred and @first <= year <= @last")
    rows = rows[rows["crude"] != "dropped"].sort_values("year", kind="stable")
    return [_trade_share(group.tail(1)) for _, group in rows.groupby(["origin", "inter_korean"])]


def _trade_share(rows: pd.DataFrame) -> Dependence:
    one = rows.iloc[0]
    origin, scope = one["origin"], one["inter_korean"]
    return Dependence(f"trade-{origin.replace('+', '-and-')}-{scope}",
                      f"Trade by {NAMES.get(origin) or short_name(origin)}, {SCOPE[scope]}, {one['year']}",
                      only(rows, "share"), origin, f"trade-{scope}",
                      "" if pd.isna(one["note"]) else one["note"], votes_as=TRADE)


def _partners_by_cow() -> Dependence:
    shares = cow_share()["value"]
    year = int(shares.index.max())
    return Dependence("trade-cow", f"Trade by {short_name('cow')}, {SCOPE['without']}, {year}",
                      shares[year].given(period=str(year)), "cow", "trade-without", votes_as=TRADE)


# Oil

def _oil_recorded() -> list[Dependence]:
    """Return China's share of the oil of 2016, crude counted: on record, and with Russia's undeclared."""
    russia, year = sellers_with_russia("asan"), years_of_crude()[0]
    return [Dependence("products", "Oil on record, 2016", supply_with("2016"), "knoc", "oil",
                       variants=(_part("Recorded products alone", products_2016()),
                                 _part(f"Recorded crude alone, {year}", crude_against_all_sellers(year)))),
            Dependence("oil-russia", "Oil with Russia's undeclared products, 2016",
                       with_crude(russia), "asan", "oil-with-russia",
                       variants=(_part("Products alone", with_crude(russia, "none")),))]


def _oil_reported() -> list[Dependence]:
    """Return China's share of oil, crude counted: as both sellers reported products, and as tankers were
    seen.
    """
    year = year_reported()
    return [Dependence("oil-reported", f"Oil, products as reported to the UN, {year}",
                       supply_with(year), "un-1718", "oil",
                       variants=(_part("Products alone", products_reported(year)),)),
            Dependence("oil-observed", "Oil, China's reports against Russian tankers seen, 2024",
                       supply_with("2024"), "open-source-centre", "oil-observed",
                       variants=(_part("Products alone", products_observed_2024()),))]


def _part(label: str, share: Measure) -> Variant:
    return variant(DEPENDENCE, label=label, measure=share)


# Aid and arms

def _food_aid() -> Dependence:
    """Return China's share in the last year in which the register has an entry of China.

    It does not report to the register, so a blank there is no proof that nothing came.
    """
    entries = load("lifelines/food_aid_interfais").query("donor == 'China' and value_kt > 0")
    last = int(entries["year"].max())
    before = {int(year): food_aid_share(int(year)) for year in limb(DEPENDENCE).listed("food_aid_before")}
    others = tuple(variant(DEPENDENCE, label=f"{year}: {share:.0f} percent", measure=share)
                   for year, share in before.items())
    return Dependence("food-aid", f"Food aid, INTERFAIS, {last}", food_aid_share(last), "wfp-interfais",
                      "food-aid",
                      variants=others)


def _humanitarian_aid() -> Dependence:
    china = load("lifelines/humanitarian_aid_donors").query("donor == 'China, Government of'").sort_values(
        "year").tail(1)
    year = int(china["year"].iloc[0])
    every = load("lifelines/humanitarian_aid_totals").query(
        "year == @year and source_id == 'fts_ahmet_totals'")
    whole = only(every, "value_musd")
    ours = (only(china, "value_usd") / 1e6).given(unit=whole.unit)
    return Dependence("humanitarian-aid", f"Humanitarian funding reported to the United Nations, {year}",
                      percent_of(ours, whole), "ocha-fts", "humanitarian-aid")


def _arms() -> Dependence:
    last = years_recent("then")[1]
    many = limb(DEPENDENCE).whole("arms_window")
    first = last - many + 1
    rows = load("alliance/arms_transfers").query("recipient == 'North Korea' and @first <= year <= @last")
    every = total(measures(rows, "tiv"))
    china = measure(rows, float(rows.loc[rows["supplier"] == "China", "tiv"].sum()), unit=every.unit)
    return Dependence("arms", f"Major arms, {counted(many, 'year')} to {last}",
                      percent_of(china, every).given(period=str(last)),
                      "sipri", "arms")


# Used or not

def unused() -> list[Reading]:
    """Return a reading for each test: *then* if it fell before the cutoff, *now* if
    its window ended after it.
    """
    tests = nuclear_tests()
    then = [_unused(int(t), Vantage.THEN) for t in so_far(tests, Vantage.THEN)["test"]]
    return then + [_unused(int(t), Vantage.NOW) for t in tests["test"]
                   if vantage_of(window_end(int(t))) is Vantage.NOW]


def outside_tests() -> list[Reading | Indicator]:
    """Return the other occasions on which oil or food was at stake: those on which it was cut or refused
    vote; what is said in passing, or inferred from empty records, is shown.
    """
    rows = load("alliance/leverage_outside_tests")
    told = rows["answer"].isin(_decided())
    return ([_occasion(part) for _, part in rows[told].groupby(["answer", rows["date"].str[:4]], sort=False)]
            + [_undecided(rows.loc[[address]]) for address in rows.index[~told]])


def _decided() -> dict[str, bool]:
    """Return the answers that say whether leverage was left unused, and whether it was."""
    part = limb(UNUSED)
    return {part.setting("answer_cut"): False, part.setting("answer_refused"): True}


def _occasion(rows: pd.DataFrame) -> Reading:
    """Return an occasion, in whose year there may be more than one record of it."""
    first = rows.iloc[0]
    return reading(UNUSED, "then", name=f"occasion-{first['date'][:4]}", origin=first["origin"],
                   label=_dated(first), measure=measure(rows, _decided()[first["answer"]]),
                   period=(first["date"], rows["date"].iloc[-1]), definition=f"occasion-{first['date'][:4]}",
                   note=". ".join(rows["detail"]) + ".")


def _undecided(rows: pd.DataFrame) -> Indicator:
    one = rows.iloc[0]
    return indicator("C10", "then", name=f"outside-tests-{one['date'][:4]}", period=one["date"],
                     measure=measure(rows, one["answer"]), label=_dated(one), note=f"{one['detail']}.")


def _dated(occasion: pd.Series) -> str:
    """Return an occasion as a label: what was at stake, and the year."""
    return f"{occasion['what'][0].upper()}{occasion['what'][1:]}, {occasion['date'][:4]}"


def _unused(test: int, vantage: str) -> Reading:
    rows, start = measures_after(test, vantage), tested_on(test)
    own = rows[(rows["beyond_un"] == limb(UNUSED).setting("beyond_un")) & (rows["cut"] != "neither")]
    end = min(window_end(test), end_of(vantage))
    found = "; ".join(f"{r.measure} ({r.actor})" for r in own.itertuples()) or "no such measure on record"
    searched = pd.concat([nuclear_tests().query("test == @test"), rows])
    return reading(UNUSED, vantage, name=f"test-{test}", label=f"Test {test}, {start:%B %Y}: {found}",
                   measure=measure(searched, own.empty), period=(f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"),
                   definition=f"test-{test}",
                   origin=own["origin"].iloc[0] if len(own) else "reports_searched",
                   variants=_if_counted(rows), note=_window_note(own, (end - start).days))


def _if_counted(rows: pd.DataFrame) -> list[Variant]:
    """Return what would follow if disputed or merely inferred measures counted."""
    return [variant(UNUSED, label=f"If {m['measure']} counted ({m['beyond_un']})",
                    measure=measure(rows.loc[[a]], False))
            for a, m in rows.iterrows() if m["beyond_un"] in ("disputed", "inferred")]


def _window_note(own: pd.DataFrame, days: int) -> str:
    said = " ".join(own["note"].dropna()) if len(own) else "Quiet measures leave no trace in reports."
    return said if days == window() else f"{said} Only the {days} days to the cutoff are counted."


def unused_options() -> Options:
    """Return for each test, and each rule of what counts as beyond the resolutions,
    whether leverage lay unused.
    """
    return {(str(t), rule): _by_rule(int(t), rule) for t in nuclear_tests()["test"] for rule in COUNTING}


def _by_rule(test: int, rule: str) -> Variant:
    rows = measures_after(test, "now")
    own = rows[rows["beyond_un"].isin(COUNTING[rule]) & (rows["cut"] != "neither")]
    rests = own if len(own) else rows if len(rows) else nuclear_tests().query("test == @test")
    return variant(UNUSED, label=f"Test {test}", measure=measure(rests, float(len(own))), met=own.empty)


def dependence_shares() -> pd.DataFrame:
    """Return China's share by every measure of dependence at both vantages."""
    return pd.DataFrame([{"measure": one.label, "short": _shortened(one.label), "share": one.share,
                          "vantage": v}
                         for v in ("then", "now") for one in dependences(v)])


SHORTER = {"without trade between the Koreas": "without the South",
           "with trade between the Koreas": "with the South",
           "International Trade Centre": "ITC", "Ministry of Unification": "Seoul",
           "the United Nations": "the UN",
           "Humanitarian funding reported": "Relief money reported"}


def _shortened(label: str) -> str:
    for long, short in SHORTER.items():
        label = label.replace(long, short)
    return label
