"""Frames behind the charts of the verdict chapter: each point with the addresses (``row``) and sources it rests on."""

from __future__ import annotations

import pandas as pd

from report.data import load
from report.readings.trade_series import joined
from report.readings.tradition import LAST_LISTED, communist_partners, deliveries, share_outside_warsaw, warsaw_pairs
from report.readings.voices import plain

FIVE_YEARS = range(1950, 2020, 5)
COMMUNIST, NORTH, EXPECTED = "communist states", "North Korea", "if shared evenly among states"
PAIRS = {"communist": "both communist", "outside": "both communist, without the Warsaw Pact",
         "other": "neither communist"}


# (a) arms

def arms_by_period(supplier: str = "China") -> pd.DataFrame:
    """Return the share of a supplier's arms to communist states and to the North, by five years, and the even share."""
    made = []
    for first in FIVE_YEARS:
        rows = deliveries(supplier, first, first + 4)
        if rows.empty:
            continue
        total, kept = rows["tiv"].sum(), joined(rows)
        shares = {COMMUNIST: rows["communist"], NORTH: rows["recipient"] == NORTH}
        made += [{"year": first, "period": f"{first}-{str(first + 4)[2:]}", "to": to, "total": float(total),
                  "share": 100 * float(rows.loc[mask, "tiv"].sum() / total), **kept} for to, mask in shares.items()]
        even, states = communist_partners(first, first + 4)
        made.append({"year": first, "period": f"{first}-{str(first + 4)[2:]}", "to": EXPECTED, "total": float(total),
                     "share": even, **joined(states)})
    return pd.DataFrame(made)


# (b) pacts

def pact_shares() -> pd.DataFrame:
    """Return the share of pairs with a defence pact by year, among communist and among other pairs."""
    rows = load("alliance/pact_counts").query("pair != 'mixed'")
    made = [_pact(int(r["year"]), r["pair"], 100 * r["with_defence_pact"] / r["pairs"], rows.loc[[a]])
            for a, r in rows.iterrows()]
    bound = [y for y in sorted(rows["year"].unique()) if warsaw_pairs(int(y))]
    members = load("verdict/warsaw_pact")
    made += [_pact(int(y), "outside", share_outside_warsaw(y, y),
                   pd.concat([rows[(rows["year"] == y) & (rows["pair"] == "communist")], members])) for y in bound]
    return pd.DataFrame(made).sort_values(["pairs", "year"], ignore_index=True)


def _pact(year: int, pair: str, share: float, rows: pd.DataFrame) -> dict:
    return {"year": year, "pairs": PAIRS[pair], "share": float(share), "last": year == LAST_LISTED, **joined(rows)}


# (c) the quotation

def quotation() -> pd.DataFrame:
    """Return the printings of the quotation, what each has inside quotation marks and what outside."""
    rows = load("voices/shi_yinhong_printings").sort_values("date", kind="stable")
    return rows.assign(row=rows.index).reset_index(drop=True)


# Voices

def voices(claim_id: str) -> pd.DataFrame:
    """Return all statements that bear on a motive, one row a voice and date, with who speaks and which way."""
    column = claim_id.lower()
    rows = load("voices/statements")
    rows = rows[rows[column].notna()]
    first = rows.drop_duplicates("statement_id")
    return pd.DataFrame({
        "date": first["date"], "year": first["date"].str[:4].astype(int), "speaker": plain(first["speaker"]),
        "group": first["group"], "chinese_voice": first["chinese_voice"], "bearing": first[column],
        "paraphrase": first["paraphrase"], "chain": first["chain"], "row": first.index, "source_id": first["source_id"],
    }).sort_values("date", kind="stable", ignore_index=True)
