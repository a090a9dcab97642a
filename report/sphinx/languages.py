"""The language of every run of another script is told on pages (``report.show.languages`` finds it)."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from report.show.languages import RUN, runs


class Languages(SphinxPostTransform):
    """Tell the language of every run of another script in the nodes of a page."""

    default_priority = 300  # once references are resolved, since they bring texts
    formats = ("html",)

    def run(self, **kwargs) -> None:
        for text in list(self.document.findall(nodes.Text)):
            if isinstance(text.parent, nodes.FixedTextElement | nodes.raw) or not RUN.search(text):
                continue
            parts = [nodes.inline("", part, classes=[f"language-{tongue}"]) if tongue else nodes.Text(part)
                     for part, tongue in runs(text.astext())]
            text.parent.replace(text, parts)


def setup(app: Sphinx) -> None:
    app.add_post_transform(Languages)
