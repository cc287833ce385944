# Two commands do all the set-up: `make demo` (the core alone) and `make test` (everything).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check -c config/constraints.txt

.PHONY: demo test test-slow check real bench lock generated airflow clean

demo: $(VENV)/.core
	$(BIN)/policywire demo

test: $(VENV)/.full
	$(BIN)/pytest

test-slow: $(VENV)/.full
	$(BIN)/pytest -m slow

check: $(VENV)/.full
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/lock.py
	$(BIN)/python tests/generated.py

real: $(VENV)/.full ## fetch and extract over the real feeds and pages of POLICYWIRE_EVAL_DATA
	$(BIN)/pytest -s tests/test_real_input.py

bench: $(VENV)/.full .bench/.peers ## speed and memory as ratios to a reference in the same run
	$(BIN)/python tests/bench/fetch.py --peers .bench/bin/python
	for room in extract classify cluster draft; do $(BIN)/python tests/bench/$$room.py || exit 1; done

.bench/.peers: tests/bench/peers.txt
	$(PYTHON) -m venv .bench
	.bench/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

lock: $(VENV)/.full
	$(BIN)/python tests/lock.py --write

generated: $(VENV)/.full ## schemas and tables of DAGs
	$(BIN)/python tests/generated.py --write

airflow: $(VENV)/.full
	$(BIN)/python dags/serve.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Policywire needs Python 3.11 or newer: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "python3 -m venv cannot work here: install the package python3-venv (Debian, Ubuntu) or python3-pip"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: $(BIN)/python pyproject.toml config/constraints.txt
	$(PIP) -e .
	touch $@

$(VENV)/.full: $(BIN)/python pyproject.toml config/constraints.txt
	$(PIP) -e '.[airflow,dev,llm]'
	touch $@ $(VENV)/.core

clean:
	rm -rf .demo .real var .pytest_cache .mypy_cache .ruff_cache .hypothesis
