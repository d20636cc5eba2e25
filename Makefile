# Needs Python 3.11 or newer, git and make; everything else goes into .venv. With a C compiler reading and indexing are faster.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := demo-workspace

.DEFAULT_GOAL := help

.PHONY: help
help:  ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

# The compiled parts are built with the installation, where there is a C compiler.
COMPILED := $(shell find corpus index pipeline -name '*.c' -o -name '*.h')

$(STAMP): setup.cfg setup.py pyproject.toml constraints.txt $(COMPILED)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

.PHONY: install
install: $(STAMP)  ## Make .venv and install Akt with its tools, at the pinned versions
	@echo "Installed: $(BIN)/akt"

.PHONY: demo
demo: $(STAMP)  ## Read the samples, search them and show what was found
	@$(BIN)/akt --workspace $(DEMO) demo

.PHONY: test
test: $(STAMP)  ## Run the tests
	$(BIN)/pytest -n logical --dist loadfile

.PHONY: check
check: $(STAMP)  ## Lint, types, floors, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate.py --check

.PHONY: generate
generate: $(STAMP)  ## Write the JSON Schema, the samples and the command reference anew
	$(BIN)/python tools/generate.py

.PHONY: bench
bench: $(STAMP)  ## Measure (by hand; figures are ratios within one run)
	$(BIN)/python benchmarks/search.py --documents 10000
	$(BIN)/python benchmarks/bench_facts.py
	$(BIN)/python benchmarks/bench_mbox.py
	$(BIN)/python benchmarks/bench_memory.py
	$(BIN)/python benchmarks/bench_links.py
	$(BIN)/python benchmarks/bench_export.py
	$(BIN)/python benchmarks/pdf.py

.PHONY: lock
lock:  ## Resolve the versions anew into constraints.txt (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --no-annotate --no-header --no-emit-index-url setup.cfg --output-file constraints.txt

.PHONY: clean
clean:  ## Remove what was built (not your workspaces)
	find corpus index pipeline -name '*.so' -delete
	rm -rf $(VENV) $(DEMO) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
