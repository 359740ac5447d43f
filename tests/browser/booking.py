"""The steps of booking, as a client takes them with a finger."""

from dataclasses import dataclass
from itertools import count

from playwright.sync_api import Locator, Page

OFFICE = "In person at the South Loop office"
ONLINE_IN_ILLINOIS = "Online, and I will be in Illinois"
ONLINE_IN_DC = "Online, and I will be in Washington, D.C."
_numbers = count(1)


@dataclass(frozen=True)
class Client:
    """Somebody made up, with a mail address that no other test uses."""

    name: str
    email: str
    phone: str = "312-555-0143"


def new_client() -> Client:
    """Return somebody whom no other test knows."""
    return Client(f"Client {next(_numbers)} Sample", f"client-{next(_numbers)}@example.org")


def choose(page: Page, place: str) -> None:
    """Come in by the home page, and say where and what."""
    page.goto("/")
    page.get_by_role("link", name="Book a time").first.click()
    page.get_by_label(place).check()
    page.get_by_label("Individual therapy").check()
    page.get_by_role("button", name="Show free times").click()
    page.get_by_role("heading", name="Free times").wait_for()


def choose_late_day(page: Page) -> None:
    """Go to a day that is far enough ahead for cancelling: the last of the month after this."""
    days = page.get_by_role("navigation", name="Days with free times")
    if days.get_by_role("link", name="Later").count():
        days.get_by_role("link", name="Later").click()
    days.get_by_role("cell").get_by_role("link").last.click()


def times(page: Page) -> Locator:
    """Return the buttons of the times on the page."""
    return page.locator("button[name=opening]")


def hold_first_time(page: Page) -> str:
    """Take the first time that is shown; return its value."""
    value = times(page).first.get_attribute("value")
    times(page).first.click()
    page.get_by_role("heading", name="Almost done").wait_for()
    return value or ""


def fill_in(page: Page, client: Client) -> None:
    """Say who one is, and accept the policy."""
    page.get_by_label("Your name").fill(client.name)
    page.get_by_label("E-mail").fill(client.email)
    page.get_by_label("Phone").fill(client.phone)
    page.get_by_label("I have read this and accept it").check()


def send(page: Page) -> None:
    """Send the form."""
    page.get_by_role("button", name="Book this time").click()


def book(page: Page, place: str, client: Client) -> str:
    """Go the whole way; return the value of the time that was booked."""
    choose(page, place)
    choose_late_day(page)
    value = hold_first_time(page)
    fill_in(page, client)
    send(page)
    page.get_by_role("heading", name="Your session is booked").wait_for()
    return value
