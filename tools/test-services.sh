#!/usr/bin/env bash
# Run the tests on PostgreSQL and Redis. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'tools/services.sh --stop "$folder"' EXIT
addresses=$(tools/services.sh "$folder")
while read -r line; do export "${line?}"; done <<< "$addresses"
echo "Tests on ${DATABASE_URL} and ${REDIS_URL}"
.venv/bin/python -m pytest "$@"
