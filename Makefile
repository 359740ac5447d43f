.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help test lint format

help: ## List what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/.test-tools: requirements-test.lock
	@echo "Installing the locked packages ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	@touch $@

test: .venv/.test-tools ## Run all tests
	@$(BIN)/python -m pytest

lint: .venv/.test-tools ## Check style, imports and migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python manage.py makemigrations --check --dry-run

format: .venv/.test-tools ## Put the code into its standard form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
