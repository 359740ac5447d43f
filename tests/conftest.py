"""What all tests share: how they are spread over several processes."""

import pytest
from xdist.scheduler import LoadScopeScheduling

BROWSER_TESTS = "tests/browser/"


class BrowserTestsTogether(LoadScopeScheduling):
    """Give each test to whoever is free, but all browser tests, the first of all, to one process.

    They share a running site and a browser, which take seconds to start. (A mark and
    `--dist loadgroup` would say the same, but pytest 9.2 made that option ineffective.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER_TESTS if nodeid.startswith(BROWSER_TESTS) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Spread the tests, with `pytest -n`, as described above."""
    return BrowserTestsTogether(config, log)
