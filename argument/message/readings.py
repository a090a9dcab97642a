"""Readings of C01 and C02: the message of November 2016, and whether any initiative could get Chinese support.

C03, how close the two countries are, is in ``closeness``.
"""

from __future__ import annotations

import pandas as pd

from argument.by_rows import reading, variant
from report.rule import Indicator, Reading, both
from report.data.package import load, package
from argument.message.c03_closeness import c03

SERIES = "Munich Security Conference"
PUT_TO_VOTE = ("sanctions", "human rights, procedural")  # a renewal of the Panel of Experts asks nothing new
SANCTIONS_BEGIN = "2006"
GIVEN_UP = ("dropped", "softened")
VERBS = {"yes": "voted for", "no": "voted against", "abstain": "abstained on"}


# C01: the message

def c01() -> list[Reading]:
    """Return the readings of occasion and message: one for each account that reports a message."""
    accounts = load("message/munich_message")
    telling, silent = accounts[accounts["reports_message"]], accounts[~accounts["reports_message"]]
    told = [telling.loc[[address]] for address in telling.index]
    return [r for account in told for vote in (_occasion(account, silent), _strength(account)) for r in both(vote)]


def _occasion(account: pd.DataFrame, silent: pd.DataFrame) -> Reading:
    one = account.iloc[0]
    return reading("C01.occasion", "then", name=f"occasion-{one['origin']}", rows=account, period=one["date"],
                   label=f"{one['account']}: in {one['place']}", met=one["series"].startswith(SERIES),
                   variants=[_same_meeting(silent.loc[[a]]) for a in silent.index],
                   note=f"A {one['series']} in {one['place']}, not the conference in Munich, which meets in February.")


def _same_meeting(account: pd.DataFrame):
    """Return an account of the meeting that does not tell of the message: it fixes place and days, no more."""
    one = account.iloc[0]
    days = f"{one['meeting_starts']:%d} and {one['meeting_ends']:%d %B %Y}".lstrip("0").replace("and 0", "and ")
    return variant("C01.occasion", label=f"{one['account']}: {one['place']}, {days}; no message in the part read",
                   rows=account, met=True)


def _strength(account: pd.DataFrame) -> Reading:
    one = account.iloc[0]
    return reading("C01.message", "then", name=f"message-{one['origin']}", label=f"{one['account']}: {one['quote']}",
                   rows=account, period=one["date"], met=one["strength"] == "as strong",
                   note=f"{one['on_north_korea']}. Read in part: the words of the article were not in it.")


# C02: what China let pass

def c02() -> list[Reading]:
    """Return a reading for every vote since sanctions began, and one for every draft from which a part was taken."""
    drafts = load("message/council_drafts")
    return [_vote(a, r) for a, r in votes().iterrows()] + [_taken_out(a, r) for a, r in drafts.iterrows()]


def votes() -> pd.DataFrame:
    """Return the votes of the Security Council on a new burden or on debating human rights, where China's was read."""
    rows = load("tests/unsc_votes")
    return rows[rows["kind"].isin(PUT_TO_VOTE) & rows["vote_china"].notna() & (rows["date"] >= SANCTIONS_BEGIN)]


def _vantage(day: pd.Timestamp) -> str:
    return "then" if day.date() <= package().cutoff else "now"


def _slug(item: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in item.lower()).split()
    return "-".join(w for w in words if w not in ("the", "on"))


def _vote(address: str, vote: pd.Series) -> Reading:
    rows, day = load("tests/unsc_votes").loc[[address]], f"{vote['date']:%Y-%m-%d}"
    name = f"{_slug(vote['item'])}-{vote['date']:%Y}"
    return reading("C02.opposed", _vantage(vote["date"]), name=name, rows=rows, period=day,
                   label=f"{vote['item']} ({vote['date']:%Y}): China {VERBS[vote['vote_china']]} it",
                   met=vote["vote_china"] == "no", definition=f"vote-{name}", note=_what_passed(vote))


def _what_passed(vote: pd.Series) -> str:
    if vote["vote_china"] == "abstain":
        return "An abstention withholds support but stops nothing, so it is not counted as opposition."
    return "" if pd.isna(vote["measures"]) else vote["measures"]


def _taken_out(address: str, draft: pd.Series) -> Reading:
    rows = load("message/council_drafts").loc[[address]]
    name = f"draft-{_slug(draft['item'])}"
    return reading("C02.opposed", _vantage(draft["date"]), name=name, rows=rows, met=draft["fate"] in GIVEN_UP,
                   label=f"First draft of {draft['item']}: {draft['part']}", period=f"{draft['date']:%Y-%m-%d}",
                   definition=name,
                   note=f"{draft['fate'].capitalize()} because of {draft['at_whose_wish']}; China voted for the rest.")


CLAIMS: dict[str, object] = {"C01": c01, "C02": c02, "C03": c03}
