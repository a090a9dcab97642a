"""The theme, and ``publish()``: the only way a chart enters the book."""

from report.charts.marks import (
    gap,
    haloed,
    kinds,
    nils,
    outlined,
    ring,
    ringed,
    row_level,
    row_names,
    runs,
)
from report.charts.publish import MIME, FindingError, Figure, publish, stated, under_notebook_server
from report.charts.source_line import source_line
from report.charts.theme import (
    BAND,
    FONT,
    ROLES,
    Align,
    ChartError,
    Look,
    among_years,
    amount,
    article_date,
    article_label,
    article_rule,
    colour,
    day_of_article,
    end_labels,
    ends,
    event_dates,
    layered,
    palette,
    resolved,
    scale,
    theme,
    year_of_article,
    years,
)
from report.charts.views import units
from report.trace import plain

__all__ = [
    "ARTICLE",
    "ARTICLE_YEAR",
    "BAND",
    "COLOURS",
    "FONT",
    "MIME",
    "ROLES",
    "Align",
    "ChartError",
    "Figure",
    "FindingError",
    "Look",
    "among_years",
    "amount",
    "article_date",
    "article_label",
    "article_rule",
    "colour",
    "day_of_article",
    "end_labels",
    "ends",
    "event_dates",
    "gap",
    "haloed",
    "kinds",
    "layered",
    "nils",
    "outlined",
    "palette",
    "plain",
    "publish",
    "resolved",
    "ring",
    "ringed",
    "row_level",
    "row_names",
    "runs",
    "scale",
    "source_line",
    "stated",
    "theme",
    "under_notebook_server",
    "units",
    "year_of_article",
    "years",
]

OF_THE_ARTICLE = {"ARTICLE": day_of_article, "ARTICLE_YEAR": year_of_article, "COLOURS": palette}


def __getattr__(name: str):
    """Return what the article in hand decides, when it is asked for."""
    if name in OF_THE_ARTICLE:
        return OF_THE_ARTICLE[name]()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
