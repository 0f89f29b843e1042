# make demo | make check | make shape | make test | make test-long | make types | make coverage | make mutation | make bench | make bench-live | make scripts | make stop | make clean | make lock | make messages | make hall-script
PY ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))) python3)
PORT ?= 8000
BIN := .venv/bin
BIOME := node_modules/.bin/biome
export PORT
# Modules are compiled once, not at every start of a process of the product or the tests.
unexport PYTHONDONTWRITEBYTECODE
# What `make coverage` measures.
ROOM ?= kernel law units figures casework vault
# The tests that reach it: the whole suite, because pages, the API and copies drive a room too.
TESTS ?= tests
LOCK = $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --no-emit-index-url
INSTALL = @command -v $(PY) >/dev/null || { echo "✗ Không có Python: cần Python 3.11 trở lên. (Python 3.11 or newer is needed)"; exit 1; }; $(PY) danchu/config/install.py

.PHONY: demo check form contracts migrations quick shape test test-long types coverage mutation scripts bench bench-live stop clean lock pictures messages hall-script

demo: ## Set up and serve the demo on http://127.0.0.1:$(PORT)
	$(INSTALL) embedded
	@DANCHU_DEMO=1 exec $(BIN)/danchu serve

test: ## The whole suite
	$(INSTALL) test
	@$(MAKE) --no-print-directory form contracts types scripts migrations
	@DANCHU_TESTING=1 $(BIN)/python -m pytest -n 3 --dist loadfile

test-long: ## What is long by nature, with all its values: every role at every address, kills at every stage, pages read by axe at each width
	$(INSTALL) test
	@DANCHU_TESTING=1 DANCHU_TEST_LONG=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m "long or browser"

check: ## Form, contracts, types, scripts and the quick tests: before each commit, in under two minutes
	$(INSTALL) test
	@$(MAKE) --no-print-directory -j2 --output-sync=target form contracts types scripts migrations quick

form:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djangofmt -q --check danchu docs/develop/example
	@$(BIN)/djangofmt check danchu docs/develop/example

contracts:
	@$(BIN)/lint-imports

migrations:
	@DANCHU_TESTING=1 $(BIN)/python manage.py makemigrations --check --dry-run

quick:
	@DANCHU_TESTING=1 $(BIN)/python -m pytest -n 0 tests/architecture tests/kernel tests/subjects --ignore tests/architecture/test_example_room.py

shape: ## The table of the code's shape: what is counted, what it was, what it is
	$(INSTALL) test
	@$(BIN)/python -m tests.architecture.measures

types: ## The types of the rooms below all others; no database is asked
	@DANCHU_TESTING=1 DATABASE_URL=postgres://nobody@nowhere/types $(BIN)/python -m mypy

coverage: ## Which branches of the rooms below the records, casework and vault the suite reaches; quicker: ROOM=vault TESTS=tests/vault
	$(INSTALL) test
	@DANCHU_TESTING=1 $(BIN)/python -m pytest -n 3 --dist loadfile $(ROOM:%=--cov=danchu/%) --cov-report=term-missing:skip-covered $(TESTS)

mutation: ## Mutants of the pure modules of law, units and figures that have no result yet (`ARGS=--report`, `ARGS=--again`)
	$(INSTALL) test
	@$(BIN)/python -m tests.mutation $(ARGS)

scripts: ## The form and the rules of the scripts of the pages (Biome, from npm; `make scripts ARGS=--write` mends)
	@if command -v npm >/dev/null; then $(MAKE) -s $(BIOME) && $(BIOME) check --error-on-warnings $(ARGS); \
	else echo "Không có npm: chưa kiểm tra tập lệnh của trang. (no npm: the scripts of the pages were not checked)"; fi

$(BIOME): package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $(BIOME)

bench: ## Measured against rivals in the same run; bench/results.json
	$(INSTALL) bench
	@$(BIN)/python -m bench

bench-live: ## The live hall at its size against nginx with nchan and NATS; bench/live.json
	$(INSTALL) bench
	@$(BIN)/python -m bench.live

stop: ## End what is left running: the server and its database
	@test ! -x $(BIN)/danchu || $(BIN)/danchu stop

clean: stop ## Remove what was installed and the demo; real records are never removed
	@test ! -x $(BIN)/python || $(BIN)/python -m danchu.config.clean
	@rm -rf .venv build danchu.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache .mypy_cache .coverage node_modules

lock: ## Renew the locked packages
	$(INSTALL) run
	@$(LOCK) pyproject.toml --group build -o requirements.lock
	@$(LOCK) pyproject.toml --group build --extra embedded -c requirements.lock -o requirements-embedded.lock
	@$(LOCK) pyproject.toml --group build --extra nats -c requirements.lock -o requirements-nats.lock
	@$(LOCK) pyproject.toml --group build --group dev --extra embedded --extra nats -c requirements-embedded.lock -c requirements-nats.lock -o requirements-dev.lock
	@$(LOCK) pyproject.toml --group build --group bench --extra embedded --extra nats -c requirements-embedded.lock -c requirements-nats.lock -o requirements-bench.lock
	@echo uv | $(LOCK) - -o requirements-uv.lock

pictures: ## Pictures of the pages of a demo that runs, and of the first day (needs a Chromium)
	@$(BIN)/python docs/pictures/take.py http://127.0.0.1:$(PORT)
	@DANCHU_TESTING=1 DANCHU_PICTURES=1 $(BIN)/python -m pytest -q -n 0 tests/journeys/test_day_one.py::test_from_an_empty_database_to_the_report_of_the_quarter

hall-script: ## Translate the view model of the hall (danchu/live/view_model) into the script of its pages
	@$(BIN)/python -m danchu.live.view_model.javascript

messages: ## Collect the sentences to translate into the .po files; says which lack their English
	$(INSTALL) test
	@DANCHU_TESTING=1 $(BIN)/python manage.py messages
