# One command a wish; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SEED ?= 1
OUTSIDE := kafka or postgres or browser or prometheus

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) ## make the virtual environment from the lock file

run: $(INSTALLED) ## start Apache Kafka, judge, track, desk and the demonstration city; Ctrl-C stops all
	@exec $(BIN)/regulator run

check: format lint types imports quick ## everything that needs no outside service: some three minutes

test: check whole ## everything: also on real Kafka, PostgreSQL, Chromium and Prometheus; a quarter of an hour

format: $(INSTALLED)
	$(BIN)/ruff format --check .

lint: $(INSTALLED)
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy

imports: $(INSTALLED)
	$(BIN)/lint-imports

quick: $(INSTALLED)
	$(BIN)/pytest -q -n 2 -m "not ($(OUTSIDE))"

whole: $(INSTALLED)
	tests/outside-parts
	$(BIN)/pytest -q -n 2 -m "postgres and not kafka"
	$(BIN)/pytest -q -n 2 --dist loadgroup --durations=10 -m "kafka and not alone"
	$(BIN)/pytest -q --durations=5 -m "browser or prometheus or alone"

bench: $(INSTALLED) ## measure what it costs, beside stock Faust
	$(BIN)/python -m benchmarks

fuzz: $(INSTALLED) ## send a million hostile messages across the border; SEED=… for others
	$(BIN)/python -m tests.fuzz --messages 1000000 --seed $(SEED)

golden: $(INSTALLED) ## show how the golden stories' findings differ from the code's; changes nothing
	$(BIN)/python -m tests.golden

lock: ## renew requirements.lock from pyproject.toml
	rm -rf .run/lock && $(PYTHON) -m venv .run/lock
	.run/lock/bin/python -m pip install -q --disable-pip-version-check --upgrade setuptools ".[dev]"
	.run/lock/bin/python -m pip freeze --all | grep -Ev '^(pip|regulator)( |==)' | LC_ALL=C sort -f > requirements.lock
	rm -rf .run/lock build

clean: ## remove the virtual environment and what tools left; data in .run/ stay
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and '$(PYTHON)' is not on the path. Install it, or: make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11"; exit 1; }
	@echo "Making the virtual environment $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment (Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Installing $$(grep -c == requirements.lock) packages; a minute or two …"
	@set -o pipefail; $(BIN)/python -m pip install --disable-pip-version-check -r requirements.lock \
		| awk '/^(Collecting|Requirement already satisfied:?) / { n++; sub(/^Requirement already satisfied:?/, "Collecting"); printf "  %d %s\n", n, $$2; fflush() } /^Installing collected/ { print "  unpacking …"; fflush() }'
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@
	@echo "Installed."

.PHONY: help install run check test format lint types imports quick whole bench fuzz golden lock clean
