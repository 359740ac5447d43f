#!/bin/sh
# Bring .venv to the packages of a lock file: tools/environment.sh FILE.lock
# Complete and unchanged: nothing to do. Half-made: made anew. What is missing is said in one line.
set -eu
cd "$(dirname "$0")/.."
lock=$1
python=${PYTHON:-python3}
# Compiled modules start in half the time; some shells forbid to write them.
unset PYTHONDONTWRITEBYTECODE

fail() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 ||
    fail "Python is missing: install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) is too old: Python 3.11 or newer is needed (make PYTHON=/path/to/python3)."
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "Python's venv module is missing: on Debian and Ubuntu, install the package python3-venv."

fingerprint=$(cat requirements-uv.lock "$lock" | cksum | tr ' ' -)
stamp=".venv/.complete-$(basename "$lock" .lock)"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$fingerprint" ] && .venv/bin/python -c '' 2>/dev/null && exit 0

if [ -d .venv ] && ! ls .venv/.complete-* >/dev/null 2>&1; then
    echo "The environment in .venv was left half-made. Making it anew ..."
    rm -rf .venv
fi
if ! .venv/bin/python -c '' 2>/dev/null; then
    echo "Making the environment in .venv ..."
    "$python" -m venv --clear .venv || fail "The environment could not be made: see the message above."
fi
rm -f "$stamp"
echo "Installing the packages of $lock ..."
.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock ||
    fail "The installer could not be installed. Check the network and run the command again."
.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes --compile-bytecode -r "$lock" ||
    fail "The packages could not be installed. Check the network and run the command again."
echo "$fingerprint" > "$stamp"
