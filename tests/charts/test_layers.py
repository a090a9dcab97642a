"""Parts of a view laid over one another."""

from __future__ import annotations

import pandas as pd
import pytest

from report.charts import layered
from report.charts.altair_later import alt
from report.charts.theme import ChartError

ROWS, OTHERS = pd.DataFrame({"x": [1]}), pd.DataFrame({"x": [2]})


def dots(rows: pd.DataFrame) -> alt.Chart:
    return alt.Chart(rows).mark_point().encode(x="x:Q")


def drawn(view: alt.LayerChart) -> list[list[int]]:
    """Return the values of each layer that has no layers itself, in the order they are drawn."""
    spec = view.to_dict()

    def units(part: dict, data: dict | None) -> list:
        data = part.get("data", data)
        if "layer" in part:
            return [unit for one in part["layer"] for unit in units(one, data)]
        return [[row["x"] for row in spec["datasets"][data["name"]]]]

    return units(spec, None)


def test_layers_of_layers_lie_in_one_and_keep_their_data_and_order():
    """A chart that Altair copies once for each layer that it stands in; a mark drawn from another's rows."""
    view = layered(layered(dots(ROWS), dots(ROWS)), dots(OTHERS))
    assert len(view.layer) == 3 and not any("layer" in one for one in view.to_dict()["layer"])
    assert drawn(view) == [[1], [1], [2]]


def test_a_layer_that_says_more_stays_as_it_is():
    """A common scale or a transform of some layers that is lost, or becomes one of all."""
    more = layered(dots(ROWS), dots(ROWS)).resolve_scale(x="independent")
    inner = layered(more, dots(OTHERS)).to_dict()["layer"][0]
    assert inner["resolve"] == {"scale": {"x": "independent"}} and len(inner["layer"]) == 2


def test_panels_are_no_layer():
    """Panels that would be laid over one another."""
    with pytest.raises(ChartError, match="split into panels"):
        layered(dots(ROWS).encode(column="x:N"), dots(ROWS).encode(column="x:N"))
