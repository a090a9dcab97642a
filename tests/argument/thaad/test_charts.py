"""What the THAAD charts draw: no interval cut, and numbers that lead to the list under the strip."""

from argument.thaad import charts, series
from report.charts.views import units, values


def drawn(figure, field):
    """Return the rows of a figure that have a field."""
    return [row for rows in figure.spec["datasets"].values() for row in rows if field in row]


def test_no_interval_is_cut():
    """Catches a band that ends at the frame and looks like a ceiling, for any control group."""
    figure = charts.event_study()
    domains = [unit["encoding"]["y"]["scale"]["domain"] for unit, _ in units(figure.spec)
               if "domain" in (unit["encoding"].get("y", {}).get("scale") or {})]
    rows = drawn(figure, "ratio_high")
    low, high = min(row["ratio_low"] for row in rows), max(row["ratio_high"] for row in rows)
    assert domains and all(d[0] <= low and high <= d[1] for d in domains)


def test_numbers_in_the_strip_are_those_of_the_list():
    """Catches a number that leads to another measure in the list under the chart."""
    rows = sorted((row for row in drawn(charts.strip(), "number") if row["number"]),
                  key=lambda row: int(row["number"]))
    known = series.dated(series.acts("then"), "date").sort_values("day", kind="stable")
    numbered = list(dict.fromkeys((row["number"], row["event"]) for row in rows))
    assert numbered == [(str(n), event) for n, event in enumerate(known["event"], 1)]


def test_days_between_counts_are_measured():
    """Catches a span of the shut stores that was typed."""
    counts = series.lotte_stores().set_index("day")["stores"]
    days = (counts.idxmax() - counts.index[0]).days
    assert f"in {days} days" in charts.stores_cars().meta["title"]


def test_a_floor_is_drawn_as_one():
    """Catches the month that is known in part as a whole bar."""
    spec = charts.permits().spec
    filters = {str(unit.get("transform")): unit["mark"].get("filled", True) for unit, data in units(spec)
               if unit["mark"]["type"] == "bar" and values(spec, data)}
    assert sorted(filters.values()) == [False, True]
    assert {row["known"] for row in drawn(charts.permits(), "known") if row["month"] == "2016-12"} == {
        "in part"}
