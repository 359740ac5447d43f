"""Every page on the way of booking, and beside it, can be used by everyone."""

import pytest
from playwright.sync_api import expect

from tests.browser import booking, checks
from tests.browser.booking import new_client

ASIDE = (
    "/book/",
    "/book/?place=the-moon",
    "/book/?place=elsewhere",
    "/book/?place=south-loop&service=consultation",
    "/book/?place=lakeview&service=individual&weekday=sunday",
    "/book/where/",
    "/book/hold/none/",
    "/book/session/none/",
)


def problems_of(page):
    """Return what is wrong with the page, just opened."""
    desk = page.viewport_size
    found = [
        *checks.heading_problems(page),
        *checks.keyboard_problems(page),
        *checks.accessibility_problems(page),
    ]
    page.set_viewport_size(desk)
    return found


@pytest.mark.parametrize("address", ASIDE)
def test_a_page_beside_the_way(desktop, address):
    desktop.goto(address)
    problems = problems_of(desktop)
    assert problems == [], "\n".join(problems)


def test_each_step_of_the_way(desktop, new_context):
    problems = {}

    def look(step):
        problems[step] = problems_of(desktop)
        desktop.reload()

    booking.choose(desktop, booking.ONLINE_IN_DC)
    booking.choose_late_day(desktop)
    desktop.goto(desktop.url.partition("#")[0])  # else the keyboard starts at the times
    look("the free times")
    quick = new_context().new_page()
    quick.goto(desktop.url)
    booking.hold_first_time(desktop)
    look("the form")
    booking.times(quick).first.click()
    expect(quick.get_by_role("heading", level=1)).to_have_text("This time is taken")
    problems["a time that is taken"] = problems_of(quick)
    booking.send(desktop)
    expect(desktop.get_by_role("alert")).to_be_visible()
    problems["the form with mistakes"] = problems_of(desktop)
    booking.fill_in(desktop, new_client())
    booking.send(desktop)
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Your session is booked")
    look("the confirmation")
    session = desktop.url
    desktop.goto(f"{session}move/")
    look("another time")
    desktop.goto(f"{session}cancel/")
    look("the question")
    desktop.get_by_role("button", name="Yes, cancel it").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Your session is cancelled")
    look("the cancellation")
    assert {step: found for step, found in problems.items() if found} == {}
