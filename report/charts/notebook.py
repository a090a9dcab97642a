"""Charts under a notebook server, with no network: Vega's own bundle, sent once a kernel with the first
chart.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import count

from report.charts.theme import resolved

_ids = count(1)


@cache
def vega_bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script that sets ``window.vegaEmbed``."""
    import vl_convert

    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed; window.vega = vega;")


def chart_html(spec: dict) -> str:
    """Return an interactive chart as HTML for a notebook's output. The first of a kernel brings the bundle
    (0.9 MB).
    """
    number = next(_ids)
    place, meta = f"report-chart-{number}", spec["usermeta"]
    titled = {**spec, "config": {**spec["config"], "font": "system-ui, sans-serif"},
              "title": {"text": meta["title"], "subtitle": [meta["measure"], meta["source_line"]]}}
    drawn = resolved(json.dumps(titled)).replace("</", "<\\/")
    bundle = f"<script>{vega_bundle()}</script>" if number == 1 else ""
    return f"""{bundle}<div id="{place}" role="img" aria-label="{meta['alt'].replace('"', '&quot;')}"></div>
<script>(function draw(tries) {{
  const place = document.getElementById("{place}");
  if (window.vegaEmbed) window.vegaEmbed(place, {drawn}, {{actions: false}});
  else if (tries > 0) setTimeout(() => draw(tries - 1), 200);
  else place.textContent = "Run the notebook's first chart again: it brings the chart library.";
}})(100);</script>"""
