"""What a claim may see from its two vantages, decided in this one place.

*then*: the period measured ends, and any act falls, on or before the cutoff. *now* depends on the claim:
hindsight on the same period, only what came after the cutoff, or all that has happened so far.
"""

from __future__ import annotations

import pandas as pd

from report.data.package import package
from report.dates import last_day, last_days
from report.rule.claims import claim
from report.rule.model import ReadingError
from report.rule.vocabulary import NowMeans, Vantage


def by_cutoff(days: pd.Series) -> pd.Series:
    """Say for each day, month or year whether it had ended by the cutoff of the vantage *then*."""
    return last_days(days) <= pd.Timestamp(package().cutoff)


def vantage_of(dated: pd.Timestamp | str) -> Vantage:
    """Return the first vantage at which a day, month or year had ended."""
    return Vantage.THEN if last_day(str(dated)) <= end_of(Vantage.THEN) else Vantage.NOW


def end_of(vantage: Vantage | str) -> pd.Timestamp:
    """Return the last day that a vantage sees: the cutoff, or the day that the book calls now."""
    return pd.Timestamp(package().cutoff if vantage == Vantage.THEN else package().as_of)


def last_year_of(vantage: Vantage | str) -> int:
    """Return the last year that a vantage sees; at the cutoff its year was not over."""
    return last_whole_year() if vantage == Vantage.THEN else package().as_of.year


def last_whole_year() -> int:
    """Return the last year that was over at the cutoff of the vantage *then*."""
    return package().cutoff.year - 1


def seen(claim_id: str, rows: pd.DataFrame, vantage: Vantage | str, dated: str = "date") -> pd.DataFrame:
    """Return the rows that a claim may see from a vantage, by the last day of their column ``dated``."""
    past, means = by_cutoff(rows[dated]), claim(claim_id).now_means
    if vantage == Vantage.THEN or means is NowMeans.SAME_PERIOD:
        return rows[past]
    return rows[~past] if means is NowMeans.PRESENT else rows


def so_far(rows: pd.DataFrame, vantage: Vantage | str, dated: str = "date") -> pd.DataFrame:
    """Return the rows up to a vantage, whatever *now* means: those over by the cutoff, or all of them."""
    return rows[by_cutoff(rows[dated])] if vantage == Vantage.THEN else rows


def check_period(id: str, claim_id: str, vantage: Vantage | str, period: tuple[str, str]) -> None:
    """Raise ReadingError where a reading of ``period`` does not fit its claim's vantage."""
    cutoff, as_of = pd.Timestamp(package().cutoff), pd.Timestamp(package().as_of)
    ends = last_day(period[1])
    if vantage == Vantage.THEN and ends > cutoff:
        raise ReadingError(f"{id}: the period ends {period[1]}, after {cutoff.date()}; it cannot be read "
                           "*then*")
    if vantage == Vantage.NOW and claim(claim_id).now_means is NowMeans.PRESENT and ends <= cutoff:
        raise ReadingError(f"{id}: the period ends {period[1]}, and {claim_id} is judged now by what came "
                           f"after {cutoff.date()} alone; drop the reading, or write now_means to_date in "
                           "data/claims.csv")
    if pd.Timestamp(str(period[0])) > as_of:
        raise ReadingError(f"{id}: the period starts {period[0]}, after {as_of.date()}; correct it, or as_of")
