"""A day is the same day wherever a chart is drawn and wherever it is read."""

from __future__ import annotations

import os
import subprocess
import sys

import altair as alt
import pandas as pd
import pytest

from report.charts.views import in_utc
from tests.references import PROJECT

DRAW = """
import sys, pandas as pd, altair as alt, vl_convert
from report.charts.views import in_utc
days = pd.DataFrame({"day": pd.to_datetime(["2016-12-31", "2017-02-18", "2017-07-01"]), "n": [1, 2, 3]})
x = alt.X("day:T").title(None).axis(format="%-d %b %Y", values=list(days["day"]))
x = x.scale(domain=["2016-12-01", "2017-08-01"])
points = alt.Chart(days).mark_point().encode(x, y="n:Q", tooltip=["day:T", "n:Q"])
words = alt.Chart(days).mark_text().encode(x, y="n:Q", text=alt.Text("day:T", format="%Y-%m-%d"))
of_article = alt.X(datum=alt.DateTime(year=2017, month=2, date=12), type="temporal")
rule = alt.Chart(days).mark_rule().encode(of_article)
spec = (points + words + rule).to_dict()
in_utc(spec)
sys.stdout.write(vl_convert.vegalite_to_svg(spec, vl_version="6.4"))
"""


def drawn_in(zone: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", DRAW],
        env={**os.environ, "TZ": zone},
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_the_builder_s_zone_moves_nothing():
    """A book built in Seoul whose axes lack their first year, or one built in New York whose events are a day
    early.
    """
    here = drawn_in("UTC")
    assert ">31 Dec 2016<" in here and ">2017-02-18<" in here and "day: 18 Feb 2017" in here
    assert drawn_in("Asia/Seoul") == here == drawn_in("America/New_York")


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("2017-02-12T00:00:00", "2017-02-12"),
        ("2017-02-12T12:30:00", "2017-02-12T12:30:00Z"),
        ("2017-02-12", "2017-02-12"),
        ("2017-02", "2017-02"),
        ("2017-18", "2017-18"),
        ("1914-a-note", "1914-a-note"),
    ],
)
def test_only_moments_lose_their_clock(stated, kept):
    """A day that a browser takes for local midnight; a period or a name rewritten as if it were a moment."""
    spec = {"datasets": {"d": [{"when": stated, "n": 1}]}}
    in_utc(spec)
    assert spec["datasets"]["d"][0]["when"] == kept


def test_a_specification_is_given_utc_scales_and_units():
    """An axis, a tooltip or a label that is left in the reader's own zone."""
    days = pd.DataFrame({"day": pd.to_datetime(["2016-01-01", "2018-01-01"]), "n": [1, 2]})
    spec = alt.Chart(days).mark_bar().encode(
        alt.X("yearmonth(day):T"), y="n:Q", color="day:T", tooltip=["day:T", "n:Q"]).to_dict()
    in_utc(spec)
    encoding = spec["encoding"]
    assert (encoding["x"]["timeUnit"], encoding["x"]["scale"]) == ("utcyearmonth", {"type": "utc"})
    assert encoding["color"]["scale"] == {"type": "utc"} and "scale" not in encoding["y"]
    assert (
        encoding["tooltip"][0]["timeUnit"] == "utcyearmonthdate" and "timeUnit" not in encoding["tooltip"][1]
    )
