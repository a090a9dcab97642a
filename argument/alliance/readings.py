"""Readings of C04 to C08: the pact, the ideology behind it, the war it is traced to, and the buffer.

Texts are judged by what they say and when they were in force; datasets by what they record. C09 and C10, the
use of the tie and the leverage in it, are in ``c09_instruments`` and ``c10_leverage``.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from argument.alliance.c07_command import combined_command
from argument.alliance.c09_instruments import c09
from argument.alliance.c10_leverage import c10
from argument.alliance.series import (CODES, TEXTS, chinese_dead, each_row, in_force, latest_era,
                                      latest_troops, mao_era, named, places, pledges)
from argument.message.c03_closeness import c03
from argument.verdict.series import arms_share
from argument.voices.readings import voice_readings
from report.data.package import load
from report.prose import formatted
from report.rule import (Indicator, Reading, Variant, both, indicator, last_whole_year, limb, reading, seen,
                         variant)
from report.trace import Measure, coded, measure, only

__all__ = ["c04", "c05", "c06", "c07", "c08", "c09", "c10"]


def hyphened(origin: str) -> str:
    """Return an origin as words of an id."""
    return origin.replace("_", "-")


# C04: pact and ideology

def c04() -> list[Reading]:
    """Return whether datasets and texts have a defence pact in force, and whether founding
    texts name the doctrine.
    """
    return [r for v in ("then", "now") for r in (_pact_in_data(v), *_pact_in_texts(v), *_doctrine_named(v))]


def _pact_in_data(vantage: str) -> Reading:
    rows = pledges("CHN", "PRK")
    last = last_whole_year() if vantage == "then" else int(rows["year"].max())
    first, war = limb("C04.pact").whole("since"), limb("C04.pact").whole("since_war")
    since = {y: set(range(y, last + 1)) <= set(rows["year"]) for y in (first, war)}
    from_war = variant("C04.pact", label=f"Counted from the war, {war}", measure=coded(rows, since[war]))
    return reading("C04.pact", vantage, name="atop", label=f"ATOP, every year from {first} to {last}",
                   measure=coded(rows[rows["year"] <= last], since[first]), period=(str(first), str(last)),
                   variants=[from_war], note=f"The first year with a pledge is {rows['year'].min()}, the "
                                             f"last of the dataset {rows['year'].max()}.")


def _pact_in_texts(vantage: str) -> list[Reading]:
    said = load("alliance/pact_statements").query("question == 'in force' and defence_pact != 'open'")
    return [_pact_text("C04.pact", vantage, rows) for _, rows in each_row(seen("C04", said, vantage))]


def _pact_text(part: str, vantage: str, rows: pd.DataFrame) -> Reading:
    said = rows.iloc[0]
    return reading(part, vantage, name=hyphened(said["origin"]),
                   label=f"{said['speaker']}, {said['date'][:4]}",
                   measure=coded(rows, said["defence_pact"] == "yes"), period=said["date"],
                   speaker=said["group"],
                   note=_with_remark(said))


def _with_remark(row: pd.Series) -> str:
    return row["paraphrase"] if pd.isna(row["note"]) else f"{row['paraphrase']}. {row['note']}"


def _doctrine_named(vantage: str) -> list[Reading]:
    return [reading("C04.ideology", vantage, name=hyphened(t["origin"]),
                    label=f"{TEXTS[t['text']]}, {t['adopted'][:4]}",
                    measure=coded(rows, named(t["place"])), period=t["adopted"], note=_worded(t))
            for t, rows in each_row(in_force(vantage))]


def _worded(text: pd.Series) -> str:
    place = f"Marxism-Leninism is {text['place']}: {text['wording']}."
    return place if pd.isna(text["note"]) else f"{place} {text['note']}"


# C05: alike until the 1970s

def c05() -> list[Reading | Indicator]:
    """Return texts and datasets on whether both were ruled by Marxist-Leninist parties by 1970."""
    votes = [_listed_communist(), _treaty_preamble(), _both_charters(),
             *_accounts("alike by 1970", "C05.alike", "then")]
    return [r for v in votes for r in both(v)] + [*_polemics(), *(_freedom(s) for s in ("CHN", "PRK"))]


def _listed_communist() -> Reading:
    by = limb("C05.alike").whole("by")
    regimes = load("alliance/communist_regimes")
    rows = regimes[regimes["ccode"].isin(CODES) & (regimes["year"] <= by)]
    listed = rows.groupby("year")["ccode"].nunique()
    both_years = listed[listed == 2]
    return reading("C05.alike", "then", name="kailitz", label="Kailitz: both listed as communist ideocracies",
                   measure=coded(rows, both_years.index.max() == by),
                   period=(str(both_years.index.min()), str(by)))


def _treaty_preamble() -> Reading:
    rows = load("alliance/ideology_texts").query("kind == 'treaty'")
    return reading("C05.alike", "then", name="treaty", label="Treaty of 1961, preamble",
                   measure=coded(rows, named(rows["place"].iloc[0])), period=rows["adopted"].iloc[0])


def _both_charters() -> Reading:
    end = f"{limb('C05.alike').setting('by')}-12-31"
    rows = load("alliance/ideology_texts").query("kind == 'party charter' and adopted <= @end")
    in_both = set(rows["state"]) == {"CHN", "PRK"} and rows["place"].map(named).all()
    return reading("C05.alike", "then", name="charters", label="Charters of both parties, 1969 and 1970",
                   measure=coded(rows, in_both), origin="party_charters",
                   period=(rows["adopted"].min(), rows["adopted"].max()))


def _accounts(question: str, part: str, vantage: str) -> list[Reading]:
    rows = load("alliance/ideology_accounts").query("question == @question")
    rows = seen(part.split(".")[0], rows, vantage)
    return [reading(part, vantage, name=hyphened(a["origin"]), label=f"{a['account']}, {a['date'][:4]}",
                    measure=coded(one, a["answer"] == "yes"), period=a["date"], note=_with_remark(a))
            for a, one in each_row(rows)]


def _polemics() -> list[Indicator]:
    """Return what was shouted across the border, which classes neither regime."""
    rows = load("alliance/ideology_accounts").query("question == 'polemic'")
    return [indicator("C05", "then", name=hyphened(a["origin"]), label=f"{a['account']}, {a['date'][:4]}",
                      measure=measure(one, a["paraphrase"]), period=a["date"], note=_with_remark(a))
            for a, one in each_row(rows)]


def _freedom(state: str) -> Indicator:
    by = limb("C05.alike").whole("by")
    rows = load("alliance/regime_scores").query("state == @state and year == @by")
    name = {"CHN": "China", "PRK": "North Korea"}[state]
    return indicator("C05", "then", name=f"freedom-{state.lower()}", measure=only(rows, "liberal_democracy"),
                     period=str(by), label=f"Liberal democracy index of {name}, {by}",
                     unit="index from 0 to 1")


# C06: less ideology, still close

def c06() -> list[Reading]:
    """Return whether texts and measures leave ideology less room than under Mao, and the readings of C03."""
    return [r for v in ("then", "now") for r in (*_charters_then_and_later(v), _arms_by_regime(v),
            *_accounts("less room than under Mao", "C06.less-ideology", v))] + _closeness()


def _charters_then_and_later(vantage: str) -> list[Reading]:
    texts = load("alliance/ideology_texts")
    mao_died = limb("C06.less-ideology").setting("mao_died")
    early = texts[texts["adopted"] < mao_died].drop_duplicates("text", keep="last")
    return [_less_room(early[early["text"] == t["text"]], later, vantage)
            for t, later in each_row(in_force(vantage)) if t["text"] in set(early["text"])]


def _less_room(early: pd.DataFrame, later: pd.DataFrame, vantage: str) -> Reading:
    """Return whether a later wording gives Marxism-Leninism a lesser place than the one of Mao's time."""
    before, after = early.iloc[0], later.iloc[0]
    steps = f"{before['place']} in {before['adopted'][:4]}, {after['place']} in {after['adopted'][:4]}"
    room = places()
    less = room.index(after["place"]) < room.index(before["place"])
    return reading("C06.less-ideology", vantage, name=hyphened(after["origin"]),
                   measure=coded(pd.concat([early, later]), less), label=f"{TEXTS[after['text']]}: {steps}",
                   period=(before["adopted"], after["adopted"]), note=_worded(after))


def _arms_by_regime(vantage: str) -> Reading:
    sent = load("alliance/arms_transfers").query("supplier == 'China'")
    last = last_whole_year() if vantage == "then" else int(sent["year"].max())
    (first, _), (mao_first, mao_last) = latest_era(last), mao_era()
    mao, lately = arms_share("China", mao_first, mao_last), arms_share("China", first, last)
    rests = lately.resting_on(mao, load("alliance/communist_regimes"))
    return reading("C06.less-ideology", vantage, name="arms", period=(str(mao_first), str(last)),
                   origin="sipri",
                   measure=Measure(bool(lately < mao), None, None, rests.rows),
                   label=f"China's arms to communist states: {mao:.0f} percent to {mao_last}, {lately:.1f} "
                         f"in {first}-{last}")


def _closeness() -> list[Reading]:
    return [reading("C06.still-close", r.vantage, name=f"still-{hyphened(r.definition)}", label=r.label,
                    period=r.period, measure=Measure(r.met, None, r.period, r.rows), origin=r.origin,
                    definition=r.definition,
                    note=f"Reading {r.id}.{f' {r.note}' if r.note else ''}")
            for r in c03() if isinstance(r, Reading)]


# C07: the war and the commitment

def c07() -> list[Reading | Indicator]:
    """Return the sources that record Chinese forces in the war, and those on a commitment by its end."""
    votes = [*_fought(), *_commanded_together(), _pledged_by_armistice(), _signed_by_armistice(),
             *_committed_by_armistice()]
    return [*(r for v in votes for r in both(v)), combined_command()]


def _fought() -> list[Reading]:
    war = limb("C07.fought").setting("first"), limb("C07.fought").setting("last")
    return [reading("C07.fought", "then", name=hyphened(d["origin"]), label=_dead(d),
                    measure=coded(rows, d["value_low"] > 0), period=war,
                    note="" if pd.isna(d["note"]) else d["note"]) for d, rows in each_row(chinese_dead())]


def _dead(figure: pd.Series) -> str:
    bound = "" if figure["qualifier"] == "exact" else f"{figure['qualifier']} "
    number = formatted(figure["value_low"], ",d")
    return f"{figure['counter']}: {bound}{number} Chinese {figure['measure']}"


def armistice() -> int:
    """Return the year by which a commitment must stand."""
    return limb("C07.commitment").whole("by")


def _commanded_together() -> list[Reading]:
    """Return the accounts that date a command over both armies."""
    rows = load("alliance/combined_command").dropna(subset="founded")
    return [reading("C07.commitment", "then", name=f"command-{hyphened(a['origin'])}", label=a["account"],
                    measure=coded(one, int(a["founded"][:4]) <= armistice()), period=a["founded"],
                    note=_told(a)) for a, one in each_row(rows)]


def _told(account: pd.Series) -> str:
    return account["what"] if pd.isna(account["note"]) else f"{account['what']}. {account['note']}"


def _pledged_by_armistice() -> Reading:
    rows = pledges("CHN", "PRK")
    first = int(rows["year"].min())
    return reading("C07.commitment", "then", name="atop",
                   label=f"ATOP: first year with a defence pledge {first}",
                   measure=coded(rows, first <= armistice()), period=(str(armistice()), str(first)))


def _signed_by_armistice() -> Reading:
    rows = load("alliance/treaties").query("pair == 'CHN-PRK'")
    signed = rows["signed"].iloc[0]
    return reading("C07.commitment", "then", name="treaty", label=f"Treaty text: signed {signed}",
                   measure=coded(rows, int(signed[:4]) <= armistice()), period=signed)


def _committed_by_armistice() -> list[Reading]:
    rows = load("alliance/pact_statements").query("question == 'commitment by 1953'")
    return [_pact_text("C07.commitment", "then", one) for _, one in each_row(rows)]


# C08: the buffer

def c08() -> list[Reading | Indicator]:
    """Return the voices for and against the idea of a buffer, and the troops it is to keep away."""
    own = load("alliance/buffer_framing")
    texts = [_buffer(v, rows) for v in ("then", "now") for _, rows in each_row(seen("C08", own, v))]
    return [*one_vote_each(voice_readings("C08.buffer") + texts), _troops()]


def one_vote_each(votes: list[Reading]) -> list[Reading]:
    """Return one vote for each voice at each vantage: a paper's last word counts, its other words are
    variants.

    The Global Times speaks in an English and in a Chinese edition (Huanqiu); it is one paper under one chief
    editor.
    """
    *editions, paper = limb("C08.buffer").listed("one_paper")
    voices: dict[tuple[str, str], list[Reading]] = {}
    for vote in sorted(votes, key=lambda r: r.period[1]):
        one = replace(vote, origin=paper if vote.origin in editions else vote.origin)
        voices.setdefault((one.vantage, one.origin), []).append(one)
    return [replace(last, variants=(*last.variants, *(_other_word(r) for r in others)))
            for *others, last in voices.values()]


def _other_word(vote: Reading) -> Variant:
    return Variant(label=f"{vote.label}: {vote.note}", value=vote.value, met=vote.met, rows=vote.rows,
                   sources=vote.sources)


def _buffer(vantage: str, rows: pd.DataFrame) -> Reading:
    text = rows.iloc[0]
    return reading("C08.buffer", vantage, name=hyphened(text["origin"]),
                   label=f"{text['voice']}, {text['date'][:4]}",
                   measure=coded(rows, text["bearing"] == "for"), period=text["date"], speaker=text["group"],
                   note=_with_remark(text))


def _troops() -> Indicator:
    """Return the latest report of American troops in Korea, which the buffer keeps at a distance."""
    return indicator("C08", "now", name="us-troops", label="American active-duty troops in Korea",
                     measure=latest_troops())
