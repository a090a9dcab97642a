"""Readings of C01 and C02: the message of November 2016, and whether any initiative could get Chinese
support.

C03, how close the two countries are, is in ``c03_closeness``.
"""

from __future__ import annotations

import pandas as pd

from argument.message.c02_beside_the_votes import beside_the_votes
from argument.message.c03_closeness import c03
from argument.message.series import votes
from report.data.package import load
from report.rule import Indicator, Reading, Variant, both, limb, reading, vantage_of, variant
from report.trace import measure

__all__ = ["c01", "c02", "c03"]

VERBS = {"yes": "voted for", "no": "voted against", "abstain": "abstained on"}


# C01: the message

def c01() -> list[Reading]:
    """Return the readings of occasion and message: one for each account that reports a message."""
    accounts = load("message/munich_message")
    telling, silent = accounts[accounts["reports_message"]], accounts[~accounts["reports_message"]]
    told = [telling.loc[[address]] for address in telling.index]
    return [r for account in told for vote in (_occasion(account, silent), _strength(account))
            for r in both(vote)]


def _occasion(account: pd.DataFrame, silent: pd.DataFrame) -> Reading:
    one = account.iloc[0]
    there = one["series"].startswith(limb("C01.occasion").setting("series"))
    return reading("C01.occasion", "then", name=f"occasion-{one['origin']}",
                   measure=measure(account, bool(there)),
                   period=one["date"], label=f"{one['account']}: in {one['place']}",
                   variants=[_same_meeting(silent.loc[[a]]) for a in silent.index],
                   note=f"A {one['series']} in {one['place']}, not the conference in Munich, which meets in "
                        "February.")


def _same_meeting(account: pd.DataFrame) -> Variant:
    """Return an account of the meeting that does not tell of the message: it fixes
    place and days, no more.
    """
    one = account.iloc[0]
    days = f"{one['meeting_starts']:%d} and {one['meeting_ends']:%d %B %Y}".lstrip("0")
    days = days.replace("and 0", "and ")
    dated = pd.notna(one["meeting_starts"]) and pd.notna(one["meeting_ends"])
    return variant("C01.occasion",
                   label=f"{one['account']}: {one['place']}, {days}; no message in the part read",
                   measure=measure(account, bool(dated)))


def _strength(account: pd.DataFrame) -> Reading:
    one = account.iloc[0]
    return reading("C01.message", "then", name=f"message-{one['origin']}",
                   label=f"{one['account']}: {one['quote']}",
                   measure=measure(account, bool(one["strength"] == "as strong")), period=one["date"],
                   note=f"{one['on_north_korea']}. Read in part: the words of the article were not in it.")


# C02: what China let pass

def c02() -> list[Reading | Indicator]:
    """Return a reading for every vote since sanctions began and one for every draft
    from which a part was taken, and what lies beside the votes as indicators.
    """
    cast = [_vote(f"C02.{name}", a, r) for name in ("weapons", "regime")
            for a, r in votes(f"C02.{name}").iterrows()]
    return [*cast, _talks(), *(_taken_out(a, r) for a, r in load("message/council_drafts").iterrows()),
            *beside_the_votes()]


def _talks() -> Reading:
    """Return the talks in Beijing as the one act that they are: China called them and was host."""
    sessions = load("message/talks")
    hosted = (sessions["host"] == "China").all()
    return reading("C02.weapons", "then", name="talks", measure=measure(sessions, not hosted),
                   period=(sessions["date_start"].iloc[0], sessions["date_start"].iloc[-1]),
                   origin="report", label="Talks of three and of six on the programme, with China as host",
                   note=f"{len(sessions)} sessions; the North left in April 2009.")


def _named(item: str) -> str:
    """Return an item of the Council as words of an id."""
    words = "".join(c if c.isalnum() else " " for c in item.lower()).split()
    return "-".join(w for w in words if w not in ("the", "on"))


def _vote(part: str, address: str, vote: pd.Series) -> Reading:
    name = f"{_named(vote['item'])}-{vote['date']:%Y}"
    against = measure(load("tests/unsc_votes").loc[[address]], bool(vote["vote_china"] == "no"))
    return reading(part, vantage_of(vote["date"]), name=name, measure=against,
                   period=f"{vote['date']:%Y-%m-%d}",
                   label=f"{vote['item']} ({vote['date']:%Y}): China {VERBS[vote['vote_china']]} it",
                   definition=f"vote-{name}", note=_what_passed(vote))


def _what_passed(vote: pd.Series) -> str:
    if vote["vote_china"] == "abstain":
        return "An abstention withholds support but stops nothing, so it is not counted as opposition."
    return "" if pd.isna(vote["measures"]) else vote["measures"]


def _taken_out(address: str, draft: pd.Series) -> Reading:
    name, part = f"draft-{_named(draft['item'])}", limb("C02.regime")
    given_up = draft["fate"] in (part.setting("given_up"), part.setting("also_given_up"))
    return reading("C02.regime", vantage_of(draft["date"]), name=name, definition=name,
                   measure=measure(load("message/council_drafts").loc[[address]], given_up),
                   label=f"First draft of {draft['item']}: {draft['part']}",
                   period=f"{draft['date']:%Y-%m-%d}",
                   note=f"{draft['fate'].capitalize()} because of {draft['at_whose_wish']}; China voted for "
                        "the rest.")
