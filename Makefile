# Two commands on a fresh machine: `make book` builds the book, `make test` passes the tests. Each sets up what it needs.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
JOBS ?= 2

# An environment belongs to the folder and to the pins it was made of: one that was copied or moved along is made anew,
# and so is one of other pins. Their text decides and not their dates, which a clock or a checkout may have moved.
MADE_OF := $(CURDIR) $(shell cat requirements.txt pyproject.toml | cksum)
ifneq ($(shell cat $(VENV)/ready 2>/dev/null),$(MADE_OF))
$(shell rm -f $(VENV)/ready)
endif

# Its build tool takes what follows a $ for a variable's name
ifneq (,$(findstring $$,$(CURDIR)))
$(error $(CURDIR): the project cannot be installed from a folder with a $$ in its path; move the folder)
endif

.PHONY: book test serve lab references reproduce bench datapackage requirements clean

# make book DATA=folder builds the book on the rows of a folder, beside the report's own: see examples/
book: $(VENV)/ready
	@$(BIN)/python report/build.py $(if $(DATA),"$(DATA)")

test: book
	$(BIN)/ruff check report argument tests bench
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(JOBS)

serve: book
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

lab: $(VENV)/ready
	mkdir -p $(VENV)/share/jupyter/lab/settings
	cp .binder/overrides.json $(VENV)/share/jupyter/lab/settings/overrides.json
	$(BIN)/jupyter lab --notebook-dir . --LabApp.default_url=/lab/tree/chapters

references: $(VENV)/ready
	$(BIN)/python -m tests.references

# Whether a fresh environment gets what the edition recorded: a report in _build/reproduction/report.md.
reproduce: FRESH = _build/reproduction/venv
reproduce:
	$(PYTHON) -m venv --clear $(FRESH)
	PIP_USER=0 $(FRESH)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(FRESH)/bin/python -m tests.reproduce

# All comparisons; make bench BASE=v0.1.0 compares the book with itself as it was at a tag or commit.
bench: book
	$(BIN)/python -m $(if $(BASE),bench.before "$(BASE)",bench)

# All charts at both widths and in both themes, to be looked at: sheets in _build/contact-sheet.
.PHONY: contact-sheet
contact-sheet: book
	$(BIN)/python -m tests.contact_sheet

# After a deliberate change of a table or of its description: make data/datapackage.json anew.
datapackage: $(VENV)/ready
	$(BIN)/python -m report.data.stamp

# After a change of requirements.in: pin the whole closure for every supported Python.
requirements:
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate requirements.in -o requirements.txt

$(VENV)/ready:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Python 3.11 to 3.13 is needed, this is %d.%d: name another with make PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv --clear $(VENV)
	PIP_USER=0 $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@printf '%s' "$(MADE_OF)" > $@

clean:
	rm -rf _build

# Editions. After a change of [identity] in article.toml: write what it says into CITATION.cff, pyproject.toml and README.
.PHONY: identity changes edition pdf epub
identity: $(VENV)/ready
	@$(BIN)/python -m report.editions.stamp

# What differs from an edition, given as a tag, a commit, the folder of a built site or a ledger.json: make changes FROM=v1.0.0
changes: $(VENV)/ready
	@test -n "$(FROM)" || { echo "name the edition to compare with: make changes FROM=v1.0.0" >&2; exit 2; }
	@$(BIN)/python -m report.editions.changes "$(FROM)"

# The whole book as one file, in _build/bound.
pdf: $(VENV)/ready
	@$(BIN)/python report/bound.py pdf

epub: $(VENV)/ready
	@$(BIN)/python report/bound.py epub

# Built editions side by side as they are published, walked in Chromium: make walk-editions SITES="one/_build/html _build/html"
.PHONY: walk-editions
walk-editions: $(VENV)/ready
	@$(BIN)/python -m tests.walk_editions $(SITES)

# From a clean tree: what is handed out, in dist/. The same commit gives the same bytes.
edition: $(VENV)/ready
	@$(BIN)/python -m report.editions.release
