# make serve    set up, validate, build and serve at http://127.0.0.1:8000 (elsewhere: BIND=127.0.0.1:8080)
# make preview  the same for drafts, built anew at each change; nothing of it is published
# make test     set up and run every check
# make coverage the same tests with branches measured, in about twice the time; fails under 95 %
# make bench    measure beside its peers (SIZE=small|medium|large ROUNDS=3 SECONDS=2 PEERS=ours,flask,…); needs wrk and nginx
# make lock     resolve the dependencies again and write the locks
# make spec     write openapi/openapi.yaml and docs/fields*.md from the datasets

PYTHON ?= python3
VENV := .venv
BIND ?= 127.0.0.1:8000
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: serve preview test coverage check-format lint types bench bench-check lock spec

serve: $(VENV)/run.done
	OPENDATA_BASE_URL=$${OPENDATA_BASE_URL:-http://$(BIND)} exec $(BIN)/opendata serve --build --bind $(BIND)

preview: $(VENV)/run.done
	exec $(BIN)/opendata serve --draft --bind $(BIND)

test: $(VENV)/dev.done check-format lint types
	$(BIN)/opendata validate
	$(PYTEST)

coverage: $(VENV)/dev.done
	$(PYTEST) --cov --cov-report term

check-format: $(VENV)/dev.done
	$(BIN)/ruff format --check --quiet .

lint: $(VENV)/dev.done
	$(BIN)/ruff check --quiet .

types: $(VENV)/dev.done
	$(BIN)/mypy

spec: $(VENV)/run.done
	$(BIN)/opendata build
	$(BIN)/opendata spec openapi/openapi.yaml --fields docs

bench: $(VENV)/dev.done
	$(BIN)/python -m bench run $(if $(SIZE),--size $(SIZE)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(SECONDS),--seconds $(SECONDS)) $(if $(PEERS),--peers $(PEERS))

bench-check: $(VENV)/dev.done
	$(BIN)/python -m bench check

lock: $(VENV)/dev.done
	$(BIN)/uv pip compile --quiet $(LOCK) --group build pyproject.toml --output-file requirements/run.lock
	$(BIN)/uv pip compile --quiet $(LOCK) --group build --group dev --extra fast \
	  --constraint requirements/run.lock pyproject.toml --output-file requirements/dev.lock

LOCK := --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

$(VENV)/run.done: requirements/run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("opendata needs Python 3.11 or later; make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements/run.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.done: $(VENV)/run.done requirements/dev.lock
	$(PIP) --require-hashes --requirement requirements/dev.lock
	touch $@
