"""What chapters and pages show of the ledger: one template a thing."""
from report.show.page_parts import *  # noqa
