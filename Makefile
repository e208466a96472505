# Two commands do all the set-up: `make serve` and `make test`. Both need only Python 3.11+ and make.

PYTHON ?= python3
FOLDER ?= archive/sample/releases
DATA ?= dateline-data
PORT ?= 8311
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: serve test coverage test-whoosh2 test-plain check check-pages bench bench-web browser nginx format lock clean

## serve: set up, add FOLDER (the sample), index it, serve it and print the address
serve: $(BIN)/.run
	$(BIN)/dateline --data $(DATA) serve --port $(PORT) $(FOLDER)

## test: set up and run every test
test: $(BIN)/.dev browser nginx
	$(BIN)/python -m pytest $(TESTS)

## coverage: which lines and branches no test reaches; fails below the floor in pyproject.toml
# Without what runs in other processes, where nothing is measured, and what only reads much more of the same.
UNMEASURED := -m "not browser and not corpora" --ignore-glob="*durability*" --ignore-glob="*benchmarks*"
coverage: $(BIN)/.dev
	$(BIN)/coverage run -m pytest $(UNMEASURED) $(TESTS)
	$(BIN)/coverage report

## test-whoosh2: the engine's tests with the Whoosh of 2016 instead of the maintained one
IN_ENGINE := tests/indexer/engine
ENGINE_TESTS := $(addprefix $(IN_ENGINE)/test_, whoosh_oracle.py contract.py generations.py merge.py scoring.py)
test-whoosh2: $(BIN)/.dev
	$(PIP) install --require-hashes --no-deps --upgrade --target .whoosh2 -r requirements/whoosh2.txt
	PYTHONPATH=.whoosh2 $(BIN)/python -W ignore -m pytest -W ignore $(ENGINE_TESTS)

## test-plain: the engine's tests with the inner loops in NumPy, as where there is no compiler
test-plain: $(BIN)/.dev
	$(BIN)/python -m pytest --plain $(ENGINE_TESTS)

## check: format, lint, types, layers
check: $(BIN)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/project/test_layers.py

## check-pages: every kind of page by axe and at the narrowest, light, dark and on a phone
check-pages: $(BIN)/.dev browser
	$(BIN)/python -m pytest --all-pages tests/browser/test_accessibility.py

## bench: measure beside SQLite FTS5 and Tantivy, SIZE releases (20k, 200k, 1m)
SIZE ?= 20k
bench: $(BIN)/.dev
	$(BIN)/python -m benchmarks --size $(SIZE)

## bench-web: what pages cost over HTTP, beside Datasette over the same texts
bench-web: $(BIN)/.dev
	$(PIP) install --require-hashes --no-deps --upgrade --target .datasette -r requirements/datasette.txt
	$(BIN)/python -m benchmarks pages --releases $(SIZE)

## format: put the code into its one format
format: $(BIN)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

## browser: have Chromium for the browser tests, where it can be installed
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium for the browser tests."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  fi; } || echo "Chromium could not be installed; the browser tests will be skipped."

## nginx: have nginx for the tests behind it, where it can be installed
nginx:
	@command -v nginx >/dev/null || test -x /usr/sbin/nginx || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing nginx for the tests behind it."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light >/dev/null; \
	  fi; } || echo "nginx could not be installed; the tests behind it will be skipped."

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(BIN)/.run: $(BIN)/python requirements/run.txt requirements/build.txt pyproject.toml setup.py $(wildcard indexer/kernels/c/*)
	$(PIP) install --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.dev: $(BIN)/.run requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

## lock: pin every dependency anew with its hashes (needs uv); no registry address is written
lock:
	requirements/lock

## clean: remove what was made
clean:
	rm -rf .venv .whoosh2 .datasette .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
