.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE
export PYTHON ?= python3
export PORT ?= 8000
BIN := .venv/bin
WORKERS_FOR_TESTS ?= 2

.PHONY: help serve environment test-environment test test-services long lint format shell bench lock

help: ## Say what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

serve: export BASE_URL ?= http://localhost:$(PORT)
serve: export LOG_LEVEL ?= WARNING
serve: environment ## Start the site with the sample practice, its worker and its calendar server (PORT=8000)
	@$(BIN)/python manage.py serve --port "$(PORT)"

environment:
	@tools/environment.sh requirements.lock

test-environment:
	@tools/environment.sh requirements-test.lock

test: test-environment ## Run all tests, on SQLite; what needs another server is named at the end
	@tools/chromium.sh
	@$(BIN)/python -m pytest -n $(WORKERS_FOR_TESTS)

test-services: test-environment ## Run all tests on PostgreSQL and Redis, which it starts where none answers
	@tools/chromium.sh
	@tools/test-services.sh -n $(WORKERS_FOR_TESTS)

long: test-environment ## Run the proofs that take minutes, on SQLite and on PostgreSQL and Redis
	@$(BIN)/python -m pytest -m long
	@tools/test-services.sh -m long

lint: test-environment ## Check style, types, the one-way imports, migrations, templates and production settings
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet .
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@tools/check-production.sh

format: test-environment ## Put the code into its standard form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

shell: environment ## Open a Python shell with the models at hand
	@$(BIN)/python manage.py shell

bench: test-environment ## Measure speed, each thing beside another in the same run
	@for name in read_calendars openings booking; do echo "== $$name"; $(BIN)/python -m "benchmarks.$$name" || exit 1; done

lock: test-environment ## Lock the newest versions that pyproject.toml allows
	@tools/lock.sh
