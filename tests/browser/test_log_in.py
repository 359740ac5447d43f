"""Staff log in with a second factor, with pages that everyone can use."""

from home.staff_groups import THERAPIST
from tests.browser import checks
from tests.browser.staff import give_password, set_up_second_factor


def test_the_first_log_in_sets_up_a_second_factor_and_the_next_one_asks_for_it(new_context):
    page = new_context().new_page()
    problems = {}

    def look():
        problems[page.url] = [
            *checks.heading_problems(page),
            *checks.accessibility_problems(page),
        ]

    page.goto("/admin/")
    look()
    give_password(page, THERAPIST)
    look()
    code = set_up_second_factor(page)[0]
    look()
    page.goto("/admin/")
    page.get_by_role("navigation", name="Main menu").wait_for()

    another = new_context().new_page()
    give_password(another, THERAPIST)
    another.goto("/admin/")
    assert "/admin/" not in another.url.split("?")[0]
    another.get_by_label("Code").fill("000000")
    another.get_by_role("button", name="Log in").click()
    another.get_by_text("This code is not right").first.wait_for()
    page = another
    look()
    another.get_by_label("Code").fill(code)
    another.get_by_role("button", name="Log in").click()
    another.wait_for_url("**/admin/**")
    assert {url: found for url, found in problems.items() if found} == {}
