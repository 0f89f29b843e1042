PY ?= python3
PORT ?= 8000
BIN := .venv/bin
export PORT

.PHONY: demo test setup stop clean lock bench

.venv/.ok: requirements.lock
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên (Python 3.11 or newer is needed)."; exit 1; }
	@test -x $(BIN)/python || $(PY) -m venv .venv || { echo "Không tạo được môi trường ảo: hãy cài python3-venv (install python3-venv)."; exit 1; }
	@echo "Đang cài các gói… (installing packages)"
	@test -x $(BIN)/uv || $(BIN)/pip install -q --disable-pip-version-check uv || true
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install -q --require-hashes -r requirements.lock \
	  || $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install -q --no-deps -e . || $(BIN)/pip install -q --no-deps -e .
	@touch $@

setup: .venv/.ok

demo: .venv/.ok
	@DANCHU_DEMO=1 exec $(BIN)/python -m danchu.config.serve

test: .venv/.ok
	@$(BIN)/ruff check danchu tests
	@$(BIN)/lint-imports
	@DANCHU_TESTING=1 $(BIN)/python -m pytest

stop:
	@$(BIN)/python -c "from danchu.config.settings import _embedded; _embedded().stop()"

lock:
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	  --no-emit-index-url pyproject.toml --group dev -o requirements.lock

clean:
	@rm -rf .venv var
