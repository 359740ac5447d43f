"""Logging in as a member of the sample practice's staff, as they do it."""

from playwright.sync_api import Page

from home.sample_data.log_ins import GROUPS, PASSWORD
from tests.staff import totp_code

USER_NAMES = {group: name for name, group in GROUPS.items()}


def give_password(page: Page, role: str) -> None:
    """Go to the admin and give the user name and the password of the sample log-in for `role`."""
    page.goto("/admin/")
    page.get_by_label("E-mail or user name").fill(USER_NAMES[role])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Code").wait_for()  # the first log-in sets it up, each other asks for one


def set_up_second_factor(page: Page) -> list[str]:
    """Do what the first log-in asks for; return the recovery codes."""
    secret = page.locator("code").inner_text()
    page.get_by_label("Code").fill(totp_code(secret))
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_role("heading", name="recovery codes").wait_for()
    return page.locator("main li").all_inner_texts()


def log_in(page: Page, role: str) -> None:
    """Log in for the first time."""
    give_password(page, role)
    set_up_second_factor(page)
