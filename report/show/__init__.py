"""What chapters and pages show of the ledger: one module and one template a thing."""

from report.show.badge import Signs, badge, badges, heading, plain_verdict, signs
from report.show.choices import choices
from report.show.claim_box import ClaimBox, verdict
from report.show.designed_table import table
from report.show.evidence import evidence, indicators_table, readings_table
from report.show.html import Html, rendered, slug
from report.show.numbers_table import numbers_table
from report.show.scorecard import scorecard
from report.show.sentences import Rests, Sentence, sentences
from report.show.values import number, period

__all__ = [
    "ClaimBox",
    "Html",
    "Rests",
    "Sentence",
    "Signs",
    "badge",
    "badges",
    "choices",
    "evidence",
    "heading",
    "indicators_table",
    "number",
    "numbers_table",
    "period",
    "plain_verdict",
    "readings_table",
    "rendered",
    "scorecard",
    "sentences",
    "signs",
    "slug",
    "table",
    "verdict",
]
