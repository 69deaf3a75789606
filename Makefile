# Knotwork: every habit of the house is a target here; `make` lists them. CI calls the same ones.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export KNOTWORK_HOME ?= $(CURDIR)/.knotwork
# Compiled modules are kept: every start is seconds faster.
unexport PYTHONDONTWRITEBYTECODE

help: ## This list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/uv: requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit("Knotwork needs Python 3.11 or newer; found " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $@

.venv/run: .venv/uv requirements/run.txt pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements/dev.txt
	@touch $@

.venv/bench: .venv/dev requirements/bench.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements/bench.txt
	@touch $@

install: .venv/run ## The one virtual environment, .venv, with exact hashed versions

up: .venv/run ## Install, set up the database, load the examples, serve (PORT=8000)
	@exec $(BIN)/knotwork up --port $(PORT)

test: .venv/dev ## Every test: on SQLite, on PostgreSQL and in a browser where this machine has them
	@$(BIN)/python -m tests.run

check: .venv/dev ## Lint, format, types, import contracts, templates, migrations, spelling
	$(BIN)/ruff check src tests benchmarks docs
	$(BIN)/ruff format --check src tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djhtml --check --tabwidth 2 src/knotwork
	KNOTWORK_HOME=$$(mktemp -d) $(BIN)/python -W error::DeprecationWarning -m django makemigrations --check --dry-run --settings knotwork.website.settings
	KNOTWORK_HOME=$$(mktemp -d) KNOTWORK_ORIGIN=https://knotwork.example.org $(BIN)/python -m django check --deploy --fail-level WARNING --settings knotwork.website.settings
	$(BIN)/codespell src tests docs benchmarks *.md

bench: .venv/bench ## Measure speed and memory, beside the peer where there is one
	$(BIN)/python -m benchmarks.run

docs: .venv/dev ## Build the documentation, with fresh screenshots
	$(BIN)/python -m docs.screenshots
	$(BIN)/sphinx-build --quiet --fail-on-warning -b html docs docs/_build/html

pins: .venv/uv ## Resolve the exact versions anew (requirements/*.txt)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header requirements/build.in -o requirements/build.txt
	@for extras in "run:postgres" "dev:postgres dask fast dev" "bench:postgres dask fast dev bench"; do \
	  name=$${extras%%:*}; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-annotate --no-header pyproject.toml $$(for extra in $${extras#*:}; do echo --extra $$extra; done) \
	    $$([ $$name = run ] || echo -c requirements/run.txt) -o requirements/$$name.txt; \
	done

clean: ## Remove the virtual environment, the local home folder and built files
	rm -rf .venv .knotwork docs/_build

.PHONY: help install up test check bench docs pins clean
