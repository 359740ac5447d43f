"""What booking answers when it can't go on: plain words, the right status, and nothing lost."""

from playwright.sync_api import expect

from tests.browser import booking
from tests.browser.booking import new_client
from tests.databases import write

LONG_AGO = "2020-01-01 00:00:00"


def let_all_holds_run_out(site):
    """Let the ten minutes of all holds pass."""
    assert write(site.database, "UPDATE scheduling_hold SET expires_at = %s", [LONG_AGO])


def test_who_comes_back_too_late_chooses_another_time_and_types_nothing_twice(site, new_context):
    late, quick = (new_context().new_page() for _ in range(2))
    client = new_client()
    booking.choose(late, booking.OFFICE)
    booking.choose_late_day(late)
    quick.goto(late.url)
    value = booking.hold_first_time(late)
    booking.fill_in(late, client)
    let_all_holds_run_out(site)
    quick.locator(f"button[value='{value}']").click()
    booking.fill_in(quick, new_client())
    booking.send(quick)
    expect(quick.get_by_role("heading", level=1)).to_have_text("Your session is booked")

    with late.expect_response("**/book/hold/**") as answer:
        booking.send(late)
    assert answer.value.status == 409
    expect(late.get_by_role("heading", level=1)).to_have_text("Not booked yet")
    expect(late.get_by_label("Your name")).to_have_value(client.name)
    expect(late.get_by_label("Phone")).to_have_value(client.phone)
    late.get_by_role("radio").last.check()
    booking.send(late)
    expect(late.get_by_role("heading", level=1)).to_have_text("Your session is booked")


def test_a_hold_that_nobody_else_wanted_is_still_good(site, plain):
    booking.choose(plain, booking.ONLINE_IN_ILLINOIS)
    booking.choose_late_day(plain)
    booking.hold_first_time(plain)
    let_all_holds_run_out(site)
    assert plain.reload().status == 410
    expect(plain.get_by_role("status")).to_contain_text("The minutes")
    booking.fill_in(plain, new_client())
    booking.send(plain)
    expect(plain.get_by_role("heading", level=1)).to_have_text("Your session is booked")


def test_a_form_with_mistakes_leads_to_each_of_them(phone):
    booking.choose(phone, booking.ONLINE_IN_ILLINOIS)
    booking.choose_late_day(phone)
    booking.hold_first_time(phone)
    phone.get_by_label("Your name").fill("Somebody Sample")
    phone.get_by_label("E-mail").fill("somebody at home")
    phone.get_by_label("Phone").fill("12")
    with phone.expect_response("**/book/hold/**") as answer:
        booking.send(phone)
    assert answer.value.status == 422
    expect(phone.get_by_label("Your name")).to_have_value("Somebody Sample")
    expect(phone.get_by_label("E-mail")).to_have_value("somebody at home")
    expect(phone.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    phone.get_by_role("alert").get_by_role("link", name="E-mail").click()
    expect(phone.get_by_label("E-mail")).to_be_focused()
    phone.get_by_role("button", name="Let this time go").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Free times")


def test_an_altered_link_opens_and_cancels_nothing(plain, mailbox):
    client = new_client()
    booking.book(plain, booking.ONLINE_IN_ILLINOIS, client)
    own = plain.url
    altered = own.rstrip("/")[:-1] + ("a" if own.rstrip("/")[-1] != "a" else "b") + "/"
    for address in (altered, f"{altered}cancel/", f"{altered}session.ics"):
        assert plain.goto(address).status == 404
        expect(plain.get_by_role("heading", level=1)).to_have_text("This link does not work")
    plain.goto(own)
    expect(plain.get_by_role("heading", level=1)).to_have_text("Your session is booked")
    assert len(mailbox.wait_for(client.email)) == 1


def test_impossible_addresses_are_answered_in_plain_words(plain):
    for query, status in {
        "place=the-moon&service=individual": 400,
        "place=south-loop&service=individual&day=2026-02-31": 400,
        "place=south-loop&service=individual&day=9999-12-31": 200,
        "place=south-loop&service=individual&therapist=nobody": 400,
        "place=south-loop%00&service=%F0%9F%8C%99": 400,
        "place=elsewhere": 200,
    }.items():
        assert plain.goto(f"/book/?{query}").status == status, query
        expect(plain.get_by_role("heading", level=1)).to_be_visible()
    assert plain.goto("/book/hold/none/").status == 404
    expect(plain.get_by_role("heading", level=1)).to_have_text("We don’t find the time you chose")
