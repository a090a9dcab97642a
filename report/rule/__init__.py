"""Claims, limbs, readings, and the one rule that makes verdicts of them."""

from report.rule.claims import claim, claims, limb
from report.rule.judge import both, check_readings, indicator, noted, reading, variant
from report.rule.model import (NO_VERDICT_MARK, VANTAGES, Claim, Hedge, Indicator, Kind, Limb, NowMeans,
                               Operator, Reading,
                               ReadingError, Side, Vantage, Variant, Verdict, Word, as_json, mark_of)
from report.rule.vantage import by_cutoff, seen
from report.rule.verdict import LOWER_THRESHOLD, UPPER_THRESHOLD, verdict_of

__all__ = ["LOWER_THRESHOLD", "NO_VERDICT_MARK", "UPPER_THRESHOLD", "VANTAGES", "Claim", "Hedge", "Indicator",
           "Kind", "Limb",
           "NowMeans", "Operator", "Reading", "ReadingError", "Side", "Vantage", "Variant", "Verdict", "Word",
           "as_json",
           "both", "by_cutoff", "check_readings", "claim", "claims", "indicator", "limb", "mark_of", "noted",
           "reading",
           "seen", "variant", "verdict_of"]
