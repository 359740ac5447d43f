#!/bin/sh
# Make sure that the browser tests find a Chromium: the system's own, else Playwright's, else the system's package.
set -eu
cd "$(dirname "$0")/.."
find_chromium() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0
    done
    .venv/bin/python - <<'PY'
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not os.path.exists(playwright.chromium.executable_path))
PY
}
find_chromium && exit 0
echo "Installing Chromium for the browser tests ..."
timeout 300 .venv/bin/python -m playwright install chromium >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium fonts-dejavu-core; } \
        >/dev/null 2>&1 || true
fi
find_chromium && exit 0
echo "No Chromium could be installed here. Install it (Debian, Ubuntu: sudo apt-get install chromium) and run this again." >&2
exit 1
