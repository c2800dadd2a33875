# Two commands do everything: `make run` and `make test`. Needs Python 3.11+ with venv, nothing more.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export CHONGDICH_VAR ?= $(CURDIR)/var
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm

.PHONY: run test setup lock docs lint types layers check-tools clean benchmarks

run: $(VENV)/.run node_modules/.built  ## set everything up and serve on http://127.0.0.1:8000
	@$(BIN)/chongdich setup
	@$(BIN)/chongdich serve

setup: $(VENV)/.run node_modules/.built
	@$(BIN)/chongdich setup

test: $(VENV)/.test node_modules/.built  ## everything that must pass, on both databases
	@$(BIN)/python -m tests.run

$(VENV)/bin/uv: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Thiếu python3-venv: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/uv
	@test -e $(VENV)/.test || $(BIN)/uv pip sync -q --require-hashes requirements/run.txt
	@test ! -e $(VENV)/.test || $(BIN)/uv pip sync -q --require-hashes requirements/test.txt
	@$(BIN)/uv pip install -q --no-deps -e .
	@touch $@

$(VENV)/.test: requirements/test.txt pyproject.toml | $(VENV)/bin/uv
	@$(BIN)/uv pip sync -q --require-hashes requirements/test.txt
	@$(BIN)/uv pip install -q --no-deps -e .
	@touch $@ $(VENV)/.run

ASSETS := $(shell find src/chongdich/web/assets -type f 2>/dev/null)

node_modules/.installed: package.json package-lock.json | $(VENV)/.run
	@$(NPM) ci --silent --no-progress
	@touch $@

node_modules/.built: node_modules/.installed $(ASSETS)
	@$(NPM) run --silent build
	@touch $@

lock: $(VENV)/bin/uv  ## write the lock files anew
	@$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 pyproject.toml --extra ocr -o requirements/run.txt
	@$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 pyproject.toml --extra ocr --extra test --extra docs -c requirements/run.txt -o requirements/test.txt
	@sed -i 's/^#    uv pip compile.*/#    make lock/' requirements/*.txt

docs: $(VENV)/.test  ## the documentation, to docs/_build
	@$(BIN)/sphinx-build -q -W --keep-going docs docs/_build

clean:
	rm -rf $(VENV) node_modules src/chongdich/web/static/built docs/_build
