# Everything is installed in .venv and written in var/ and build/, nothing elsewhere.
PY = .venv/bin/python
COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --only-binary :all:
ARGS =

.DEFAULT_GOAL = help
.PHONY: help run test check format bench figures screenshots lock venv-run venv-dev

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: venv-run ## Install and start the portal (PORT=8000 DATA_DIR=var); Ctrl-C stops it all
	@$(PY) -m monespace

test: venv-dev ## Install and run every test (ARGS="-k budget" to choose)
	@$(PY) -m tests.support.browser --install
	@$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

check: venv-dev ## Style, types, import contracts, migrations, lock files
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m tests.support.migrations
	@! grep -n '://' requirements/*

format: venv-dev ## Format the code
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

bench: venv-dev ## Measure pages and imports: tables, and build/bench.jsonl
	@$(PY) -m bench

figures: venv-dev ## The long proofs (25 min at most): one «name: integer» line each
	@$(PY) -m tests.figures

screenshots: venv-dev ## Picture every page into build/screens
	@$(PY) -m tests.support.browser --install
	@$(PY) -m tests.screenshots

lock: venv-dev ## Make requirements/*.txt from the *.in (adds uv to .venv)
	@$(PY) -m pip install --quiet uv
	@$(COMPILE) requirements/run.in -o requirements/run.txt
	@$(COMPILE) requirements/dev.in -o requirements/dev.txt -c requirements/run.txt

venv-run:
	@sh scripts/venv.sh run

venv-dev:
	@sh scripts/venv.sh dev
