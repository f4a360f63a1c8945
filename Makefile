# make setup | lab | test | build | bench - each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-lock
LAB_ARGS ?=
FIRST := $(firstword $(sort $(notdir $(wildcard course/[0-9]*.ipynb))))

.PHONY: help setup lab test build bench lock links
help:
	@echo "make lab     open the course in JupyterLab (LAB_ARGS=\"--no-browser --port=8899\")"
	@echo "make test    run every test"
	@echo "make build   text sources -> executed solutions -> released lessons"
	@echo "make bench   measure, and print a table of ratios"
	@echo "make setup   only make $(VENV) from requirements.txt"
	@echo "make links   the Binder links of the repository this copy came from"
	@echo "make lock    resolve pyproject.toml anew into requirements.txt"

setup: $(STAMP)

$(STAMP): requirements.txt pyproject.toml course/crease/server.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Crease needs Python 3.11 or newer; '$(PYTHON)' is missing or older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python has no venv module. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Setting up $(VENV): a minute or two, once."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p $(VENV)/etc/jupyter/jupyter_server_config.d
	@cp course/crease/server.json $(VENV)/etc/jupyter/jupyter_server_config.d/crease.json
	@touch $@

lab: setup
	cd course && ../$(BIN)/jupyter lab $(LAB_ARGS) $(FIRST)

test: setup
	$(BIN)/python -m ruff check .
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

build: setup
	$(BIN)/python solutions/build.py $(LESSONS)

bench: setup
	$(BIN)/python bench/run.py

links:
	@$(PYTHON) binder/links.py

lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra cluster --universal --python-version 3.11 --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links -o requirements.txt
