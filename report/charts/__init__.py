"""The theme, and ``publish()``: the only way a chart enters the book."""
from report.charts.publish import *  # noqa
from report.trace import plain  # noqa: F401
from report.charts.publish import (ARTICLE, ARTICLE_YEAR, COLOURS, FONT, MIME, ChartError, FindingError, Figure, article_date, article_rule, colour, event_dates, publish, scale, source_line, theme, units, years)  # noqa: F401
