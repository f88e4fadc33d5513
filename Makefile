# Everything is installed in .venv and written in var/ and build/, nothing elsewhere.
PY = .venv/bin/python
COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --only-binary :all:
ARGS =

.DEFAULT_GOAL = help
.PHONY: help run test check format bench figures screenshots lock venv-run venv-dev

help: ## Liste ces commandes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: venv-run ## Installe et démarre le portail (PORT=8000 DATA_DIR=var) ; Ctrl-C arrête tout
	@$(PY) -m monespace

test: venv-dev ## Installe et lance tous les tests (ARGS="-k budget" pour en choisir)
	@$(PY) -m tests.support.browser --install
	@$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

check: venv-dev ## Style, types, contrats d’import, migrations, listes de paquets
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m tests.support.migrations
	@! grep -n '://' requirements/*

format: venv-dev ## Met le code en forme
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

bench: venv-dev ## Mesure les pages ; tableau à l’écran, build/bench.jsonl
	@$(PY) -m bench

figures: venv-dev ## Les preuves longues (25 min au plus) ; une ligne « nom: entier » chacune
	@$(PY) -m tests.figures

screenshots: venv-dev ## Photographie chaque page dans build/screens
	@$(PY) -m tests.support.browser --install
	@$(PY) -m tests.screenshots

lock: venv-dev ## Refait requirements/*.txt depuis les *.in (installe uv dans .venv)
	@$(PY) -m pip install --quiet uv
	@$(COMPILE) requirements/run.in -o requirements/run.txt
	@$(COMPILE) requirements/dev.in -o requirements/dev.txt -c requirements/run.txt

venv-run:
	@sh scripts/venv.sh run

venv-dev:
	@sh scripts/venv.sh dev
