# Every command is safe to run twice. It needs Python 3.11 or later, make and a package index.

# The first Python that will do; where none will, python3 says so in a sentence.
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && exit; done; echo python3)
BIN := .venv/bin
ENVIRONMENT := $(PYTHON) requirements/environment.py
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test prove check bench wheel format clean

help:
	@echo "make run      serve Kept with demonstration families on http://localhost:8000"
	@echo "make test     run every test, in a real browser too"
	@echo "make prove    count the published statements that tests prove"
	@echo "make check    format, lint, types, import contract, system checks, stale generated files"
	@echo "make bench    measure what it costs"
	@echo "make wheel    build dist/, from which Kept is installed on a machine of its own"
	@echo "make format   put the code in its agreed form"
	@echo "make clean    remove what can be made again; what was entered (var/) stays"

run:
	@$(ENVIRONMENT) kept
	@exec $(BIN)/kept serve --demonstration

test:
	@$(ENVIRONMENT) development
	@KEPT_CHROMIUM="$$($(BIN)/python -m tests.browsers)" || exit 1; export KEPT_CHROMIUM; \
	exec $(BIN)/python -m pytest -n $(WORKERS) $(ARGUMENTS)

prove:
	@$(ENVIRONMENT) development
	@KEPT_CHROMIUM="$$($(BIN)/python -m tests.browsers)" || exit 1; export KEPT_CHROMIUM; \
	exec $(BIN)/python -m tests.prove

check:
	@$(ENVIRONMENT) development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint kept/web --profile=jinja --lint --quiet
	$(BIN)/kept check
	$(BIN)/python -m tests.notices.specification --check

bench:
	@$(ENVIRONMENT) development
	@exec $(BIN)/python -m bench $(ARGUMENTS)

wheel:
	@$(ENVIRONMENT) kept
	@exec $(BIN)/python requirements/wheel.py

format:
	@$(ENVIRONMENT) development
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	@if [ -x $(BIN)/kept ]; then $(BIN)/kept database stop || true; fi
	rm -rf .venv build dist kept/web/static .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find kept tests bench requirements -type d -name __pycache__ -prune -exec rm -rf {} +
	@echo "What was entered stays in var/ (or where KEPT_HOME says). To forget it too: rm -rf var"
