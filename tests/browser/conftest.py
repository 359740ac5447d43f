"""The real site in processes of its own, and a real Chromium that looks at it.

All fixtures that run something live as long as this package's tests: Playwright keeps an event loop
in the thread for as long as it runs, in which Django's database refuses to work for others.
"""

import contextlib
import os
import urllib.request
from dataclasses import dataclass

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, MISSING, find_chromium
from tests.browser.databases import migrated_database
from tests.browser.mailbox import Mailbox, mail_server
from tests.browser.processes import free_port, listen, manage, site_process
from tests.browser.staff import log_in
from tests.browser.watch import Watch

PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    """Mark the tests of this package."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """The running site, and what a test may reach behind it."""

    url: str
    database: str
    mailbox: Mailbox
    environment: dict[str, str]


@pytest.fixture(scope="package")
def site_folder(tmp_path_factory):
    """Where the site keeps its files and logs. pytest keeps the last three runs."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="package")
def mailbox():
    """What the site sends by mail."""
    return Mailbox()


@pytest.fixture(scope="package")
def site(pytestconfig, site_folder, mailbox, worker_id):
    """The site with the sample practice, served on a free port."""
    port = free_port()
    server = mail_server(mailbox, port)
    with contextlib.ExitStack() as stack:
        server.start()
        stack.callback(server.stop)
        listener = stack.enter_context(listen())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "DATA_DIR": str(site_folder),
            "BASE_URL": url,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "WORKERS": "1",
            "REQUIRE_SECOND_FACTOR": "true",
        }
        kept = pytestconfig.cache.mkdir("migrated")
        made = migrated_database(environment, site_folder, kept, f"{os.getpid()}_{worker_id}")
        environment["DATABASE_URL"] = stack.enter_context(made)
        manage(environment, "load_sample_data")
        log = site_folder / "site.log"
        stack.enter_context(site_process(listener, environment, log))
        with urllib.request.urlopen(f"{url}/", timeout=30) as answer:
            assert answer.status == 200, f"the site does not answer; see {log}"
        yield Site(url, environment["DATABASE_URL"], mailbox, environment)


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
        context.set_default_timeout(10_000)
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
