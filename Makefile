# Every target is a real file or a verb people say. `make help` lists the verbs.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell tools/find-python)
UV := .tools/uv/bin/uv
PY := .venv/bin/python
NODE_BIN := .tools/node/bin
NPM := env PATH="$(CURDIR)/$(NODE_BIN):$$PATH" npm --prefix web
STEP := tools/step
# One more than there are cores: while a test waits for its database, the others go on.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
export UV_PYTHON_DOWNLOADS := never
export UV_COMPILE_BYTECODE := 1
export UV_LINK_MODE := copy
export UV_NO_PROGRESS := 1
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
export PYTHONDONTWRITEBYTECODE :=

WEB_SOURCES := $(shell find web -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)

.PHONY: help run test check bench races drops moves lock types clean

help: ## list what make can do
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

run: .venv/run.stamp web/dist/index.html ## set up and start everything at http://127.0.0.1:8000 (PORT changes it)
	@exec $(PY) -m hub run

test: .venv/dev.stamp web/dist/index.html ## set up and run every test (ARGS="-k words" for some of them)
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal -p tests.second_look $(ARGS)
	@$(STEP) "Front-end tests" "" -- $(NPM) run --silent test

check: .venv/dev.stamp web/node_modules/.stamp ## lint, types, and the rules of the house
	@$(STEP) "ruff: lint" "" -- $(PY) -m ruff check .
	@$(STEP) "ruff: format" "run '$(PY) -m ruff format .'" -- $(PY) -m ruff format --check .
	@$(STEP) "mypy --strict" "" -- $(PY) -m mypy
	@$(STEP) "vulture: dead code" "" -- $(PY) -m vulture
	@$(STEP) "TypeScript" "" -- $(NPM) run --silent check
	@$(STEP) "The rules of the house" "" -- $(PY) -m pytest -q -p no:cacheprovider tests/contracts/test_house.py

bench: .venv/dev.stamp web/dist/index.html ## measure what docs/performance.md reports
	@$(PY) -m bench $(ARGS)

races: .venv/dev.stamp ## let ten thousand takeovers race with an agent's answer, in the log and on the whole way (about an hour)
	@$(PY) -m pytest -q tests/faults/test_takeover_races.py --timeout 0 --races 10000

drops: .venv/dev.stamp ## break sockets, Redis and processes ten thousand times, and compare every screen with a fresh one
	@$(PY) -m pytest -q tests/faults/test_screens.py -n 2 --timeout 0 --drops 10000

moves: .venv/dev.stamp ## send a thousand messages over a line that goes and comes back, and another one behind it
	@$(PY) -m pytest -q tests/faults/test_moving.py --timeout 0 --moves 1000

lock: $(UV) ## resolve the dependencies anew into the lock files
	@tools/lock $(UV)

types: .venv/dev.stamp ## write what is made from the Python types for the front end and the docs
	@$(PY) -m tools.made

clean: ## remove what was installed and built (never ./data)
	rm -rf .tools .venv web/node_modules web/dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(UV): tools/uv.txt
	@$(STEP) "The package installer" "Python has no pip: install it (Debian, Ubuntu: apt install python3-pip)" -- \
		tools/get-uv "$(PYTHON)"
	@touch $@

.venv/pyvenv.cfg: $(UV)
	@$(STEP) "A Python environment" "" -- $(UV) venv --quiet --allow-existing --python "$(PYTHON)" .venv
	@touch $@

# A developer's environment holds everything a runner's does: once it exists it is the one kept up to date.
.venv/run.stamp: requirements-run.lock requirements-dev.lock | .venv/pyvenv.cfg
	@$(STEP) "Python packages" "" -- $(UV) pip sync --quiet --no-build --require-hashes --python $(PY) \
		$(if $(wildcard .venv/dev.stamp),requirements-dev.lock,requirements-run.lock)
	@touch $@

.venv/dev.stamp: requirements-dev.lock | .venv/pyvenv.cfg
	@$(STEP) "Python packages, with those for tests" "" -- \
		$(UV) pip sync --quiet --no-build --require-hashes --python $(PY) requirements-dev.lock
	@touch $@ .venv/run.stamp

$(NODE_BIN)/npm: tools/node-shims | .venv/run.stamp
	@tools/node-shims $(PY) $(NODE_BIN)

web/node_modules/.stamp: web/package-lock.json $(NODE_BIN)/npm
	@$(STEP) "Front-end packages" "" -- $(NPM) ci --silent --no-fund --no-audit
	@touch $@

web/dist/index.html: web/node_modules/.stamp $(WEB_SOURCES)
	@$(STEP) "The pages" "" -- $(NPM) run --silent build
	@touch $@
