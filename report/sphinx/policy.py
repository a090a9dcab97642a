"""What a page may load and run, told to browsers: files of this site, and the one script that it carries
by its hash. So a value that is markup, wherever it came from, can start nothing.

Style attributes are let in: pictures carry their sizes in them, and they load nothing. A page may ask its own
site for files: the list of editions stands beside it.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx

ALLOWED = {
    "default-src": "'none'", "style-src": "'self'", "style-src-attr": "'unsafe-inline'", "img-src": "'self'",
    "font-src": "'self'", "connect-src": "'self'", "base-uri": "'none'", "form-action": "'self'",
}


def policy(*scripts: str) -> Markup:
    """Return the Content-Security-Policy of a page that carries these scripts."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = {**ALLOWED, "script-src": " ".join(["'self'", *(f"'sha256-{known}'" for known in hashes)])}
    return Markup("; ".join(f"{what} {whence}" for what, whence in allowed.items()))


def _give(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    context["policy"] = policy


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _give)
