"""What other rooms' tests have made already: the small book, for what editions say on pages."""

from tests.sphinx.conftest import pages, small

__all__ = ["pages", "small"]
