"""Altair, loaded when a chart is first made.

Pages are made of charts that have been made and drawn already, and loading it takes a tenth of a build in
which one sentence has changed.
"""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING


def _later(name: str) -> ModuleType:
    """Return a module that is loaded when something is first asked of it, as the standard
    library's documentation of ``LazyLoader`` has it.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    spec.loader = LazyLoader(spec.loader)
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if TYPE_CHECKING:
    import altair as alt
else:
    alt = _later("altair")

__all__ = ["alt"]
