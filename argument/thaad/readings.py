"""Readings of C31 to C37 and C44: what China did about THAAD, to whom, who said so, and what stood in South Korea.

The numbers of the article go back to one briefing of 9 January 2017, so a reading here is an account, a record or a
statement, and its origin is who spoke. Whether it meets a criterion in words is coded in the tables, with the rule in
the description of the column. What China did to South Korean companies is read company by company.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from argument.by_rows import indicator, reading, variant
from report.rule import Indicator, Reading, Variant, both
from report.data.package import SEPARATOR, load, package
from argument.thaad.c31_rage import c31

DECISION = "2016-07-08"
LAUNCH_UTC = "2017-02-11"  # 07:55 on 12 February in Korea was still the 11th by universal time


def by(vantage: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows dated by the vantage, in the order of their dates: by the cutoff, or all."""
    rows = rows.sort_values("date", kind="stable")
    if vantage == "now":
        return rows
    last_day = rows["date"].map(lambda d: d + {4: "-12-31", 7: "-31"}.get(len(d), ""))
    return rows[last_day <= package().cutoff.isoformat()]


def _span(rows: pd.DataFrame) -> tuple[str, str]:
    return rows["date"].iloc[0], rows["date"].iloc[-1]


# C32 and C33: cancelled exchanges, unanswered contacts

ACCOUNTS = {"rok-military-official": "An official of the military, 9 January 2017",
            "rok-government-insiders": "Government insiders, January 2017",
            "rok-ministry-november": "A ministry source, November 2016",
            "yonhap-tv": "Yonhap News TV, January 2017: requests of South Korea's embassy"}
INSIDERS, NOVEMBER, BRIEFING = "JoongAng Ilbo, insiders", "Ministry source, November 2016", "JoongAng Ilbo, official"


def account(name: str) -> pd.DataFrame:
    """Return one account of cancelled exchanges and unanswered contacts, by its short name."""
    return load("thaad/military_accounts").query("account == @name")


def _until_said(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the time that an account speaks of: from the decision to its own day."""
    return DECISION, rows["date"].max()


def c32() -> list[Reading]:
    """Return how many exchanges each account counts, whether they were talks, and whether China alone cancelled."""
    official, insiders, november = account("YTN"), account(INSIDERS), account(NOVEMBER)
    again = variant("C32.count", label="Yonhap a day later, the same floor, no origin named", rows=account("Yonhap"),
                    value=account("Yonhap")["count"].iloc[0])
    votes = [_count(official, note="Printed by YTN and JoongAng Ilbo. The ministry did not confirm a link to THAAD."),
             _count(insiders, (again,), note="At least seven joint military events, through The Straits Times."),
             _count(november, note="High-level talks alone: the ministers' meeting and the yearly dialogue."),
             *(_word("C32.talks", a, "counts_talks", _items_note()) for a in (official, insiders, november)),
             _word("C32.actor", official, "china_alone", "Cancelled by China alone, in the official's words."),
             _word("C32.actor", november, "china_alone",
                   "China let its invitation lapse, and Seoul had not asked for the visit.")]
    return [r for vote in votes for r in both(vote)]


def _count(row: pd.DataFrame, variants: tuple[Variant, ...] = (), note: str = "") -> Reading:
    origin = row["origin"].iloc[0]
    return reading("C32.count", "then", name=f"count-{origin}", label=ACCOUNTS[origin], rows=row,
                   period=_until_said(row), value=row["count"].iloc[0], variants=variants, note=note)


def _word(limb: str, row: pd.DataFrame, column: str, note: str) -> Reading:
    origin, part = row["origin"].iloc[0], limb.split(".")[1]
    return reading(limb, "then", name=f"{part}-{origin}", label=ACCOUNTS[origin], rows=row,
                   period=_until_said(row), met=bool(row[column].iloc[0]), note=note)


def named_items() -> pd.Series:
    """Return how many of the items named as fallen away are of each kind."""
    return load("thaad/military_exchanges")["kind"].value_counts()


def _items_note() -> str:
    kinds = named_items()
    return f"Of {kinds.sum()} items named in all, {kinds['talks']} are talks; others are visits, a forum, a port call."


def c33() -> list[Reading | Indicator]:
    """Return who, apart from the briefing, says that contacts went unanswered, and how many each account names.

    The criterion of the witness asks for independence of the briefing alone, so the embassy's votes there, though the
    claim is of the defence ministry; it names no number. The hotline by itself is no account of all contacts.
    """
    briefing, november, embassy = account(BRIEFING), account(NOVEMBER), account("Yonhap News TV")
    printings, hotline = load("thaad/military_accounts").query("from_briefing"), account("Channel A")
    alone = [variant("C33.number", label=label, rows=account(name), value=len(contacts_named(account(name))))
             for name, label in ((BRIEFING, "As JoongAng Ilbo printed it, the visit and the hotline"),
                                 ("YTN", "As YTN printed it, the visit and the dialogue, without the hotline"))]
    votes = [_witness(briefing, note="It is the briefing."),
             _witness(november, note="Two months before the briefing, but of the same ministry."),
             _witness(embassy, note="Requests of the ambassador and other officials, not of the defence ministry."),
             _unanswered(printings, alone, note="The minister's visit, the yearly dialogue and the hotline, in two "
                                                "printings; the hotline's one call on record came before the decision."),
             _unanswered(november, note="The proposal to hold the yearly dialogue in Seoul.")]
    rang = [indicator("C33", v, name="hotline", label="Calls on the hotline unanswered in the dispute, by Channel A",
                      rows=hotline, value=hotline["unanswered"].iloc[0], unit="calls", period=_until_said(hotline),
                      note="It rang on neither side; the call of January 2016 that went unanswered came before the "
                           "decision.") for v in ("then", "now")]
    return [r for vote in votes for r in both(vote)] + rang


def _independent(row: pd.DataFrame) -> bool:
    """Say whether an account bears witness and is not the briefing."""
    return bool(row["bears_witness"].iloc[0] and not row["from_briefing"].iloc[0])


def _witness(row: pd.DataFrame, note: str = "") -> Reading:
    origin = row["origin"].iloc[0]
    return reading("C33.witness", "then", name=f"witness-{origin}", label=ACCOUNTS[origin], rows=row,
                   period=_until_said(row), met=_independent(row), note=note)


def contacts_named(accounts: pd.DataFrame) -> set[str]:
    """Return the contacts that accounts name as unanswered, each once."""
    return {contact for cell in accounts["contacts"].dropna() for contact in cell.split(SEPARATOR)}


def _unanswered(rows: pd.DataFrame, variants: Iterable[Variant] = (), note: str = "") -> Reading:
    origin = rows["origin"].iloc[0]
    return reading("C33.number", "then", name=f"number-{origin}", label=ACCOUNTS[origin], rows=rows,
                   period=_until_said(rows), value=len(contacts_named(rows)), variants=variants, note=note)


# C34: companies

COMPANIES = {"Lotte": "Lotte", "airlines": "Asiana, Jeju Air, Jin Air", "battery makers": "Samsung SDI, LG Chem",
             "cosmetics makers": "Aekyung, Iaso, CJ Lion"}


def c34() -> list[Reading]:
    """Return for each group of companies whether a measure aimed at it is dated by the vantage."""
    return [_company(g, v) for v in ("then", "now") for g in COMPANIES]


def _company(group: str, vantage: str) -> Reading:
    rows = by(vantage, load("thaad/company_measures").query("companies == @group and change == 'imposed'"))
    return reading("C34.measure", vantage, name=group.split()[0].lower(), label=COMPANIES[group], rows=rows,
                   period=_span(rows), met=bool(rows["aimed"].any()), origin=rows["origin"].iloc[0], definition=group,
                   note=COMPANY_NOTES[group, vantage])


PAPERS = "Missing papers; makers of other countries were on the list too, the largest Korean ones not."
COMPANY_NOTES = {
    ("Lotte", "then"): "Inspections from 29 November 2016, a building site stopped; no store shut before the article.",
    ("Lotte", "now"): "Its stores were shut from March 2017, and tours resumed without it. Lifted in part in 2019.",
    ("airlines", "then"): "Refused as a group, which the ministry called unheard of; no reason was given.",
    ("airlines", "now"): "Some charter flights were allowed from July 2017.",
    ("battery makers", "then"): "Certification was refused in June 2016, before the decision; home makers gain too.",
    ("battery makers", "now"): "Back on the list in December 2019. Home makers gained too.",
    ("cosmetics makers", "then"): PAPERS,
    ("cosmetics makers", "now"): PAPERS,
}


# C35: entertainers

BLOCK = {"organisers": "Fan meeting in Beijing", "park-lee-seo": "Study of drama exports",
         "prc-culture-ministry": "Permits of the culture ministry", "ent-group": "Spoken order to broadcasters",
         "shanghai-bureau": "A permit in Shanghai", "korea-joongang-daily": "Korea JoongAng Daily, 2019",
         "nbc": "A performance, April 2025", "c9-entertainment": "A concert called off, May 2025",
         "rok-presidency": "South Korea's presidential office, 2026"}
SPEAKERS = {"prc-mfa": "Foreign ministry of China", "rok-lawmakers": "Wang Yi, as lawmakers retold him",
            "rok-mofa": "Wang Yi in Munich, as Seoul retold him"}


def c35() -> list[Reading | Indicator]:
    """Return the records of a block, the statements that would admit it, and world totals as indicators."""
    evidence: list[Reading | Indicator] = []
    for vantage in ("then", "now"):
        records = by(vantage, load("thaad/culture_records"))
        evidence += [_block(vantage, o, rows) for o, rows in records.groupby("origin", sort=False)]
        spoken = by(vantage, load("thaad/statements").query("about_culture"))
        evidence += [_admission(vantage, o, rows) for o, rows in spoken.groupby("origin", sort=False)]
    return evidence + _world_totals()


def _block(vantage: str, origin: str, rows: pd.DataFrame) -> Reading:
    used = rows
    if origin == "prc-culture-ministry":
        used = pd.concat([rows, load("thaad/concert_permits").query("origin == @origin")])
    return reading("C35.block", vantage, name=f"block-{origin}", label=BLOCK[origin], rows=used, period=_span(rows),
                   origin=origin, met=bool(rows["shows_block"].all()), note=_sentence(rows["note"].iloc[-1]))


def _admission(vantage: str, origin: str, rows: pd.DataFrame) -> Reading:
    last, earlier = rows.iloc[[-1]], rows.iloc[:-1]
    variants = [variant("C35.admission", label=f"{r['speaker']}, {r['date']}", rows=rows.loc[[i]], met=_admits(r))
                for i, r in earlier.iterrows()]
    if origin == "rok-lawmakers":
        own = load("thaad/statements").query("date == '2017-01-06'")
        variants.append(variant("C35.admission", label="The ministry's own account of the talk, read in part", rows=own,
                                met=_admits(own.iloc[0])))
    return reading("C35.admission", vantage, name=f"admission-{origin}", label=SPEAKERS[origin], rows=last,
                   period=last["date"].iloc[0], met=_admits(last.iloc[0]), variants=variants, speaker="official",
                   note=_sentence(last["gist"].iloc[0]))


def _admits(statement: pd.Series) -> bool:
    """Say whether a statement, on the record, gives THAAD as the reason for a block on entertainers."""
    return bool(statement["on_record"] and statement["about_culture"] and statement["gives_thaad"])


def _sentence(text) -> str:
    return "" if pd.isna(text) else text[0].upper() + text[1:] + "."


def _world_totals() -> list[Indicator]:
    totals = load("thaad/culture_totals")
    content = totals.query("item == 'cultural content exports' and period_start == '2016'")
    balance = totals.query("item == 'audiovisual services balance'")
    years = balance.query("period_start in ('2015', '2016') and period_end in ('2015', '2016')")
    first_half = balance.query("period_start == '2017-01'")
    return [indicator("C35", "then", name="content", label="Exports of cultural content to all the world, 2016 on 2015",
                      rows=content, value=content["growth"].iloc[0], unit="percent change", period=("2015", "2016"),
                      note="A world total cannot show the block of one market; it rose."),
            indicator("C35", "then", name="balance", label="Audiovisual balance with all the world, 2016 less 2015",
                      rows=years, value=years["value"].iloc[1] - years["value"].iloc[0], unit="million US dollars",
                      period=("2015", "2016"), note="A world total cannot show the block of one market; it rose."),
            indicator("C35", "now", name="balance", label="Audiovisual balance with all the world, first half of 2017",
                      rows=first_half, value=first_half["growth"].iloc[0], unit="percent change",
                      period=("2016-01", "2017-06"), note="On the first half of 2016. A world total.")]


# C36, C37 and C44: a visit, a launch, a deployment

def c36() -> list[Reading]:
    """Return who has the US defence secretary in South Korea on 2 February 2017, and who has the message."""
    visits = load("thaad/visit_accounts")
    votes = [_visit(limb, i, row) for limb, column in (("date", "in_korea"), ("message", "message"))
             for i, row in visits[visits[column].notna()].iterrows()]
    return [r for vote in votes for r in both(vote)]


def _visit(limb: str, address: str, row: pd.Series) -> Reading:
    column = {"date": "in_korea", "message": "message"}[limb]
    return reading(f"C36.{limb}", "then", name=f"{limb}-{row['origin']}", label=row["account"], period="2017-02-02",
                   rows=load("thaad/visit_accounts").loc[[address]], met=bool(row[column]),
                   note=_sentence(row["note"]) if limb == "message" else "")


def c37() -> list[Reading]:
    """Return the databases and accounts that list the launch of 12 February 2017."""
    tests = load("tests/missile_tests").query("date_utc == @LAUNCH_UTC")
    accounts = load("thaad/launch_accounts")
    return [r for vantage in ("then", "now") for r in (
        reading("C37.listed", vantage, name="cns", label="Missile test database of the CNS", rows=tests,
                period="2017-02-12", met=not tests.empty, note="On the 11th by universal time, the 12th in Korea."),
        *(reading("C37.listed", vantage, name=row["origin"], label=row["account"], rows=accounts.loc[[i]],
                  period="2017-02-12", met=row["date_local"] == pd.Timestamp("2017-02-12"), note=_sentence(row["note"]))
          for i, row in accounts.iterrows()))]


HOLDERS = {"us-defense": "US Department of Defense", "reuters": "Reuters", "rok-mnd": "South Korea's defence ministry",
           "sbs": "SBS, from a village camera", "yonhap": "Yonhap, March 2026",
           "residents": "Residents at the base, March 2026"}
PRESENT = "2018"  # the claim is of the world as it is: an arrival reported in 2017 says nothing of today


def c44() -> list[Reading]:
    """Return for each source whether parts of the system were in South Korea, by its last report at the vantage."""
    reports = load("thaad/deployment_reports")
    pairs = [("then", by("then", reports)), ("now", reports[reports["date"] >= PRESENT])]
    return [_parts(v, o, rows.iloc[[-1]]) for v, chosen in pairs for o, rows in chosen.groupby("origin", sort=False)]


def _parts(vantage: str, origin: str, row: pd.DataFrame) -> Reading:
    return reading("C44.installed", vantage, name=origin, label=HOLDERS[origin], rows=row, period=row["date"].iloc[0],
                   met=bool(row["parts_in_korea"].iloc[0]), note=_sentence(row["report"].iloc[0]))


CLAIMS = {"C31": c31, "C32": c32, "C33": c33, "C34": c34, "C35": c35, "C36": c36, "C37": c37, "C44": c44}
