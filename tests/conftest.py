"""What all tests share: their database, and how they are spread over several processes."""

import pytest
from django.db import connection
from xdist.scheduler import LoadScopeScheduling

from tests.databases import copied_for_tests

BROWSER_TESTS = "tests/browser/"
OF_ITS_OWN = "tests/browser/test_serve.py"  # starts a site for itself and needs no browser


class BrowserTestsTogether(LoadScopeScheduling):
    """Give each test to whoever is free, but all browser tests, the first of all, to one process.

    They share a running site and a browser, which take seconds to start. (A mark and
    `--dist loadgroup` would say the same, but pytest 9.2 made that option ineffective.)
    """

    def _split_scope(self, nodeid: str) -> str:
        is_on_the_site = nodeid.startswith(BROWSER_TESTS) and not nodeid.startswith(OF_ITS_OWN)
        return BROWSER_TESTS if is_on_the_site else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Spread the tests, with `pytest -n`, as described above."""
    return BrowserTestsTogether(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Begin with a copy of a migrated database. pytest-django asks here before it makes one."""
    with copied_for_tests(connection):
        yield
