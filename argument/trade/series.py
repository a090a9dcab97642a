"""Series of trade out of the printed rows: one value a year, with the rows it rests on and how it came about.

Compilers print now a total, now two flows, now only a growth rate. Where the total is missing the flows are added, and
where these are missing too the printed growth is undone. No two compilers are ever spliced into one series.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

import pandas as pd

from argument.by_rows import cited
from report.data.package import SEPARATOR, load

NAMES = {"kotra": "KOTRA", "gacc": "Chinese customs", "cow": "Correlates of War", "unctad": "UNCTAD", "jetro": "JETRO",
         "imf": "IMF", "itc": "International Trade Centre", "oec": "Observatory of Economic Complexity", "kita": "KITA",
         "kotra+mou": "KOTRA and Ministry of Unification", "cia": "CIA World Factbook",
         "rok-mofa": "South Korea's foreign ministry"}


def rows_at(addresses: str) -> pd.DataFrame:
    """Return the rows at addresses joined by semicolons, of whatever tables."""
    wanted = list(dict.fromkeys(addresses.split(SEPARATOR)))
    tables = dict.fromkeys(a.split("#")[0] for a in wanted)
    found = [load(t).loc[[a for a in wanted if a.startswith(f"{t}#")]] for t in tables]
    return found[0] if len(found) == 1 else pd.concat(found)


def joined(rows: pd.DataFrame) -> dict[str, str]:
    """Return what a plotted point keeps of the rows behind it: their addresses and sources."""
    return {"row": SEPARATOR.join(rows.index), "source_id": SEPARATOR.join(cited(rows))}


def points(made: Iterable[dict]) -> pd.DataFrame:
    """Return points as a frame by year; ``made`` holds year, value, how and rows."""
    listed = [{k: v for k, v in p.items() if k != "rows"} | joined(p["rows"]) for p in made]
    frame = pd.DataFrame(listed, columns=["year", "value", "how", "row", "source_id"])
    return frame.sort_values("year").set_index("year", drop=False).rename_axis(None)


def _of_year(rows: pd.DataFrame) -> dict | None:
    """Return the total of a year: printed, else the sum of exports and imports, else nothing."""
    total = rows[rows["flow"] == "total"]
    if len(total):
        return {"value": float(total["value"].iloc[0]), "how": "printed", "rows": total.iloc[[0]]}
    flows = rows[rows["flow"].isin(["exports", "imports"])]
    if set(flows["flow"]) == {"exports", "imports"}:
        return {"value": round(float(flows["value"].sum()), 3), "how": "sum of flows", "rows": flows}
    return None


def _before_growth(year: int, table: pd.DataFrame, growth: pd.DataFrame) -> dict | None:
    """Return the total of a year from the growth that the next year's source printed with its own total."""
    after = growth[growth["year"] == year + 1]
    if after.empty:
        return None
    source = after["source_id"].iloc[0]
    base = table[(table["year"] == year + 1) & (table["flow"] == "total") & (table["source_id"] == source)]
    if base.empty:
        return None
    value = float(base["value"].iloc[0]) / (1 + float(after["change"].iloc[0]) / 100)
    return {"value": round(value, 2), "how": "from printed growth", "rows": pd.concat([base, after])}


def _series(table: pd.DataFrame, measure: str, origin: str) -> pd.DataFrame:
    table = table[table["origin"] == origin]
    growth = load("trade/printed_growth").query("measure == @measure and origin == @origin and preferred")
    chosen = table[table["preferred"]]
    made = []
    for year in range(int(table["year"].min()) - 1, int(table["year"].max()) + 1):
        total = _of_year(chosen[chosen["year"] == year]) or _before_growth(year, table, growth)
        if total:
            made.append({"year": year, **total})
    return points(made)


def once(function: Callable) -> Callable:
    """Remember what ``function`` returned, as long as its module reads through the same ``load``; return a copy each time."""
    kept: dict = {}

    @wraps(function)
    def remembered(*arguments):
        key = (function.__globals__["load"], *arguments)
        if key not in kept:
            kept[key] = function(*arguments)
        return kept[key].copy()

    return remembered


@once
def china_trade(origin: str) -> pd.DataFrame:
    """Return trade between China and North Korea by year, in current million dollars, as one compiler has it.

    ``origin`` is a slug of trade/china_trade, or ``cow``, whose flows are added.
    """
    if origin == "cow":
        flows = load("trade/cow_partners").query("partner == 'China'")
        return points({"year": int(r["year"]), "value": r["exports"] + r["imports"], "how": "sum of flows",
                       "rows": flows.loc[[address]]} for address, r in flows.iterrows())
    return _series(load("trade/china_trade"), "china-total", origin)


@once
def world_trade(origin: str) -> pd.DataFrame:
    """Return North Korea's trade with all partners, South Korea left out, by year and compiler."""
    if origin == "cow":
        dyads = load("trade/cow_partners").fillna({"exports": 0, "imports": 0})
        return points({"year": int(year), "value": float((rows["exports"] + rows["imports"]).sum()),
                       "how": "sum of dyads", "rows": rows} for year, rows in dyads.groupby("year"))
    return _series(load("trade/dprk_total").query("inter_korean == 'without'"), "world-total", origin)


@once
def between_koreas() -> pd.DataFrame:
    """Return trade between the two Koreas by year, from the compiler at hand."""
    totals = load("trade/interkorean").query("flow == 'total' and preferred")
    return points({"year": int(r["year"]), "value": float(r["value"]), "how": "printed", "rows": totals.loc[[a]]}
                  for a, r in totals.iterrows())


@once
def oil_added() -> pd.DataFrame:
    """Return what KOTRA says it added for crude oil, by year, in current million dollars."""
    stated = load("trade/crude_estimate").query("measure == 'value' and preferred")
    return points({"year": int(r["year"]), "value": float(r["value"]), "how": "printed", "rows": stated.loc[[a]]}
                  for a, r in stated.iterrows())


@once
def prices(year: int) -> pd.DataFrame:
    """Return the row of US consumer prices of a year."""
    return rows_at(f"trade/us_cpi#{year}")


def in_dollars_of(value: float, year: int, other: int) -> float:
    """Return ``value``, in dollars of ``year``, in dollars of ``other``."""
    return float(value) * float(prices(other)["cpi"].iloc[0]) / float(prices(year)["cpi"].iloc[0])


def share(china: pd.Series, world: pd.Series, south: pd.Series | None = None, oil: pd.Series | None = None) -> dict:
    """Return China's share in percent, with the rows of all that enters it.

    Parameters
    ----------
    china, world : points of one year, as ``china_trade`` and ``world_trade`` return them
    south : trade with South Korea, to be counted in the whole
    oil : an estimate of crude oil, to be taken off both sides
    """
    parts = [p for p in (china, world, south, oil) if p is not None]
    added = 0.0 if south is None else south["value"]
    dropped = 0.0 if oil is None else oil["value"]
    value = 100 * (china["value"] - dropped) / (world["value"] + added - dropped)
    return {"value": float(value), "rows": rows_at(SEPARATOR.join(p["row"] for p in parts))}
