# Two commands: `make run` and `make test`. Each does the set-up it needs. `make` alone lists them all.

# Any Python 3.11 or newer; the first one that works. The assistant's Python 3.10 is found (or installed) by scripts/pythons.py.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

export PYTHONUNBUFFERED = 1
export RASA_TELEMETRY_ENABLED = false

.DEFAULT_GOAL := help
.PHONY: help python setup train run test check lock evaluate bench clean

help: ## List what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found on PATH: install one, or name it with make PYTHON=..." >&2; exit 2; }

setup: python ## Make both environments, the encoder and the database; what is up to date is left alone
	@$(PYTHON) -m scripts.setup

train: setup ## Train the assistant, only when its data, settings or code changed
	@$(PYTHON) -m scripts.train

run: train ## Set up, train, and run everything until Ctrl-C; prints the addresses
	@.venv/bin/python -m scripts.serve

test: train check ## Set up, check, and run both test suites
	.venv/bin/pytest
	frontdesk/.venv/bin/pytest frontdesk

check: setup ## Lint, formatting and types, of both programs
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	cd frontdesk && .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy

lock: python ## Choose new versions for both programs and write the lock files
	@$(PYTHON) -m scripts.lock

evaluate: train ## Measure triage and answers on the messages held out from training
	.venv/bin/helpline evaluate $(if $(EVAL),--eval "$(EVAL)")

bench: train ## Measure speed and memory
	.venv/bin/helpline bench

clean: ## Remove environments, tools, models and caches; settings and databases stay
	rm -rf .venv frontdesk/.venv .tools models .rasa var/log *.egg-info frontdesk/*.egg-info
	find . -name .git -prune -o \( -name __pycache__ -o -name .mypy_cache -o -name .ruff_cache -o -name .pytest_cache \) -type d -prune -exec rm -rf {} +
