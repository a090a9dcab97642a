"""The small book of the pages' tests, for what editions say on pages."""

from tests.sphinx.conftest import pages, small

__all__ = ["pages", "small"]
