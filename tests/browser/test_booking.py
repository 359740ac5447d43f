"""A client books: in an office and online, by touch, by keyboard alone, and without scripts."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from home.staff_groups import DESK
from tests.browser import booking, keyboard
from tests.browser.booking import new_client


def calendar_of(mail):
    """Return the event of the calendar file that came with a mail."""
    (part,) = (part for part in mail.walk() if part.get_filename() == "session.ics")
    (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
    return event


def link_in(mail):
    """Return the private link of a mail to a client."""
    return re.search(r"http://\S+/book/session/\S+", mail.get_body(("plain",)).get_content())[0]


@pytest.mark.parametrize("device", ["phone", "plain"])
@pytest.mark.parametrize("place", [booking.OFFICE, booking.ONLINE_IN_DC])
def test_a_client_books_and_cancels_by_the_link_of_the_mail(request, mailbox, device, place):
    page = request.getfixturevalue(device)
    client = new_client()
    value = booking.book(page, place, client)
    (confirmation,) = mailbox.wait_for(client.email)
    event = calendar_of(confirmation)
    assert f"{event.start:%Y-%m-%dT%H:%MZ}" == value.partition("~")[0]
    assert client.name not in str(confirmation["Subject"])

    page.goto(link_in(confirmation))
    page.get_by_role("link", name="Cancel this session").click()
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your session is cancelled")
    _, cancellation = mailbox.wait_for(client.email, count=2)
    assert calendar_of(cancellation)["STATUS"] == "CANCELLED"
    assert calendar_of(cancellation)["UID"] == event["UID"]


def test_the_keyboard_alone_is_enough(phone, mailbox):
    client = new_client()
    phone.goto("/")
    keyboard.press(phone, "Book a time")
    keyboard.choose_radio(phone, booking.ONLINE_IN_ILLINOIS)
    keyboard.choose_radio(phone, "Individual therapy")
    keyboard.press(phone, "Show free times")
    keyboard.press(phone, booking.times(phone).first.inner_text().split("\n")[0])
    keyboard.type_into(phone, "Your name", client.name)
    keyboard.type_into(phone, "E-mail", client.email)
    keyboard.type_into(phone, "Phone", client.phone)
    keyboard.tab_to(phone, "I have read this")
    phone.keyboard.press("Space")
    keyboard.press(phone, "Book this time")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your session is booked")
    mailbox.wait_for(client.email)


def test_from_the_landing_page_to_a_booking_in_at_most_six_steps(phone, mailbox):
    """A step is a page that is gone to; reloading and going back lose nothing on the way."""
    steps = []
    phone.on("framenavigated", lambda frame: steps.append(frame.url))
    client = new_client()
    booking.choose(phone, booking.ONLINE_IN_ILLINOIS)
    booking.hold_first_time(phone)
    taken = len(steps) - 1  # the landing page itself is where the way begins
    held = phone.locator(".facts").inner_text()
    phone.reload()
    assert phone.locator(".facts").inner_text() == held
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Free times")
    phone.go_forward()
    assert phone.locator(".facts").inner_text() == held
    before = len(steps)
    booking.fill_in(phone, client)
    booking.send(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your session is booked")
    assert taken + len(steps) - before <= 6
    mailbox.wait_for(client.email)


def test_two_clients_can_not_have_the_same_time(new_context):
    first, second = (new_context().new_page() for _ in range(2))
    for page in (first, second):
        booking.choose(page, booking.OFFICE)
        booking.choose_late_day(page)
    value = booking.times(first).first.get_attribute("value")
    booking.times(first).first.click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Almost done")

    second.locator(f"button[value='{value}']").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("This time is taken")
    assert value not in [each.get_attribute("value") for each in booking.times(second).all()]
    booking.times(second).first.click()
    booking.fill_in(second, new_client())
    booking.send(second)
    expect(second.get_by_role("heading", level=1)).to_have_text("Your session is booked")


def test_the_desk_sees_a_booking_and_whose_it_is(phone, as_staff):
    client = new_client()
    booking.book(phone, booking.ONLINE_IN_ILLINOIS, client)
    reference = phone.get_by_text("Your reference is").locator("strong").inner_text()
    desk = as_staff(DESK)
    desk.goto("/admin/booking/")
    expect(desk.get_by_text(client.name)).to_have_count(0)
    desk.get_by_role("row").filter(has_text=reference).get_by_role("link").first.click()
    expect(desk.get_by_text(client.name).first).to_be_visible()
