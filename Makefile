# Everything a newcomer needs: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
SOAK ?= 1
SEED ?= 2026
COUNT ?= 200
# One more than there are processors: many tests wait for servers, browsers and locks.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
FLASK := $(BIN)/flask --app wsgi
PACKAGES := registry termbank information_models submission_portal legal_checks wsgi.py

# Tests start hundreds of programs: what was compiled once need not be compiled again, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test coverage postgresql soak check format messages lock mutants dead bench client offline clean-instance

help:  ## List what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

run: export REGISTRY_LOG_LEVEL ?= WARNING
run: $(STAMPS)/run  ## Perform the main job once on the bundled figures, then serve on PORT (default 8000)
	@$(BIN)/python -m registry.serve --demonstration --port $(PORT) --workers 1 --threads 8

test: $(STAMPS)/test $(if $(CI),coverage)  ## Every test, in parallel (where CI is set, the unit tests first and under coverage)
	@$(BIN)/python tests/tools/what_is_missing.py
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q -m "not soak and not again" $(if $(CI),--ignore=tests/unit tests)

coverage: $(STAMPS)/test  ## Unit tests and doctests, and how many branches they take; fails below the floors in pyproject.toml
	@$(BIN)/python -m pytest -n auto --dist worksteal -q --cov --cov-report= tests/unit $(filter-out %.py,$(PACKAGES))
	@$(BIN)/python -m tests.tools.covered

postgresql: $(STAMPS)/test  ## On PostgreSQL, the tests that `make test` runs on SQLite though either may serve
	@$(BIN)/python tests/tools/what_is_missing.py
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q -m again tests/integration

soak: $(STAMPS)/test  ## What takes minutes: soak, races, fuzzing, kills, growth (ten minutes; SOAK=5 does five times as much)
	@$(BIN)/python tests/tools/what_is_missing.py
	@SOAK=$(SOAK) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q -m soak tests --durations=15

check: $(STAMPS)/test  ## Format, lint, types, import contracts, templates, translations, drift of migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(PACKAGES)
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint $(filter-out %.py,$(PACKAGES))
	$(BIN)/python tests/tools/messages.py missing
	$(BIN)/python -m pytest -q tests/integration/registry/test_migrations.py

format: $(STAMPS)/test  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(STAMPS)/test  ## Collect interface texts into the catalogues
	$(BIN)/python tests/tools/messages.py extract

mutants: $(STAMPS)/test  ## 200 small faults in the pure modules, drawn by SEED, each of which a unit test should notice (fifteen minutes)
	@$(BIN)/python -m tests.tools.mutants --seed $(SEED) --count $(COUNT)

dead: $(STAMPS)/test  ## Functions, classes and methods that nothing in the product names (libraries call some, tests others)
	@$(BIN)/vulture $(PACKAGES) --ignore-decorators "@*.get,@*.post,@*.route,@*.command,@*.group,@*.app_*,@*.errorhandler,@*.before_*,@*.after_*" \
		| grep -E "unused (function|class|method)" || true

bench: $(STAMPS)/test  ## Measure speed and memory of the small-number engine, beside τ-ARGUS (half an hour)
	$(BIN)/python tests/benchmarks/small_numbers_speed.py

client: $(STAMPS)/run  ## The client for machines as a wheel, in dist/
	@$(BIN)/python -m submission_portal.receiving.client_wheel dist

offline: $(STAMPS)/test  ## Make the small wheel that a region checks its files with on its own machine (dist/)
	@$(BIN)/python -m tests.tools.offline_wheel dist

lock: $(STAMPS)/test  ## Resolve the dependencies anew
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --upgrade pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean-instance:  ## Start afresh: remove instance/, after asking
	@printf 'Remove instance/ with everything in it? [y/N] '; read answer; [ "$$answer" = y ] && rm -rf instance && echo Removed. || echo Kept.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Use make PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/run: requirements.txt | $(BIN)/python
	@echo "Installing what requirements.txt names (hashes are checked) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/test: requirements-dev.txt $(STAMPS)/run | $(BIN)/python
	@echo "Installing what requirements-dev.txt names (hashes are checked) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@mkdir -p $(STAMPS) && touch $@
