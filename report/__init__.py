"""The engine: claims put to data, verdicts by one rule, charts that name their rows. What chapters use stands
here.

>>> import report
>>> wages = report.load("wages/index")
>>> report.verdict(claim)                       # the claim's box: limbs, readings, verdicts
"""

from report import charts
from report.article import importable
from report.book import all_readings, indicators, numbers, readings, verdicts
from report.book import reading_at as reading
from report.charts import publish
from report.data.package import load
from report.show import choices, numbers_table, scorecard, table
from report.show.claim_box import verdict

__all__ = ["all_readings", "charts", "choices", "indicators", "load", "numbers", "numbers_table",
           "publish",
           "reading", "readings", "scorecard", "table", "verdict", "verdicts"]

importable()  # its settings are read when they are asked for, so that a fault in them is told in one line
