# make lab | test | check | build | bench - each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-lock
DEV := $(VENV)/.made-for-tests
LAB_ARGS ?=
TESTS ?=
FIRST := $(firstword $(sort $(notdir $(wildcard course/[0-9]*.ipynb))))
LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links
export VENV
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup dev lab test check build lesson bench site lock links
help:
	@echo "make lab     open the course in JupyterLab (LAB_ARGS=\"--no-browser --port=8899\")"
	@echo "make test    run every test, or some (TESTS=\"tests/crease -x\")"
	@echo "make check   run the tests of one lesson (LESSONS=03; TESTS=\"tests/browser tests/site\" on its page, too)"
	@echo "make build   text sources -> executed solutions -> released lessons (LESSONS=\"01 03\")"
	@echo "make lesson  make the skeleton of a new one (NAME=08_title)"
	@echo "make bench   measure, and print a table of ratios"
	@echo "make site    the browser edition in _site/: pages to read, with what moves (SERVE=1 shows it, LESSONS=\"01 03\")"
	@echo "make setup   only make $(VENV), for learners and instructors; make dev adds what tests and builds use"
	@echo "make links   the links of the repository this copy came from (WRITE=1 puts the ways in into the README)"
	@echo "make lock    resolve pyproject.toml into requirements.txt and requirements-dev.txt (UPGRADE=--upgrade)"

setup: $(STAMP)
dev: $(DEV)

$(STAMP): requirements.txt pyproject.toml install.py $(shell find course/crease/page/jupyter -type f)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Crease needs Python 3.11 or newer; '$(PYTHON)' is missing or older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV), once:"
	@$(PYTHON) install.py
	@touch $@

$(DEV): $(STAMP) requirements-dev.txt
	@echo "Adding what tests and builds use, once:"
	@$(PYTHON) install.py --dev
	@touch $@

lab: setup
	cd course && ../$(BIN)/jupyter lab $(LAB_ARGS) $(FIRST)

test: dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations=10 $(TESTS)

check: dev
	@[ -n "$(LESSONS)" ] || { echo "Say of which lesson: make check LESSONS=03"; exit 1; }
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations=3 $(addprefix --lesson=,$(LESSONS)) \
	  tests/lessons tests/house solutions $(TESTS)

build: dev
	$(BIN)/python solutions/build.py $(LESSONS)

lesson: dev
	@[ -n "$(NAME)" ] || { echo "Say what it is called: make lesson NAME=08_title"; exit 1; }
	$(BIN)/python solutions/new.py $(NAME)

bench: dev
	$(BIN)/python bench/run.py

site: dev
	$(BIN)/python site/make_site.py $(if $(LESSONS),--only $(LESSONS)) $(if $(SERVE),--serve)

links:
	@$(PYTHON) binder/links.py $(if $(WRITE),origin "" write)

lock: dev
	$(BIN)/$(LOCK) $(UPGRADE) --extra grader -o requirements.txt
	$(BIN)/$(LOCK) $(UPGRADE) --all-extras -c requirements.txt -o requirements-dev.txt
	@awk -F== 'NR == FNR {first[$$1]; next} !($$1 in first)' requirements.txt requirements-dev.txt >$(VENV)/rest
	@mv $(VENV)/rest requirements-dev.txt
