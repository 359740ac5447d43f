"""Finding a therapist, and asking where one can be seen, without scripts and by keyboard."""

from playwright.sync_api import expect

from tests.browser import checks, keyboard


def test_therapists_are_narrowed_down_without_scripts(plain):
    plain.goto("/therapists/")
    everyone = plain.locator(".therapist-card").count()
    plain.get_by_text("Filters: what brings you").click()
    plain.get_by_label("Language").select_option("spanish")
    plain.get_by_label("What brings you").select_option("anxiety")
    plain.get_by_role("button", name="Show what fits").click()
    expect(plain.get_by_text("2 filters are on:")).to_be_visible()
    assert 0 < plain.locator(".therapist-card").count() < everyone
    address = plain.url
    plain.get_by_role("link", name="Take off: Language, Spanish").click()
    expect(plain.get_by_text("1 filter is on:")).to_be_visible()
    plain.goto(address)
    expect(plain.get_by_text("2 filters are on:")).to_be_visible()


def test_where_a_client_can_be_seen_is_asked_by_keyboard_and_leaves_no_address(phone):
    phone.goto("/book/where/")
    keyboard.type_into(phone, "ZIP code or neighborhood", "60617")
    keyboard.press(phone, "See what is possible")
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_have_text("Yes, you can be seen online in Illinois")
    assert phone.url.endswith("/book/where/")
    assert checks.accessibility_problems(phone) == []
