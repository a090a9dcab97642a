"""Indicators of C30: the missile goods read in which China has a part, beside the nuclear ones."""

from __future__ import annotations

from report.data.package import load
from report.rule import Indicator, Vantage, indicator, seen
from report.trace import days_of, measure


def missile_goods(vantage: Vantage) -> Indicator:
    """Return the purchases for missiles in which China has a part, of all of them read at the vantage."""
    cases = seen("C30", load("tests/procurement_cases").query("field == 'missile'"), vantage)
    with_china = int((cases["china"] != "not named").sum())
    return indicator("C30", vantage, name="missile-cases", origin="report",
                     label="Missile purchases read in which China has a part",
                     measure=measure(cases, with_china, unit="cases"),
                     period=days_of(cases),
                     note=f"Of {len(cases)}. A selection: no shares.")


def launchers(vantage: Vantage) -> Indicator:
    """Return the transfers of lorries for launchers that the Panel of Experts traced to a Chinese maker."""
    found = seen("C30", load("tests/investigations"), vantage)
    traced = found[(found["origin"] == "panel_of_experts") & (found["category"] == "missile (vehicle)")]
    shown = int((traced["supply"] == "shown").sum())
    return indicator("C30", vantage, name="launchers", measure=measure(traced, len(traced), unit="findings"),
                     label="Findings of the Panel of Experts on Chinese lorries for launchers",
                     period=days_of(traced),
                     note=f"In {shown} the sale is shown; it was declared as one of carriers of timber.")
