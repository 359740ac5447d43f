#!/bin/sh
# Write the lock files: versions and hashes, no download address. The test lock follows the other.
set -eu
cd "$(dirname "$0")/.."
compile() {
    output=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --output-file "$output" "$@"
}
compile requirements.lock --extra sample pyproject.toml
compile requirements-test.lock --extra sample --extra test --constraint requirements.lock pyproject.toml
echo uv | compile requirements-uv.lock -
