"""Jupyter Book's settings and the table of contents, looked through before it reads them: it would show a
traceback for some faults and pass over others.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from jupyter_book.config import PATH_YAML_DEFAULT, get_validator
from sphinx_external_toc.parsing import TOCTREE_OPTIONS, MalformedError, parse_toc_data

# settings that Jupyter Book reads, and that neither its schema nor its defaults have, by where they stand
UNLISTED = {"": ("project",), "parse: ": ("myst_substitutions",), "html: ": ("navbar_footer_text",)}
OWN = "report.sphinx"
PARTS, ENTRIES = ("parts", "subtrees"), ("chapters", "sections", "entries")  # of a table of contents


def fault_of_settings(config: Path, contents: Path) -> str | None:
    """Return what does not fit in Jupyter Book's settings or in the table of contents, by the libraries that
    read them, or None.
    """
    read, validator = {}, get_validator()
    for path in (config, contents):
        try:
            read[path] = yaml.safe_load(path.read_bytes())
        except yaml.YAMLError as unread:
            return f"{path.name}: {unread}; correct the YAML"
    settings = read[config]
    for error in validator.iter_errors(settings):
        at = "".join(f"{key}: " for key in error.path)
        return f"{config.name}: {at}{error.message}; correct it"
    for untold in _unread(settings, validator.schema, yaml.safe_load(PATH_YAML_DEFAULT.read_bytes())):
        return f"{config.name}: {untold}"
    if unloaded := _unloaded(settings):
        return f"{config.name}: {unloaded}"
    try:
        parse_toc_data(read[contents])
    except MalformedError as error:
        return f"{contents.name}: {error}; correct it"
    return next((f"{contents.name}: {told}" for told in _unread_parts(read[contents])), None)


def _unloaded(settings: dict) -> str | None:
    """Return what is wrong with the extensions of Sphinx that are asked for: one that is not there, or the
    book's own left out.
    """
    told = settings.get("sphinx") or {}
    asked = [*((told.get("config") or {}).get("extensions") or []), *(told.get("extra_extensions") or [])]
    for name in asked:
        if not _is_there(name):
            return (f"sphinx: there is no extension {name!r}; correct the name, or install it with "
                    "requirements.txt")
    if asked and OWN not in asked:
        return f"sphinx: extensions lacks {OWN}, which makes the pages; add it"
    return None


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # what it would be a part of is not there
        return False


def _unread_parts(told: Any) -> Iterator[str]:
    """Yield what is to be said of what a part of the contents says and their library passes over."""
    known = {*TOCTREE_OPTIONS, *ENTRIES}
    for name, value in told.items() if isinstance(told, dict) else ():
        for part in value if isinstance(value, list) else ():
            if name in PARTS and isinstance(part, dict):
                for unknown in sorted(part.keys() - known):
                    yield f"nothing reads {unknown!r} of a part; write one of {', '.join(sorted(known))}"
            yield from _unread_parts(part)


def _unread(settings: dict, schema: dict, defaults: Any, at: str = "") -> Iterator[str]:
    """Yield what is to be said of settings that Jupyter Book's schema allows, and that nothing reads; ``at``
    is what they stand under.
    """
    below, defaults = schema.get("properties", {}), defaults if isinstance(defaults, dict) else {}
    known = {*below, *defaults, *UNLISTED.get(at, ())}
    for name, value in settings.items():
        if name not in known:
            yield f"{at}nothing reads {name!r}; write one of {', '.join(sorted(known))}"
        elif isinstance(value, dict) and (below.get(name, {}).get("properties") or defaults.get(name)):
            yield from _unread(value, below.get(name, {}), defaults.get(name), f"{at}{name}: ")
