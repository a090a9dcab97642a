"""Walking a specification: its views, the data they draw, and dates that no clock's zone moves."""

from __future__ import annotations

import re
from collections.abc import Iterator

PARTS = ("layer", "vconcat", "hconcat", "concat")
MIDNIGHT = re.compile(r"^(\d{4}-\d\d-\d\d)T00:00:00(\.0+)?$")
TIMED = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$")
UTC_DAY = "utcyearmonthdate"
POSITIONS = ("x", "y", "xOffset", "yOffset", "color", "size", "opacity")  # channels with a scale
SAID = ("tooltip", "text", "detail", "href")  # channels without one


def units(spec: dict, inherited: dict | None = None) -> Iterator[tuple[dict, dict]]:
    """Yield each view with a mark, and the data it draws, which may be none."""
    data = spec.get("data", inherited) or {}
    if "mark" in spec:
        yield spec, data
    for part in PARTS:
        for child in spec.get(part, ()):
            yield from units(child, data)
    if "spec" in spec:
        yield from units(spec["spec"], data)


def values(spec: dict, data: dict | None) -> list[dict]:
    """Return the rows that a view draws."""
    if not data:
        return []
    return data.get("values") or spec.get("datasets", {}).get(data.get("name"), [])


def unknown_fields(spec: dict) -> Iterator[tuple[str, str]]:
    """Yield the fields that views encode and that neither their rows have nor a transform makes, with their
    channels: Vega draws nothing of such a field, and says nothing.
    """
    made = set(_names_made(spec))
    for unit, data in units(spec):
        rows = values(spec, data)
        known = set().union(*rows) | made
        for channel, definition in unit.get("encoding", {}).items():
            for field in _fields(definition):
                if rows and field.replace("\\", "") not in known:
                    yield channel, field


def _names_made(part: object, within: bool = False) -> Iterator[str]:
    """Yield the names under ``as`` in the transforms of a specification."""
    if isinstance(part, list):
        for one in part:
            yield from _names_made(one, within)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "as" and within:
                yield from [value] if isinstance(value, str) else value
            elif key not in ("datasets", "usermeta"):
                yield from _names_made(value, within or key == "transform")


def _fields(definition: object) -> Iterator[str]:
    """Yield the fields that a channel names: its own, those of its conditions and the one it is sorted by."""
    for one in definition if isinstance(definition, list) else [definition]:
        if isinstance(one, dict):
            if isinstance(one.get("field"), str):
                yield one["field"]
            yield from _fields(one.get("condition"))
            yield from _fields(one.get("sort") if isinstance(one.get("sort"), dict) else None)


def mark_of(unit: dict) -> str:
    """Return the kind of a view's mark."""
    return unit["mark"] if isinstance(unit["mark"], str) else unit["mark"]["type"]


def in_utc(spec: dict) -> None:
    """Let every date of a specification be a day of the calendar, whatever the zone of the machine that draws
    it.

    Days without a zone are read by a browser as local midnight and may be printed as the day before. So days
    are written without an hour (which reads as UTC), scales are in UTC, and words of dates are formatted in
    UTC.
    """
    for rows in spec.get("datasets", {}).values():
        for row in rows:
            for field, value in row.items():
                if isinstance(value, str) and value[4:5] == "-":
                    row[field] = _without_zone(value)
    for view in _encoded(spec):
        for channel, definition in view["encoding"].items():
            for one in definition if isinstance(definition, list) else [definition]:
                if isinstance(one, dict):
                    _channel_in_utc(channel, one)


def _without_zone(moment: str) -> str:
    if day := MIDNIGHT.match(moment):
        return day[1]
    return f"{moment}Z" if TIMED.match(moment) else moment


def _encoded(spec: dict) -> Iterator[dict]:
    """Yield each view with an encoding, those that only hold other views too."""
    if "encoding" in spec:
        yield spec
    for part in PARTS:
        for child in spec.get(part, ()):
            yield from _encoded(child)
    if "spec" in spec:
        yield from _encoded(spec["spec"])


def _channel_in_utc(channel: str, definition: dict) -> None:
    for holder in (definition, definition.get("scale"), definition.get("axis")):
        for key in ("datum", "domain", "values"):
            if isinstance(holder, dict) and key in holder:
                holder[key] = _moments(holder[key])
    if definition.get("type") != "temporal":
        return
    unit = definition.get("timeUnit")
    if isinstance(unit, str) and not unit.startswith("utc"):
        definition["timeUnit"] = f"utc{unit}"
    if channel in POSITIONS and definition.get("scale", "") is not None:
        definition["scale"] = {**definition.get("scale", {}), "type": "utc"}
    elif channel in SAID and "timeUnit" not in definition:
        definition["timeUnit"] = UTC_DAY  # words of a date have no scale to take the zone from
        definition.setdefault("title", str(definition.get("field", "")).replace("_", " "))


def _moments(stated):
    """Return dates as a specification states them, in UTC."""
    if isinstance(stated, list):
        return [_moments(one) for one in stated]
    if isinstance(stated, dict) and "year" in stated:
        return {**stated, "utc": True}
    return _without_zone(stated) if isinstance(stated, str) else stated
