"""Claims, limbs, readings, and the one rule that makes verdicts of them."""

from report.rule.claims import claim, claims, limb
from report.rule.judge import both, check_readings, indicator, noted, reading, variant
from report.rule.model import (Claim, Indicator, Limb, LimbTally, Options, Reading, ReadingError, Variant,
                               Verdict, as_json)
from report.rule.vocabulary import (GRADED, NO_VERDICT_MARK, VANTAGES, VOICED, Firmness, Hedge, Kind,
                                    NowMeans, Operator, Side, Vantage, VoteUnit, Word, mark_of)
from report.rule.vantage import by_cutoff, end_of, last_whole_year, last_year_of, seen, so_far, vantage_of
from report.rule.verdict import BOOK_RULE, LOWER_THRESHOLD, UPPER_THRESHOLD, Rule, verdict_of

__all__ = [
    "BOOK_RULE", "GRADED", "LOWER_THRESHOLD", "NO_VERDICT_MARK", "UPPER_THRESHOLD", "VANTAGES", "VOICED",
    "Claim", "Firmness", "Hedge", "Indicator", "Kind", "Limb", "LimbTally", "NowMeans", "Operator",
    "Options", "Reading", "ReadingError", "Rule", "Side", "Vantage", "Variant", "Verdict", "VoteUnit",
    "Word", "as_json", "both", "by_cutoff", "check_readings", "claim", "claims", "end_of", "indicator",
    "last_whole_year", "last_year_of", "limb", "mark_of", "noted", "reading", "seen", "so_far",
    "vantage_of", "variant", "verdict_of",
]
