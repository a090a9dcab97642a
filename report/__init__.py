"""Why China Still Backs North Korea: the argument, tested. What chapters use.

>>> import report
>>> share = report.load("trade/china_share")
>>> report.verdict("C14")                       # the claim's box: limbs, readings, verdicts
"""

from report import charts
from report.charts.publish import publish
from report.data.package import load
from report.prose import glue
from report.book import all_readings, readings, verdicts
from report.show.page_parts import choices, scorecard, table, verdict

__all__ = ["all_readings", "charts", "choices", "glue", "load", "publish", "readings", "scorecard", "table", "verdict", "verdicts"]
