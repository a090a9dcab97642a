"""Readings of C31 to C37 and C44: what China did about THAAD, to whom, who said so, and what stood in South
Korea.

The numbers of the article go back to one briefing of 9 January 2017, so a reading here is an account, a
record or a statement, and its origin is who spoke. Whether it meets a criterion in words is coded in the
tables, with the rule in the description of the column. What China did to South Korean companies is read
company by company.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from argument.thaad.c31_rage import c31
from argument.thaad.c44_wording import wording
from argument.thaad.event_study import spells
from argument.thaad.series import ban_effect, ban_in_percent, ban_interval, day_of_decision
from report.data.package import load, remembered
from report.data.table import SEPARATOR
from report.dates import in_words
from report.rule import (Indicator, Options, Reading, Variant, both, end_of, indicator, limb, reading, seen,
                         variant)
from report.trace import Measure, coded, days_of, measure, measures, only

__all__ = ["c31", "c32", "c33", "c34", "c35", "c36", "c37", "c44", "tour_ban_options"]


def _visible(claim_id: str, rows: pd.DataFrame, vantage: str) -> pd.DataFrame:
    """Return the rows that a claim may see from a vantage, in the order of their dates."""
    return seen(claim_id, rows.sort_values("date", kind="stable"), vantage)


# What a reader can choose

OF_SPELLS = {"order": ", the year after the order", "then": ", decision to article", "later": ""}


def choice() -> dict[str, dict[str, str]]:
    """Return what a reader can choose of the effect of the tour ban: the controls, and the months."""
    groups = load("thaad/control_groups")
    return {"Compared with": dict(zip(groups["key"], groups["told"], strict=True)),
            "Months": {spell: " to ".join(map(in_words, spells()[spell])) + words
                       for spell, words in OF_SPELLS.items()}}


@remembered
def tour_ban_options() -> Options:
    """Return the effect for each control group and span of months; met where the whole interval is a fall."""
    groups = load("thaad/control_groups")
    return {(key, spell): _option(group, key, spell)
            for group, key in zip(groups["group"], groups["key"], strict=True) for spell in spells()}


def _option(group: str, key: str, spell: str) -> Variant:
    change, (low, high) = ban_in_percent(group, spell), ban_interval(group, spell)
    certain = 100 * ban_effect(group, spell).coverage
    return Variant(label=f"{change:.0f} percent, {low:.0f} to {high:.0f} ({certain:.0f} percent interval)",
                   value=round(float(change), 6), met=bool(high < 0), rows=change.rows,
                   sources=change.sources,
                   key=f"{key}-{spell}")


# C32 and C33: cancelled exchanges, unanswered contacts

ACCOUNTS = {"rok-military-official": "An official of the military, 8 and 9 January 2017",
            "rok-ministry-november": "A ministry source, November 2016",
            "yonhap-tv": "Yonhap News TV, January 2017: requests of South Korea's embassy"}
INSIDERS, BRIEFING = "JoongAng Ilbo, insiders", "JoongAng Ilbo, official"
NOVEMBER = "Ministry source, November 2016"


def account(name: str) -> pd.DataFrame:
    """Return one account of cancelled exchanges and unanswered contacts, by its short name."""
    return load("thaad/military_accounts").query("account == @name")


def _until_said(rows: pd.DataFrame, vantage: str = "now") -> tuple[str, str]:
    """Return the time that an account speaks of: from the decision to its own day, as far as a vantage sees.
    """
    return day_of_decision(), min(rows["date"].max(), f"{end_of(vantage):%Y-%m-%d}")


def c32() -> list[Reading | Indicator]:
    """Return how many exchanges each account counts, whether they were talks, and
    whether China alone cancelled.
    """
    official, november = account("YTN"), account(NOVEMBER)
    floors = [variant("C32.count", label=label, measure=only(account(name), "count")) for name, label in (
        (INSIDERS, "At least seven, JoongAng Ilbo in English, 8 January, with much the same list"),
        ("Yonhap", "At least seven, Yonhap on 10 January, who counted not said"))]
    votes = [_count(official, floors), _word("C32.talks", official, "counts_talks", _items_note()),
             _word("C32.actor", official, "china_alone"), _word("C32.actor", november, "china_alone")]
    part = indicator("C32", "then", name="high-level-talks", label=ACCOUNTS[november["origin"].iloc[0]],
                     measure=only(november, "count"), unit="items", period=_until_said(november))
    return [*(r for vote in votes for r in both(vote)), part]


def _count(row: pd.DataFrame, variants: Iterable[Variant] = ()) -> Reading:
    origin = row["origin"].iloc[0]
    return reading("C32.count", "then", name=f"count-{origin}", label=ACCOUNTS[origin],
                   measure=only(row, "count"), period=_until_said(row), variants=variants)


def _word(limb: str, row: pd.DataFrame, column: str, note: str = "") -> Reading:
    origin, part = row["origin"].iloc[0], limb.split(".")[1]
    return reading(limb, "then", name=f"{part}-{origin}", label=ACCOUNTS[origin],
                   measure=coded(row, row[column].iloc[0]), period=_until_said(row), note=note)


def named_items() -> pd.Series:
    """Return how many of the items named as fallen away are of each kind."""
    return load("thaad/military_exchanges")["kind"].value_counts()


def _items_note() -> str:
    kinds = named_items()
    return (f"Of {kinds.sum()} items named in all, {kinds['talks']} are talks; others are visits, a forum, a "
            "port call.")


def c33() -> list[Reading | Indicator]:
    """Return who, apart from the briefing, says that contacts went unanswered, and how many each account
    names.

    The briefing is what the article retells, so it is no witness to itself. The embassy's requests vote
    there, though the claim is of the defence ministry; it names no number. The hotline by itself is no
    account of all contacts.
    """
    november, embassy = account(NOVEMBER), account("Yonhap News TV")
    printings, hotline = load("thaad/military_accounts").query("from_briefing"), account("Channel A")
    alone = [variant("C33.number", label=label, measure=contacts_counted(account(name)))
             for name, label in ((BRIEFING, "As JoongAng Ilbo printed it, the visit and the hotline"),
                                 ("YTN", "As YTN printed it, the visit and the dialogue, without the "
                                         "hotline"))]
    votes = [_witness(november), _witness(embassy), _unanswered(printings, alone), _unanswered(november)]
    rang = [indicator("C33", v, name="hotline", label="Calls on the hotline unanswered in the dispute, by "
                                                      "Channel A",
                      measure=only(hotline, "unanswered"), unit="calls", period=_until_said(hotline, v))
            for v in ("then", "now")]
    return [r for vote in votes for r in both(vote)] + rang


def _independent(row: pd.DataFrame) -> bool:
    """Say whether an account bears witness and is not the briefing."""
    return bool(row["bears_witness"].iloc[0] and not row["from_briefing"].iloc[0])


def _witness(row: pd.DataFrame) -> Reading:
    origin = row["origin"].iloc[0]
    return reading("C33.witness", "then", name=f"witness-{origin}", label=ACCOUNTS[origin],
                   measure=coded(row, _independent(row)), period=_until_said(row))


def contacts_named(accounts: pd.DataFrame) -> set[str]:
    """Return the contacts that accounts name as unanswered, each once."""
    return {contact for cell in accounts["contacts"].dropna() for contact in cell.split(SEPARATOR)}


def contacts_counted(accounts: pd.DataFrame) -> Measure:
    """Return how many contacts accounts name as unanswered between them."""
    return measure(accounts, len(contacts_named(accounts)), unit="contacts")


def _unanswered(rows: pd.DataFrame, variants: Iterable[Variant] = ()) -> Reading:
    origin = rows["origin"].iloc[0]
    return reading("C33.number", "then", name=f"number-{origin}", label=ACCOUNTS[origin],
                   measure=contacts_counted(rows), period=_until_said(rows), variants=variants)


# C34: companies

COMPANIES = {"conglomerates": "Samsung, Lotte and others, warned", "Lotte": "Lotte",
             "airlines": "Asiana, Jeju Air, Jin Air", "battery makers": "Samsung SDI, LG Chem",
             "cosmetics makers": "Aekyung, Iaso, CJ Lion"}


def c34() -> list[Reading]:
    """Return for each group of companies whether a measure aimed at it, or a warning, is dated by the
    vantage.
    """
    return [_company(g, v) for v in ("then", "now") for g in COMPANIES]


def _company(group: str, vantage: str) -> Reading:
    imposed = load("thaad/company_measures").query("companies == @group and change != 'lifted'")
    rows = _visible("C34", imposed, vantage)
    return reading("C34.measure", vantage, name=group.split()[0].lower(), label=COMPANIES[group],
                   period=days_of(rows),
                   measure=coded(rows, rows["aimed"].any()), origin=rows["origin"].iloc[0], definition=group)


# C35: entertainers

BLOCK = {"organisers": "Fan meeting in Beijing", "park-lee-seo": "Study of drama exports",
         "prc-culture-ministry": "Permits of the culture ministry",
         "ent-group": "Spoken order to broadcasters",
         "shanghai-bureau": "A permit in Shanghai", "joongang": "Korea JoongAng Daily, 2019",
         "nbc": "A performance, April 2025", "c9-entertainment": "A concert called off, May 2025",
         "rok-presidency": "South Korea's presidential office, 2026"}
SPEAKERS = {"prc-mfa": "Foreign ministry of China", "rok-lawmakers": "Wang Yi, as lawmakers retold him",
            "rok-mofa": "Wang Yi in Munich, as Seoul retold him"}


def c35() -> list[Reading | Indicator]:
    """Return the records of a block, the statements that would admit it, and world totals as indicators."""
    evidence: list[Reading | Indicator] = []
    for vantage in ("then", "now"):
        records = _visible("C35", load("thaad/culture_records"), vantage)
        evidence += [_block(vantage, o, rows) for o, rows in records.groupby("origin", sort=False)]
        spoken = _visible("C35", load("thaad/statements").query("about_culture"), vantage)
        evidence += [_admission(vantage, o, rows) for o, rows in spoken.groupby("origin", sort=False)]
    return evidence + _world_totals()


def _block(vantage: str, origin: str, rows: pd.DataFrame) -> Reading:
    used = rows
    if origin == "prc-culture-ministry":
        used = pd.concat([rows, load("thaad/concert_permits").query("origin == @origin")])
    return reading("C35.block", vantage, name=f"block-{origin}", label=BLOCK[origin], period=days_of(rows),
                   measure=coded(used, rows["shows_block"].all()), origin=origin,
                   note=_sentence(rows["note"].iloc[-1]))


def _admission(vantage: str, origin: str, rows: pd.DataFrame) -> Reading:
    last, earlier = rows.iloc[[-1]], rows.iloc[:-1]
    variants = [variant("C35.admission", label=f"{r['speaker']}, {r['date']}",
                        measure=coded(rows.loc[[i]], _admits(r)))
                for i, r in earlier.iterrows()]
    if origin == "rok-lawmakers":
        own = load("thaad/statements").query("date == '2017-01-06'")
        variants.append(variant("C35.admission", label="The ministry's own account of the talk, read in part",
                                measure=coded(own, _admits(own.iloc[0]))))
    return reading("C35.admission", vantage, name=f"admission-{origin}", label=SPEAKERS[origin],
                   measure=coded(last, _admits(last.iloc[0])), period=last["date"].iloc[0],
                   variants=variants,
                   speaker="official", note=_sentence(last["gist"].iloc[0]))


def _admits(statement: pd.Series) -> bool:
    """Say whether a statement, on the record, gives THAAD as the reason for a block on entertainers."""
    return bool(statement["on_record"] and statement["about_culture"] and statement["gives_thaad"])


def _sentence(text) -> str:
    return "" if pd.isna(text) else text[0].upper() + text[1:] + "."


def _world_totals() -> list[Indicator]:
    totals = load("thaad/culture_totals")
    content = totals.query("item == 'cultural content exports' and period_start == '2016'")
    balance = totals.query("item == 'audiovisual services balance'")
    years = measures(balance.query("period_start == period_end"), "value", by="period_start")
    first_half = balance.query("period_start == '2017-01'")
    return [indicator("C35", "then", name="content", label="Exports of cultural content to all the world, "
                                                           "2016 on 2015",
                      measure=only(content, "growth"), unit="percent change", period=("2015", "2016")),
            indicator("C35", "then", name="balance", label="Audiovisual balance with all the world, 2016 "
                                                           "less 2015",
                      measure=years["2016"] - years["2015"], unit="million US dollars",
                      period=("2015", "2016")),
            indicator("C35", "now", name="balance", label="Audiovisual balance with all the world, first "
                                                          "half of 2017",
                      measure=only(first_half, "growth"), unit="percent change",
                      period=("2016-01", "2017-06"))]


# C36, C37 and C44: a visit, a launch, a deployment

def c36() -> list[Reading]:
    """Return who has the US defence secretary in South Korea on the claim's day, and who has the message."""
    visits = load("thaad/visit_accounts")
    votes = [_visit(name, i, row) for name, column in (("date", "in_korea"), ("message", "message"))
             for i, row in visits[visits[column].notna()].iterrows()]
    return [r for vote in votes for r in both(vote)]


def _visit(name: str, address: str, row: pd.Series) -> Reading:
    column = {"date": "in_korea", "message": "message"}[name]
    told = measure(load("thaad/visit_accounts").loc[[address]], bool(row[column]))
    return reading(f"C36.{name}", "then", name=f"{name}-{row['origin']}", label=row["account"], measure=told,
                   period=limb("C36.date").setting("day"),
                   note=_sentence(row["note"]) if name == "message" else "")


def c37() -> list[Reading]:
    """Return the databases and accounts that list the launch of the claim's day."""
    return [r for vantage in ("then", "now") for r in (_database(vantage), *_launch_accounts(vantage))]


def _database(vantage: str) -> Reading:
    part = limb("C37.listed")
    tests = load("tests/missile_tests")
    return reading("C37.listed", vantage, name="cns", label="Missile test database of the CNS",
                   measure=coded(tests[tests["date_utc"] == part.setting("day_utc")], True),
                   period=part.setting("day"))


def _launch_accounts(vantage: str) -> list[Reading]:
    accounts, day = load("thaad/launch_accounts"), limb("C37.listed").setting("day")
    return [reading("C37.listed", vantage, name=row["origin"], label=row["account"], period=day,
                    measure=coded(accounts.loc[[i]], row["date_local"] == pd.Timestamp(day)),
                    note=_sentence(row["note"])) for i, row in accounts.iterrows()]


HOLDERS = {"us-defense": "US Department of Defense", "reuters": "Reuters",
           "rok-mnd": "South Korea's defence ministry",
           "sbs": "SBS, from a village camera", "yonhap": "Yonhap, March 2026",
           "residents": "Residents at the base, March 2026"}


def c44() -> list[Reading | Indicator]:
    """Return for each source whether the deployment was decided and whether parts were in South Korea, by
    its last report at the vantage.

    The claim is of the world as it is: an arrival reported in the year of the article says nothing of today.
    """
    reports, since = load("thaad/deployment_reports"), limb("C44.installed").setting("now_since")
    chosen = {"then": _visible("C44", reports, "then"), "now": reports[reports["date"] >= since]}
    made = [_deployed(part, v, o, rows.iloc[[-1]]) for part in ("decided", "installed")
            for v, seen_then in chosen.items() for o, rows in seen_then.groupby("origin", sort=False)]
    return [*made, wording()]


def _deployed(part: str, vantage: str, origin: str, row: pd.DataFrame) -> Reading:
    column = {"decided": "decided", "installed": "parts_in_korea"}[part]
    return reading(f"C44.{part}", vantage, name=f"{part}-{origin}", label=HOLDERS[origin],
                   period=row["date"].iloc[0], measure=coded(row, row[column].iloc[0]),
                   note=_sentence(row["report"].iloc[0]))
