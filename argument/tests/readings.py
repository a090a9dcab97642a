"""Readings of C25 to C30: the nuclear tests, the answers of the Security Council, food aid, supplies.

C26 and C27 have modules of their own. Days between test and resolution run from the day of the test in Korea to the day
of the vote in New York; by New York's calendar each is one day longer, so that no comparison changes.
"""

from __future__ import annotations

import pandas as pd

from argument.by_rows import indicator, reading, variant
from report.rule import Indicator, Reading, both
from report.data.package import load, package
from argument.tests.c26_bond import c26
from argument.tests.c27_food_aid import c27
from argument.tests.series import answers, chemical_share, china_votes, chinese_listings, last_day

CLAIMED_TEST = 4  # of January 2016
LATER = pd.Timestamp("2018-01-01")  # "now" looks at the years since the sixth test


# C28: how slowly, and by whose doing

def c28() -> list[Reading]:
    """Return the readings of the delay of the resolution after the test of January 2016."""
    days = answers().set_index("test")
    votes = [_slower(days, earlier) for earlier in range(1, CLAIMED_TEST)]
    votes += [_held_up(address, account) for address, account in load("tests/delay_accounts").iterrows()]
    return [r for vote in votes for r in both(vote)]


def _slower(days: pd.DataFrame, earlier: int) -> Reading:
    this, that = days.loc[CLAIMED_TEST], days.loc[earlier]
    votes = load("tests/unsc_votes").loc[[that["row"], this["row"]]]
    draft = load("tests/china_actions").query("act == 'draft of 2270'")
    to_draft = (pd.Timestamp(draft["date"].iloc[0]) - this["test_date"]).days
    return reading("C28.slower", "then", name=f"after-test-{earlier}", rows=votes, value=this["days"],
                   against=that["days"], definition=f"test-{earlier}",
                   label=f"Days to resolution 2270, against those after the test of {that['test_date']:%Y}",
                   period=(f"{that['test_date']:%Y-%m-%d}", f"{this['vote_date']:%Y-%m-%d}"),
                   variants=(variant("C28.slower", label="To the draft agreed by China and the United States",
                                     value=to_draft, against=that["days"], rows=pd.concat([draft, votes]),
                                     key="draft"),),
                   note="From the day of the test in Korea to the vote in New York; one day more on both sides by the "
                        "calendar of New York.")


def _held_up(address: str, account: pd.Series) -> Reading:
    rows = load("tests/delay_accounts").loc[[address]]
    return reading("C28.held-up", "then", name=account["origin"].replace("_", "-"), rows=rows,
                   label=f"{NAMES[account['origin']]}: {WHOM[account['held_up_by']]}",
                   met=bool(account["names_china"]), period=f"{account['date']:%Y-%m-%d}",
                   note=account["says"] + (f". {account['note']}" if isinstance(account["note"], str) else ""))


NAMES = {"afp": "AFP", "ap": "Associated Press", "asahi": "Asahi Shimbun", "yonhap": "Yonhap",
         "reuters": "Reuters", "security_council_report": "Security Council Report",
         "prc-mfa": "China's foreign minister"}
WHOM = {"China": "names China", "Russia": "names Russia, not China", "both sides": "names both sides",
        "nobody": "denies it"}


# C29: who supplied what

def nuclear_supply(until: pd.Timestamp) -> pd.DataFrame:
    """Return the investigations to a day into nuclear goods that went to the North."""
    found = load("tests/investigations")
    known = last_day(found["date"]) <= until
    return found[known & found["category"].str.startswith("nuclear") & (found["direction"] == "to the North")]


def c29() -> list[Reading | Indicator]:
    """Return the readings of the investigations into nuclear goods for the North, one for each and limb."""
    made: list[Reading | Indicator] = []
    for vantage, until in (("then", package().cutoff), ("now", package().as_of)):
        found = nuclear_supply(pd.Timestamp(until))
        for address, one in found.iterrows():
            made += _investigated(vantage, found.loc[[address]], one)
        made.append(_left_out(vantage, pd.Timestamp(until), found))
    return made


def _investigated(vantage: str, rows: pd.DataFrame, one: pd.Series) -> list[Reading]:
    supplied = one["supply"] == "shown" and bool(one["nuclear_usable"]) and one["named_groups"] >= 1
    name, period = one["investigation_id"].replace("_", "-"), str(one["date"])
    what = f"{one['supplier']}: {one['goods']}"
    return [reading("C29.supplied", vantage, name=f"{name}-supplied", rows=rows, met=bool(supplied), period=period,
                    label=f"{one['investigator']}, {one['date'][:4]}", note=what),
            reading("C29.several", vantage, name=f"{name}-several", rows=rows, period=period, note=what,
                    label=f"{one['investigator']}, {one['date'][:4]}: groups named",
                    met=bool(supplied and one["named_groups"] > 1))]


def _left_out(vantage: str, until: pd.Timestamp, read: pd.DataFrame) -> Indicator:
    """Return the other investigations: missiles, finance, purchases from the North. They do not speak to the claim."""
    found = load("tests/investigations")
    others = found[last_day(found["date"]).le(until) & ~found.index.isin(read.index)]
    mining = " a mining venture," if others["category"].str.contains("mining").any() else ""
    return indicator("C29", vantage, name="other-investigations", value=len(others), unit="investigations", rows=others,
                     label=f"Other investigations, into missile goods, finance,{mining} or purchases from the North",
                     origin="report", period=(others["date"].min(), others["date"].max()),
                     note="They neither bear the claim out nor contradict it, so they have no vote.")


# C25: whether the friendship hinders an answer

def c25() -> list[Indicator]:
    """Return what informs the judgement that the friendship hinders an effective answer."""
    cutoff, today = pd.Timestamp(package().cutoff), pd.Timestamp(package().as_of)
    made = [make(v, end) for v, end in (("then", cutoff), ("now", today)) for make in (_supported, _days, _voices)]
    made += [_acts("then", pd.Timestamp("2006-01-01"), cutoff), _acts("now", LATER, today)]
    coal = load("tests/after_bans").query("goods == 'coal' and unit == 'million tonnes'")
    made += [_quantity("then", "coal-2016", coal.query("start == '2016'"), "Coal that China bought openly in 2016"),
             _quantity("now", "coal-2019", coal.query("measure == 'moved on to Chinese barges'"),
                       "Coal moved on to Chinese barges in 2019, under the ban")]
    return made + [_over_cap(), _wording()]


def _days_of(days: pd.Series) -> tuple[str, str]:
    return f"{days.min():%Y-%m-%d}", f"{days.max():%Y-%m-%d}"


def _supported(vantage: str, end: pd.Timestamp) -> Indicator:
    votes = china_votes().query("date <= @end")
    supported = votes["vote_china"] == "yes"
    return indicator("C25", vantage, name="drafts-supported", rows=votes, value=100 * supported.mean(), unit="percent",
                     label="Sanctions drafts put to the vote that China voted for", period=_days_of(votes["date"]),
                     note=f"{supported.sum()} of {len(votes)}; drafts that never came to a vote are not seen.")


def _days(vantage: str, end: pd.Timestamp) -> Indicator:
    days = answers().query("vote_date <= @end")
    return indicator("C25", vantage, name="days-to-answer", rows=load("tests/unsc_votes").loc[days["row"]],
                     label="Days from a nuclear test to the resolution, middle value", value=days["days"].median(),
                     unit="days", period=_days_of(pd.concat([days["test_date"], days["vote_date"]])),
                     note=f"From {days['days'].min()} to {days['days'].max()}.")


def _acts(vantage: str, start: pd.Timestamp, end: pd.Timestamp) -> Indicator:
    acts = load("tests/china_actions")
    acts = acts[last_day(acts["date"]).between(start, end)]
    tightens, shields = ((acts["direction"] == d).sum() for d in ("tightens", "shields"))
    return indicator("C25", vantage, name="acts", label="Chinese acts on record that tighten, less those that shield",
                     rows=acts, value=int(tightens - shields), unit="acts", origin="report",
                     period=(acts["date"].min(), acts["date"].max()),
                     note=f"{tightens} tighten and {shields} shield. Votes in the Council are among them; the rest was gathered "
                          "by hand.")


def _voices(vantage: str, end: pd.Timestamp) -> Indicator:
    said = load("voices/statements").dropna(subset=["c25"])
    days, cutoff = last_day(said["date"]), pd.Timestamp(package().cutoff)
    said = said[(days <= end) & ((days <= cutoff) if vantage == "then" else (days > cutoff))]
    stance = said.groupby("origin")["c25"].agg(set)
    sides = {side: sum(side in s for s in stance) for side in ("for", "against")}
    return indicator("C25", vantage, name="voices", label="Voices that say the friendship hinders an answer", rows=said,
                     value=sides["for"], unit="voices", origin="report",
                     period=(said["date"].min(), said["date"].max()),
                     note=f"{sides['against']} on record against, each voice once. No sample: no shares.")


def _quantity(vantage: str, name: str, rows: pd.DataFrame, label: str) -> Indicator:
    row = rows.iloc[0]
    return indicator("C25", vantage, name=name, label=label, rows=rows, value=row["value"], unit=row["unit"],
                     period=(row["start"], row["end"]), note=row["note"])


def _over_cap() -> Indicator:
    sold = load("tests/after_bans").query("goods == 'refined petroleum' and start == '2018'")
    cap = load("tests/caps").query("resolution == 'S/RES/2397' and goods == 'refined petroleum'")
    return indicator("C25", "now", name="over-cap", rows=pd.concat([sold, cap]), unit="times the cap", period="2018",
                     label="Refined petroleum of 2018 by US estimate, times the cap of the Council",
                     value=sold["value"].iloc[0] / cap["value"].iloc[0], origin="us_treasury",
                     note="If the tankers were fully laden; suppliers not named.")


def _wording() -> Indicator:
    said = load("tests/denuclearisation_wording")
    last = said[said["wording"] == "mentions"]["date"].max()
    later = said[said["date"] > last]
    return indicator("C25", "now", name="wording", rows=later, value=len(later), unit="occasions", origin="report",
                     label="Occasions since the last mention that left denuclearisation out",
                     period=(later["date"].min(), later["date"].max()),
                     note=f"Last mention read: {last}. Picked by hand.")


# C30: whether to cut the supply is one of the best things China could do

GROUPS = ("inorganic chemicals", "organic chemicals", "plant and equipment")


def c30() -> list[Indicator]:
    """Return what informs the judgement that the supply from China matters most."""
    cutoff, today = pd.Timestamp(package().cutoff), pd.Timestamp(package().as_of)
    made = [make(v, end) for v, end in (("then", cutoff), ("now", today)) for make in (_us_listed, _un_listed, _bought)]
    made += [_listing_share(who) for who in ("US", "UN")]
    return made + [_chemicals(group) for group in GROUPS] + [_named()]


def _us_listed(vantage: str, end: pd.Timestamp) -> Indicator:
    listed = chinese_listings(end)
    return indicator("C30", vantage, name="us-listings", label="Chinese and Hong Kong persons and firms on the US list",
                     rows=listed, value=len(listed), unit="entries",
                     period=(listed["designated"].min(), listed["designated"].max()),
                     note="Those that could be dated, a floor.")


def _un_listed(vantage: str, end: pd.Timestamp) -> Indicator:
    listed = load("tests/un_listings").query("listed <= @end")
    linked = listed[listed["china_link"] == "address in China or Hong Kong"]
    return indicator("C30", vantage, name="un-listings", rows=linked, value=len(linked), unit="entries",
                     label="Entries with an address in China or Hong Kong on the UN list",
                     period=_days_of(listed["listed"]),
                     note=f"Of {len(listed)} entries that were still there in 2024.")


def _bought(vantage: str, end: pd.Timestamp) -> Indicator:
    cases = load("tests/procurement_cases").query("field == 'nuclear'")
    cases = cases[last_day(cases["date"]) <= end]
    with_china = (cases["china"] != "not named").sum()
    made_in = ", ".join(cases["made_in"].dropna())
    return indicator("C30", vantage, name="nuclear-cases", label="Nuclear purchases read in which China has a part",
                     rows=cases, value=int(with_china), unit="cases", origin="report",
                     period=(cases["date"].min(), cases["date"].max()),
                     note=f"Of {len(cases)}; the goods came from {made_in}. A selection: no shares.")


def _listing_share(who: str) -> Indicator:
    shares = load("tests/network_shares")
    rows = shares[shares["what"].str.startswith(f"{who} listings")]
    return indicator("C30", "then", name=f"{who.lower()}-listing-share", label=rows["what"].iloc[0], rows=rows,
                     value=rows["share"].iloc[0], unit="percent", period="2016")


def _chemicals(group: str) -> Indicator:
    value, rows = chemical_share(group)
    return indicator("C30", "now", name=group.replace(" ", "-"), rows=rows, value=value, unit="percent",
                     label=f"China in reported sales of {group} of weapons relevance", period=("2015", "2024"),
                     note="Relevant to chemical, not nuclear weapons; figures that are doubted are left out.")


def _named() -> Indicator:
    counts = load("tests/violation_counts").query("named == 'in violations'")
    last = counts[counts["end"] == counts["end"].max()]
    return indicator("C30", "now", name="states-named", label="States and territories named in breaches", rows=last,
                     value=int(last["states"].iloc[0]), unit="states and territories",
                     period=(last["start"].iloc[0], last["end"].iloc[0]),
                     note="Through the Panel of Experts; China and Hong Kong are among them. "
                          "To be named is not to be guilty.")


CLAIMS = {"C25": c25, "C26": c26, "C27": c27, "C28": c28, "C29": c29, "C30": c30}
