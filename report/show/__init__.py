"""What chapters and pages show of the ledger: one template a thing."""
from report.show.page_parts import *  # noqa
from report.show.numbers_table import numbers_table  # noqa: F401
