"""The watch sees what it is there for; without it no other test here would prove that."""

import pytest

from tests.browser.watch import Watch


@pytest.fixture
def seen(browser, site):
    """A watch of its own, whose problems are expected, and a page that it looks at."""
    watch = Watch(site.url)
    with browser.new_context(base_url=site.url) as context:
        watch.look_at(context)
        yield watch, context.new_page()


def test_a_page_of_the_site_gives_no_finding(seen):
    watch, page = seen
    page.goto("/")
    assert watch.problems == []


def test_a_missing_page_gives_no_finding(seen):
    watch, page = seen
    assert page.goto("/there-is-no-such-page/").status == 404
    assert watch.problems == []


def test_what_leaves_for_another_host_is_found(seen):
    watch, page = seen
    page.goto("/")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: '//example.org/a.png'}))")
    page.wait_for_function("document.images[document.images.length - 1].complete")
    assert any("example.org" in problem for problem in watch.problems)


def test_what_the_policy_refuses_is_found(seen):
    watch, page = seen
    page.goto("/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert any("Content Security Policy" in problem for problem in watch.problems)


def test_a_script_that_fails_and_a_missing_part_are_found(seen):
    watch, page = seen
    page.goto("/")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('lost') })")
    page.evaluate("fetch('/static/there-is-none.css')")
    assert any("lost" in problem for problem in watch.problems)
    assert any("there-is-none.css" in problem for problem in watch.problems)
