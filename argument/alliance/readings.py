"""Readings of C04 to C08: the pact, the ideology behind it, the war it is traced to, and the buffer.

Texts are judged by what they say and when they were in force; datasets by what they record. C09 and C10, the use of the
tie and the leverage in it, are in ``instruments`` and ``leverage``.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from argument.by_rows import indicator, reading, variant
from report.rule import Indicator, Reading, Variant, both
from report.data.package import SEPARATOR, load, package
from argument.message.c03_closeness import c03
from argument.alliance.c09_instruments import c09
from argument.alliance.c10_leverage import c10
from argument.by_rows import arms_share
from argument.by_rows import rows_at
from argument.voices import by_cutoff, voice_readings

PACT_SINCE, WAR_SINCE, ARMISTICE = 1961, 1950, 1953
BOTH_CODES = (710, 731)  # China and North Korea
DEATHS = ("killed or died", "killed in action", "battle deaths")
NAMED = ("sole guide", "one guide of several", "named, not the guide")
PLACES = ("not named", *reversed(NAMED))  # from least to most room for Marxism-Leninism
MAO_DIED = "1976"
ALIKE_BY = 1970
ALIKE_BY_END = f"{ALIKE_BY}-12-31"
TEXTS = {"cpc charter": "Charter of China's Communist Party", "prc constitution": "Constitution of China",
         "wpk rules": "Rules of the Workers' Party of Korea", "dprk constitution": "Constitution of North Korea"}
DECADE = 10
EDITIONS = {"huanqiu": "global_times"}  # editions of one paper
COUNTERS = {"ciic": "China Internet Information Center", "pla_daily": "PLA Daily", "cow": "Correlates of War",
            "xu_yan": "Xu Yan, National Defence University", "dandong_museum": "War museum in Dandong",
            "china_state": "Chinese state, 2020", "us_jcs": "US Joint Chiefs of Staff",
            "docslib": "Unnamed Chinese sources"}


def cutoff_year() -> int:
    """Return the last whole year before the cutoff of the vantage *then*."""
    return package().cutoff.year - 1


def last_dates(vantage: str) -> str:
    """Return the day at which a vantage looks at the world, as ISO text."""
    return (package().cutoff if vantage == "then" else package().as_of).isoformat()


def at(rows: pd.DataFrame, vantage: str) -> pd.DataFrame:
    """Return the dated rows of a vantage: up to the cutoff for *then*, later ones for *now*."""
    return rows[by_cutoff(rows["date"]) == (vantage == "then")]


def each(rows: pd.DataFrame):
    """Yield each row with the frame of one row that keeps its address."""
    for address, row in rows.iterrows():
        yield row, rows.loc[[address]]


def slug(origin: str) -> str:
    return origin.replace("_", "-")


# C04: pact and ideology

def c04() -> list[Reading]:
    """Return whether datasets and texts have a defence pact in force, and whether founding texts name the doctrine."""
    return [r for v in ("then", "now") for r in (_pact_in_data(v), *_pact_in_texts(v), *_doctrine_named(v))]


def pledges(first: str, second: str) -> pd.DataFrame:
    """Return the years in which two states had a defence pledge in ATOP."""
    return load("alliance/pledges").query("state_a == @first and state_b == @second and defence")


def _pact_in_data(vantage: str) -> Reading:
    rows = pledges("CHN", "PRK")
    last = cutoff_year() if vantage == "then" else int(rows["year"].max())
    since = {y: set(range(y, last + 1)) <= set(rows["year"]) for y in (PACT_SINCE, WAR_SINCE)}
    from_war = variant("C04.pact", label=f"Counted from the war, {WAR_SINCE}", rows=rows, met=since[WAR_SINCE])
    return reading("C04.pact", vantage, name="atop", label=f"ATOP, every year from {PACT_SINCE} to {last}",
                   rows=rows[rows["year"] <= last], period=(str(PACT_SINCE), str(last)), met=since[PACT_SINCE],
                   variants=[from_war], note=f"The first year with a pledge is {rows['year'].min()}, the last of the "
                                             f"dataset {rows['year'].max()}.")


def _pact_in_texts(vantage: str) -> list[Reading]:
    said = at(load("alliance/pact_statements").query("question == 'in force' and defence_pact != 'open'"), vantage)
    return [_pact_text("C04.pact", vantage, rows) for _, rows in each(said)]


def _pact_text(limb: str, vantage: str, rows: pd.DataFrame) -> Reading:
    said = rows.iloc[0]
    return reading(limb, vantage, name=slug(said["origin"]), label=f"{said['speaker']}, {said['date'][:4]}", rows=rows,
                   period=said["date"], met=said["defence_pact"] == "yes", speaker=said["group"], note=_told(said))


def _told(row: pd.Series) -> str:
    return row["paraphrase"] if pd.isna(row["note"]) else f"{row['paraphrase']}. {row['note']}"


def in_force(vantage: str) -> pd.DataFrame:
    """Return the charters and constitutions in force at a vantage, each in its wording of that day."""
    day, rows = last_dates(vantage), load("alliance/ideology_texts")
    rows = rows[(rows["adopted"] <= day) & (rows["until"].isna() | (rows["until"] > day))]
    return rows[rows["text"].isin(TEXTS)]


def _doctrine_named(vantage: str) -> list[Reading]:
    return [reading("C04.ideology", vantage, name=slug(t["origin"]), label=f"{TEXTS[t['text']]}, {t['adopted'][:4]}",
                    rows=rows, period=t["adopted"], met=t["place"] in NAMED, note=_worded(t))
            for t, rows in each(in_force(vantage))]


def _worded(text: pd.Series) -> str:
    place = f"Marxism-Leninism is {text['place']}: {text['wording']}."
    return place if pd.isna(text["note"]) else f"{place} {text['note']}"


# C05: alike until the 1970s

def c05() -> list[Reading | Indicator]:
    """Return texts and datasets on whether both were ruled by Marxist-Leninist parties by 1970."""
    votes = [_listed_communist(), _treaty_preamble(), _both_charters(),
             *_accounts("alike by 1970", "C05.alike", "then")]
    return [r for v in votes for r in both(v)] + [_freedom(s) for s in ("CHN", "PRK")]


def _listed_communist() -> Reading:
    rows = load("alliance/communist_regimes").query("ccode in @BOTH_CODES and year <= @ALIKE_BY")
    listed = rows.groupby("year")["ccode"].nunique()
    both_years = listed[listed == 2]
    return reading("C05.alike", "then", name="kailitz", label="Kailitz: both listed as communist ideocracies",
                   rows=rows, period=(str(both_years.index.min()), str(ALIKE_BY)),
                   met=both_years.index.max() == ALIKE_BY)


def _treaty_preamble() -> Reading:
    rows = load("alliance/ideology_texts").query("kind == 'treaty'")
    return reading("C05.alike", "then", name="treaty", label="Treaty of 1961, preamble", rows=rows,
                   period=rows["adopted"].iloc[0], met=rows["place"].iloc[0] in NAMED,
                   note="What both governments said of themselves: they act in accordance with Marxism-Leninism.")


def _both_charters() -> Reading:
    rows = load("alliance/ideology_texts").query("kind == 'party charter' and adopted <= @ALIKE_BY_END")
    return reading("C05.alike", "then", name="charters", label="Charters of both parties, 1969 and 1970", rows=rows,
                   origin="party_charters", period=(rows["adopted"].min(), rows["adopted"].max()),
                   met=set(rows["state"]) == {"CHN", "PRK"} and bool(rows["place"].isin(NAMED).all()),
                   note="Each joined the doctrine with its own leader's application of it: Mao Tsetung Thought, juche.")


def _accounts(question: str, limb: str, vantage: str) -> list[Reading]:
    rows = at(load("alliance/ideology_accounts").query("question == @question"), vantage)
    return [reading(limb, vantage, name=slug(a["origin"]), label=f"{a['account']}, {a['date'][:4]}", rows=one,
                    period=a["date"], met=a["answer"] == "yes", note=_told(a)) for a, one in each(rows)]


def _freedom(state: str) -> Indicator:
    rows = load("alliance/regime_scores").query("state == @state and year == @ALIKE_BY")
    name = {"CHN": "China", "PRK": "North Korea"}[state]
    return indicator("C05", "then", name=f"freedom-{state.lower()}", rows=rows, period=str(ALIKE_BY),
                     label=f"Liberal democracy index of {name}, {ALIKE_BY}", unit="index from 0 to 1",
                     value=rows["liberal_democracy"].iloc[0],
                     note="It says how free a regime is, not which doctrine it holds.")


# C06: less ideology, still close

def c06() -> list[Reading]:
    """Return whether texts and measures leave ideology less room than under Mao, and the readings of C03."""
    return [r for v in ("then", "now") for r in (*_charters_then_and_later(v), _arms_by_regime(v),
            *_accounts("less room than under Mao", "C06.less-ideology", v))] + _closeness()


def _charters_then_and_later(vantage: str) -> list[Reading]:
    texts = load("alliance/ideology_texts")
    early = texts[texts["adopted"] < MAO_DIED].drop_duplicates("text", keep="last")
    return [_less_room(early[early["text"] == t["text"]], later, vantage)
            for t, later in each(in_force(vantage)) if t["text"] in set(early["text"])]


def _less_room(early: pd.DataFrame, later: pd.DataFrame, vantage: str) -> Reading:
    """Return whether a later wording gives Marxism-Leninism a lesser place than the one of Mao's time."""
    before, after = early.iloc[0], later.iloc[0]
    steps = f"{before['place']} in {before['adopted'][:4]}, {after['place']} in {after['adopted'][:4]}"
    return reading("C06.less-ideology", vantage, name=slug(after["origin"]), rows=pd.concat([early, later]),
                   label=f"{TEXTS[after['text']]}: {steps}", period=(before["adopted"], after["adopted"]),
                   met=PLACES.index(after["place"]) < PLACES.index(before["place"]), note=_worded(after))


def _arms_by_regime(vantage: str) -> Reading:
    sent = load("alliance/arms_transfers").query("supplier == 'China'")
    last = cutoff_year() if vantage == "then" else int(sent["year"].max())
    first, mao_last = last - DECADE + 1, int(MAO_DIED) - 1
    (mao, early), (value, late) = arms_share("China", WAR_SINCE, mao_last), arms_share("China", first, last)
    return reading("C06.less-ideology", vantage, name="arms", period=(str(WAR_SINCE), str(last)), origin="sipri",
                   rows=pd.concat([early, late, load("alliance/communist_regimes")]), met=value < mao,
                   label=f"China's arms to communist states: {mao:.0f} percent to {mao_last}, {value:.1f} "
                         f"in {first}-{last}",
                   note="Where arms go shows what a government favours, though markets and embargoes shape it too.")


def _closeness() -> list[Reading]:
    return [reading("C06.still-close", r.vantage, name=f"still-{slug(r.definition)}", label=r.label, period=r.period,
                    rows=rows_at(SEPARATOR.join(r.rows)), met=r.met, origin=r.origin, definition=r.definition,
                    note=f"Reading {r.id}.{f' {r.note}' if r.note else ''}")
            for r in c03() if isinstance(r, Reading)]


# C07: the war and the commitment

def c07() -> list[Reading]:
    """Return the sources that record Chinese forces in the war, and those on a commitment by its end."""
    votes = [*_fought(), _pledged_by_armistice(), _signed_by_armistice(), *_committed_by_armistice()]
    return [r for v in votes for r in both(v)]


def chinese_dead() -> pd.DataFrame:
    """Return the rival figures of Chinese dead in the Korean War."""
    return load("alliance/korean_war").query("of == 'China' and measure in @DEATHS")


def _fought() -> list[Reading]:
    return [reading("C07.fought", "then", name=slug(d["origin"]), label=_dead(d), rows=rows,
                    period=(str(WAR_SINCE), str(ARMISTICE)), met=d["value_low"] > 0,
                    note="" if pd.isna(d["note"]) else d["note"]) for d, rows in each(chinese_dead())]


def _dead(figure: pd.Series) -> str:
    bound = "" if figure["qualifier"] == "exact" else f"{figure['qualifier']} "
    return f"{COUNTERS[figure['origin']]}: {bound}{figure['value_low']:,} Chinese {figure['measure']}"


def _pledged_by_armistice() -> Reading:
    rows = pledges("CHN", "PRK")
    first = int(rows["year"].min())
    return reading("C07.commitment", "then", name="atop", label=f"ATOP: first year with a defence pledge {first}",
                   rows=rows, period=(str(ARMISTICE), str(first)), met=first <= ARMISTICE,
                   note="The Soviet Union had China's pledge before the war.")


def _signed_by_armistice() -> Reading:
    rows = load("alliance/treaties").query("pair == 'CHN-PRK'")
    signed = rows["signed"].iloc[0]
    return reading("C07.commitment", "then", name="treaty", label=f"Treaty text: signed {signed}", rows=rows,
                   period=signed, met=int(signed[:4]) <= ARMISTICE,
                   note="The troops that fought stayed until 1958; no written commitment of those years was found.")


def _committed_by_armistice() -> list[Reading]:
    rows = load("alliance/pact_statements").query("question == 'commitment by 1953'")
    return [_pact_text("C07.commitment", "then", one) for _, one in each(rows)]


# C08: the buffer

def c08() -> list[Reading | Indicator]:
    """Return the Chinese voices for and against the idea of a buffer, and the troops it is to keep away."""
    own = load("alliance/buffer_framing").query("chinese_voice")
    texts = [_buffer(v, rows) for v in ("then", "now") for _, rows in each(at(own, v))]
    return one_vote_each(voice_readings("C08.buffer") + texts) + [troops()]


def one_vote_each(votes: list[Reading]) -> list[Reading]:
    """Return one vote for each voice at each vantage: a paper's last word counts, its other words are variants.

    The Global Times speaks in an English and in a Chinese edition (Huanqiu); it is one paper under one chief editor.
    """
    voices: dict[tuple[str, str], list[Reading]] = {}
    for vote in sorted(votes, key=lambda r: r.period[1]):
        one = replace(vote, origin=EDITIONS.get(vote.origin, vote.origin))
        voices.setdefault((one.vantage, one.origin), []).append(one)
    return [replace(last, variants=(*last.variants, *(_other_word(r) for r in others)))
            for *others, last in voices.values()]


def _other_word(vote: Reading) -> Variant:
    return Variant(f"{vote.label}: {vote.note}", vote.value, vote.met, vote.rows, vote.sources)


def _buffer(vantage: str, rows: pd.DataFrame) -> Reading:
    text = rows.iloc[0]
    return reading("C08.buffer", vantage, name=slug(text["origin"]), label=f"{text['voice']}, {text['date'][:4]}",
                   rows=rows, period=text["date"], met=text["bearing"] == "for", speaker=text["group"],
                   note=_told(text))


def troops() -> Indicator:
    """Return the latest report of American troops in Korea, which the buffer keeps at a distance."""
    rows = load("alliance/us_troops").query("series == 'reports'").sort_values("date").tail(1)
    last = rows.iloc[0]
    return indicator("C08", "now", name="us-troops", label="American active-duty troops in Korea", rows=rows,
                     value=last["troops"], unit="persons", period=last["date"])


CLAIMS = {"C04": c04, "C05": c05, "C06": c06, "C07": c07, "C08": c08, "C09": c09, "C10": c10}
