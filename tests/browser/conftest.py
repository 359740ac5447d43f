"""The real site in processes of its own, and a real Chromium that looks at it.

All fixtures that run something live as long as this package's tests: Playwright keeps an event loop
in the thread for as long as it runs, in which Django's database refuses to work for others.
"""

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.chromium import FLAGS, MISSING, find_chromium
from tests.browser.running_site import running_site
from tests.browser.staff import log_in
from tests.browser.watch import Watch

PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}
# A busy machine is no fault of a page: what is waited for comes within this, in milliseconds.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """Mark the tests of this package."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def site(tmp_path_factory, worker_id):
    """The site with the sample practice. pytest keeps its files and logs of the last three runs."""
    folder = tmp_path_factory.mktemp("site")
    with running_site(folder, f"{os.getpid()}_{worker_id}") as site:
        yield site


@pytest.fixture
def mailbox(site):
    """What the site has sent by mail."""
    return site.mailbox


@pytest.fixture(scope="package")
def playwright():
    """Playwright, for as long as this package's tests run."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright):
    """The system's Chromium, or Playwright's own."""
    program = find_chromium(playwright)
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    started = playwright.chromium.launch(executable_path=program, args=FLAGS)
    yield started
    started.close()


@pytest.fixture(scope="package")
def browser_context_args(site):
    """What all contexts have in common."""
    return {"base_url": site.url, "reduced_motion": "reduce", "timezone_id": "America/Chicago"}


@pytest.fixture(autouse=True)
def watch(site):
    """Fail any test during which a page of the site did what none may do."""
    watch = Watch(site.url)
    yield watch
    assert not watch.problems, "\n".join(watch.problems)


@pytest.fixture
def new_context(new_context, watch):
    """Make a browser of its own for one more person, under watch."""

    def make(**options):
        context = new_context(**{"viewport": DESKTOP} | options)
        context.set_default_timeout(PATIENCE)
        watch.look_at(context)
        return context

    return make


@pytest.fixture
def phone(new_context):
    """A page on a phone."""
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def desktop(new_context):
    """A page on a desk."""
    return new_context().new_page()


@pytest.fixture
def plain(new_context):
    """A page on a phone in which no script runs."""
    return new_context(viewport=PHONE, java_script_enabled=False).new_page()


@pytest.fixture(scope="package")
def log_ins():
    """The cookies of the members of staff who have logged in so far, by role."""
    return {}


@pytest.fixture
def as_staff(new_context, log_ins):
    """Return a page of a member of staff, by role, on a desk."""

    def page(role):
        context = new_context(storage_state=log_ins.get(role))
        page = context.new_page()
        if role not in log_ins:
            log_in(page, role)
            log_ins[role] = context.storage_state()
        return page

    return page
