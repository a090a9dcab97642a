"""Readings of C25 to C30: the nuclear tests, the answers of the Security Council, food aid, supplies.

C26, C27 and the missiles of C30 have modules of their own. Days between test and resolution run from the day
of the test in Korea to the day of the vote in New York; by New York's calendar each is one day longer, so
that no comparison changes.
"""

from __future__ import annotations

import pandas as pd

from argument.tests.c26_bond import c26
from argument.tests.c27_food_aid import c27
from argument.tests.c30_missiles import launchers, missile_goods
from argument.tests.series import (acts_on_record, acts_told, answers, chemical_share, chinese_listings,
                                   drafts_backed, linked_to_china, nuclear_supply, sanctions_drafts,
                                   violation_counts, year_of_un_list)
from argument.voices.series import bearing
from report.data.origins import short_name
from report.data.package import load
from report.rule import VANTAGES, Indicator, Reading, both, indicator, limb, reading, seen, variant
from report.trace import count, measure, median, only

__all__ = ["c25", "c26", "c27", "c28", "c29", "c30"]


# C28: how slowly, and by whose doing

WHOM = {"China": "names China", "Russia": "names Russia, not China", "both sides": "names both sides",
        "nobody": "denies it"}
SPEAKERS = {"prc-mfa": "China's foreign minister"}  # the ministry's origin, where it was he who spoke


def c28() -> list[Reading | Indicator]:
    """Return the readings of the delay of the resolution after the test of January 2016, and China's denial.
    """
    answered, claimed = answers().set_index("test"), limb("C28.slower").whole("test")
    accounts = load("tests/delay_accounts")
    votes = [_slower(answered.loc[claimed], answered.loc[earlier]) for earlier in range(1, claimed)]
    accused = accounts["origin"] == limb("C28.held-up").setting("no_vote_of")
    votes += [_held_up(accounts.loc[[address]]) for address in accounts.index[~accused]]
    return [r for vote in votes for r in both(vote)] + [_denied(accounts.loc[[a]])
                                                        for a in accounts.index[accused]]


def _slower(this: pd.Series, that: pd.Series) -> Reading:
    draft = load("tests/china_actions").query("act == 'draft of 2270'")
    days_to_draft = (pd.Timestamp(draft["date"].iloc[0]) - this["test_date"]).days
    to_draft = measure(draft, days_to_draft, unit="days").resting_on(this["days"])
    return reading("C28.slower", "then", name=f"after-test-{that.name}", measure=this["days"],
                   against=that["days"], definition=f"test-{that.name}",
                   label=f"Days to resolution 2270, against those after the test of {that['test_date']:%Y}",
                   period=(f"{that['test_date']:%Y-%m-%d}", f"{this['vote_date']:%Y-%m-%d}"),
                   variants=[variant("C28.slower", label="To the draft agreed by China and the United States",
                                     measure=to_draft, against=that["days"], key="draft")])


def _held_up(rows: pd.DataFrame) -> Reading:
    account = rows.iloc[0]
    origin, remark = account["origin"], "" if pd.isna(account["note"]) else f". {account['note']}"
    return reading("C28.held-up", "then", name=origin.replace("_", "-"), measure=only(rows, "names_china"),
                   label=f"{SPEAKERS.get(origin) or short_name(origin)}: {WHOM[account['held_up_by']]}",
                   period=f"{account['date']:%Y-%m-%d}", note=account["says"] + remark)


def _denied(rows: pd.DataFrame) -> Indicator:
    account = rows.iloc[0]
    return indicator("C28", "then", name=f"denied-{account['origin']}", measure=only(rows, "names_china"),
                     label=f"{SPEAKERS[account['origin']]}: {WHOM[account['held_up_by']]}",
                     period=f"{account['date']:%Y-%m-%d}", note=account["says"])


# C29: who supplied what

def c29() -> list[Reading | Indicator]:
    """Return the readings of the investigations into nuclear goods for the North, one for each and limb."""
    made: list[Reading | Indicator] = []
    for vantage in VANTAGES:
        found = nuclear_supply(vantage)
        for address in found.index:
            made.append(_supplied(vantage, found.loc[[address]]))
        made += [_several(vantage, found), _left_out(vantage, found)]
    return made


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    """Return the investigations that show a supply of what serves nuclear work."""
    standing = limb("C29.supplied").setting("supply")
    return found[(found["supply"] == standing) & found["nuclear_usable"].astype(bool)]


def _supplied(vantage: str, rows: pd.DataFrame) -> Reading:
    one, least = rows.iloc[0], limb("C29.supplied").number("groups")
    named = bool(len(_shown(rows)) and one["named_groups"] >= least)
    return reading("C29.supplied", vantage, name=f"{one['investigation_id'].replace('_', '-')}-supplied",
                   label=f"{one['investigator']}, {one['date'][:4]}", measure=measure(rows, named),
                   note=f"{one['supplier']}: {one['goods']}")


def _several(vantage: str, found: pd.DataFrame) -> Reading:
    """Return whether the investigations name more than one supplier between them."""
    suppliers = sorted(set(_shown(found)["supplier"]))
    enough = len(suppliers) >= limb("C29.several").number("groups")
    return reading("C29.several", vantage, name="several", origin="report", measure=measure(found, enough),
                   label=f"Groups named by the investigations together: {'; '.join(suppliers)}")


def _left_out(vantage: str, read: pd.DataFrame) -> Indicator:
    """Return the other investigations, which do not speak to the claim: missiles, finance, purchases."""
    found = seen("C29", load("tests/investigations"), vantage)
    others = found[~found.index.isin(read.index)]
    mining = " a mining venture," if others["category"].str.contains("mining").any() else ""
    return indicator("C29", vantage, name="other-investigations",
                     measure=count(others, unit="investigations"),
                     label="Other investigations, into missile goods, finance,"
                           f"{mining} or purchases from the North",
                     origin="report", period=_first_and_last(others["date"]))


# C25: whether the friendship hinders an answer

def c25() -> list[Indicator]:
    """Return what informs the judgement that the friendship hinders an effective answer."""
    made = [make(vantage) for vantage in VANTAGES for make in (_supported, _days, _voices)]
    made += [_acts(vantage) for vantage in VANTAGES]
    coal = load("tests/after_bans").query("goods == 'coal' and unit == 'million tonnes'")
    made += [_quantity("then", "coal-2016", coal.query("start == '2016'"),
                       "Coal that China bought openly in 2016"),
             _quantity("now", "coal-2019", coal.query("measure == 'moved on to Chinese barges'"),
                       "Coal moved on to Chinese barges in 2019, under the ban")]
    return [*made, _over_cap(), _wording()]


def _first_and_last(dates: pd.Series) -> tuple[str, str]:
    """Return the first and last of days, months and years as they are written."""
    return dates.min(), dates.max()


def _days_of(days: pd.Series) -> tuple[str, str]:
    return f"{days.min():%Y-%m-%d}", f"{days.max():%Y-%m-%d}"


def _supported(vantage: str) -> Indicator:
    drafts = seen("C25", sanctions_drafts(), vantage)
    share = measure(drafts, 100 * (drafts["vote_china"] == "yes").mean(), unit="percent")
    return indicator("C25", vantage, name="drafts-supported", measure=share, period=_days_of(drafts["date"]),
                     label="Sanctions drafts put to the vote that China voted for",
                     note=f"{drafts_backed(vantage)}; drafts that never came to a vote are not seen.")


def _days(vantage: str) -> Indicator:
    answered = seen("C25", answers(), vantage, "vote_date")
    least, most = min(answered["days"]), max(answered["days"])
    return indicator("C25", vantage, name="days-to-answer", measure=median(answered["days"]),
                     label="Days from a nuclear test to the resolution, middle value",
                     note=f"From {least} to {most}." if len(answered) > 1 else "One test alone.")


def _acts(vantage: str) -> Indicator:
    acts, told = acts_on_record(vantage), acts_told(vantage)
    balance = (acts["direction"] == "tightens").sum() - (acts["direction"] == "shields").sum()
    return indicator("C25", vantage, name="acts", measure=measure(acts, int(balance), unit="acts"),
                     label="Chinese acts on record that tighten, less those that shield",
                     origin="report", period=_first_and_last(acts["date"]),
                     note=f"{told}. Votes in the Council are among them; the rest was gathered by hand.")


def _voices(vantage: str) -> Indicator:
    said = bearing("C25", vantage)
    stances = said.groupby("origin")["c25"].agg(set)
    agree, disagree = (sum(side in stance for stance in stances) for side in ("for", "against"))
    return indicator("C25", vantage, name="voices", measure=measure(said, agree, unit="voices"),
                     label="Voices that say the friendship hinders an answer", origin="report",
                     period=_first_and_last(said["date"]),
                     note=f"{disagree} on record against, each voice once. No sample: no shares.")


def _quantity(vantage: str, name: str, rows: pd.DataFrame, label: str) -> Indicator:
    return indicator("C25", vantage, name=name, label=label, measure=only(rows, "value"),
                     note=rows["note"].iloc[0])


def _over_cap() -> Indicator:
    sold = load("tests/after_bans").query("goods == 'refined petroleum' and start == '2018'")
    cap = load("tests/caps").query("resolution == 'S/RES/2397' and goods == 'refined petroleum'")
    times = only(sold, "value") / only(cap, "value")
    return indicator("C25", "now", name="over-cap", measure=times, unit="times the cap", period="2018",
                     label="Refined petroleum of 2018 by US estimate, times the cap of the Council",
                     origin="us_treasury")


def _wording() -> Indicator:
    said = load("tests/denuclearisation_wording")
    last = said[said["wording"] == "mentions"]["date"].max()
    later, last_said = said[said["date"] > last], said[said["date"] == last]
    return indicator("C25", "now", name="wording", origin="report", period=_first_and_last(later["date"]),
                     measure=count(later, unit="occasions").resting_on(last_said),
                     label="Occasions since the last mention that left denuclearisation out",
                     note=f"Last mention read: {last}. Picked by hand.")


# C30: whether to cut the supply is one of the best things China could do

def c30() -> list[Indicator]:
    """Return what informs the judgement that the supply from China matters most."""
    made = [make(vantage) for vantage in VANTAGES
            for make in (_us_listed, _un_listed, _bought, missile_goods, launchers)]
    made += [_listing_share(who) for who in ("US", "UN")]
    return [*made, *map(_chemicals, load("tests/dual_use_chemicals")["group"].unique()), _named()]


def _us_listed(vantage: str) -> Indicator:
    listed = seen("C30", chinese_listings(), vantage, "designated")
    return indicator("C30", vantage, name="us-listings",
                     label="Chinese and Hong Kong persons and firms on the US list",
                     measure=count(listed, unit="entries"), period=_first_and_last(listed["designated"]))


def _un_listed(vantage: str) -> Indicator:
    listed = seen("C30", load("tests/un_listings"), vantage, "listed")
    return indicator("C30", vantage, name="un-listings",
                     measure=count(linked_to_china(listed), unit="entries"),
                     label="Entries with an address in China or Hong Kong on the UN list",
                     period=_days_of(listed["listed"]),
                     note=f"Of {len(listed)} entries that were still there in {year_of_un_list()}.")


def _bought(vantage: str) -> Indicator:
    cases = seen("C30", load("tests/procurement_cases").query("field == 'nuclear'"), vantage)
    with_china = measure(cases, int((cases["china"] != "not named").sum()), unit="cases")
    made_in = ", ".join(cases["made_in"].dropna())
    return indicator("C30", vantage, name="nuclear-cases",
                     label="Nuclear purchases read in which China has a part", measure=with_china,
                     origin="report", period=_first_and_last(cases["date"]),
                     note=f"Of {len(cases)}; the goods came from {made_in}. A selection: no shares.")


def _listing_share(who: str) -> Indicator:
    shares = load("tests/network_shares")
    rows = shares[shares["what"].str.startswith(f"{who} listings")]
    return indicator("C30", "then", name=f"{who.lower()}-listing-share", label=rows["what"].iloc[0],
                     measure=only(rows, "share", unit="percent"))


def _chemicals(group: str) -> Indicator:
    return indicator("C30", "now", name=group.replace(" ", "-"), measure=chemical_share(group),
                     label=f"China in reported sales of {group} of weapons relevance")


def _named() -> Indicator:
    counts = violation_counts()
    return indicator("C30", "now", name="states-named", label="States and territories named in breaches",
                     measure=only(counts[counts["end"] == counts["end"].max()], "states",
                                  unit="states and territories"))
