"""The chart of the made-up prices."""

from __future__ import annotations

import altair as alt
import pandas as pd

from case.bread.series import prices
from report import charts
from report.charts import Figure
from report.data.package import shown


@shown
def loaves() -> Figure:
    """The price of a loaf by year, by both counts."""
    made = [(o, year, price) for o in ("bakers", "council") for year, price in prices(o).items()]
    shown = charts.plain(pd.DataFrame(made, columns=["count", "year", "price"]))
    colours = charts.scale("town", "other", domain=["bakers", "council"])
    y = alt.Y("price:Q").title("crowns a loaf")
    colour = alt.Color("count:N").scale(colours).title(None)
    lines = alt.Chart(shown).mark_line(point=True).encode(charts.years("year"), y, color=colour)
    ends = [(prices(origin).iloc[0], prices(origin).iloc[-1]) for origin in ("bakers", "council")]
    return charts.publish(
        lines + charts.article_date(), name="bread-loaves", claims=["C01", "C02"], 
        holds=all(last > first for first, last in ends),
        title="A loaf became dearer by both counts", otherwise="The price of a loaf",
        measure="Price of a loaf in crowns, a made-up town, 2008–2014",
        alt_text="A loaf cost " + " and ".join(f"{first} crowns in 2008 and {last} in 2014"
                                               for first, last in ends)
                 + ", by the bakers' and by the council's count.",
        data=shown, columns={"year": "Year", "count": "Count", "price": "Crowns"})
