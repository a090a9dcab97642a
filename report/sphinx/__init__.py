"""The Sphinx side: how charts, verdicts, sources and citations become pages.

A Sphinx extension, named in ``_config.yml``. It imports all rooms above it and none imports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict:
    # here, so that processes that draw charts or cut fonts do not load Sphinx and the notebooks' libraries
    from report.sphinx import (answer, asked, bound, changed, cite_pages, cited_here, citing, claim_box,
                               domain, editions, execution, figure, kept, languages, links, nodes,
                               notebooks, opening, output, own_rule, page, policy, registers, roles,
                               row_pages, search, sharing, signed, unread)

    kept.setup(app)
    execution.setup(app)
    domain.setup(app)
    nodes.setup(app)
    roles.setup(app)
    registers.setup(app)
    citing.setup(app)
    editions.setup(app)
    cite_pages.setup(app)
    cited_here.setup(app)
    claim_box.setup(app)
    figure.setup(app)
    opening.setup(app)
    unread.setup(app)
    row_pages.setup(app)
    answer.setup(app)
    changed.setup(app)
    output.setup(app)
    own_rule.setup(app)
    signed.setup(app)
    page.setup(app)
    policy.setup(app)
    notebooks.setup(app)
    search.setup(app)
    sharing.setup(app)
    links.setup(app)
    asked.setup(app)
    bound.setup(app)
    languages.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
