"""The numbers that the THAAD chapter quotes and that are no reading: each a measure
with the rows it rests on.
"""

from __future__ import annotations

from argument.thaad.series import (ban_effect, ban_in_percent, ban_interval, chronology, permits_of,
                                   tourists_away)
from report.book import firmness
from report.data.package import load
from report.rule import by_cutoff
from report.trace import Measure, count, measure, only


def numbers() -> dict[str, Measure | str]:
    """Return the numbers by the keys that the prose quotes them by."""
    return {**_acts(), **_exchanges(), **_culture(), **_ban(), **_favour(), "c37-time": _time_of_launch(),
            **{f"c{n}-firmness": firmness(f"C{n}", "then") for n in (32, 33, 34)}}


def _acts() -> dict[str, Measure]:
    acts = chronology().query("lane == 'Chinese measures'")
    return {"thaad-acts-then": count(acts[by_cutoff(acts["date"])], unit="acts")}


def _exchanges() -> dict[str, Measure]:
    items = load("thaad/military_exchanges")
    talks = count(items.query("kind == 'talks'"), unit="items")
    return {"c32-named": count(items, unit="items"), "c32-talks": talks.resting_on(items)}


def _culture() -> dict[str, Measure]:
    content = load("thaad/culture_totals").query("item == 'cultural content exports' and period_start == "
                                                 "'2016'")
    return {"c35-summer": permits_of("2016-07", "2016-09"), "c35-autumn": permits_of("2016-10", "2016-11"),
            "c35-content": only(content, "growth")}


def _ban() -> dict[str, Measure]:
    effects = {"order": ban_in_percent(), "decision": ban_in_percent(spell="then")}
    made = {f"did-{key}": change for key, change in effects.items()}
    for key, spell in (("order", "order"), ("decision", "then")):
        made[f"did-{key}-low"], made[f"did-{key}-high"] = ban_interval(spell=spell)
    found, rests = ban_effect(), effects["order"]
    made["did-far-control"] = Measure(str(found.placebos.idxmax()), None, found.after, rests.rows)
    made["did-controls"] = Measure(len(found.controls), "nationalities", None, rests.rows)
    made["did-coverage"] = Measure(100 * found.coverage, "percent", None, rests.rows)
    ends = zip(("did-missing", "did-missing-low", "did-missing-high"), tourists_away(), strict=True)
    made |= {name: (people / 1e6).given(unit="million tourists") for name, people in ends}
    return made


def _favour() -> dict[str, Measure]:
    points = load("thaad/survey_points").query("origin == 'asan'")
    return {f"asan-{whom.lower()}-{month[-2:]}":
            only(points.query("fieldwork == @month and subject == @whom"), "value")
            for month in ("2017-01", "2017-03") for whom in ("China", "Japan")}


def _time_of_launch() -> Measure:
    launch = load("thaad/launch_accounts").query("origin == 'janes'")
    return measure(launch, launch["time_local"].iloc[0])
