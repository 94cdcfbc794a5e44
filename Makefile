# `make demo` and `make test` set up everything they need on a machine with Python 3.11+ and make.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 0# processes that test side by side; 0 for none but this one
JS := $(shell find js -type f -not -path '*/node_modules/*' -not -path '*/vectors/*') $(shell find cnnwidgets/widgets -name '*.json')

.PHONY: demo explore test lint format clean

demo: .venv/ready
	$(BIN)/cnnwidgets demo

explore: .venv/ready
	$(BIN)/cnnwidgets explore

test: .venv/ready .venv/browser
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python js/node.py check

format: .venv/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The environment: made once, made again when what it is made of changes.
.venv/installed: pyproject.toml constraints.txt hatch_build.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cnnwidgets needs Python 3.11 or newer: make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

# The widgets' front end: bundled again when a source changes.
.venv/ready: .venv/installed $(JS)
	$(BIN)/python js/node.py build
	touch $@

# A browser for the tests: the machine's Chromium, or else the one that Playwright brings.
.venv/browser: .venv/installed
	command -v chromium || command -v google-chrome || command -v chromium-browser || $(BIN)/playwright install chromium
	touch $@

clean:
	rm -rf .venv build dist js/node_modules js/vectors cnnwidgets/widgets/static
