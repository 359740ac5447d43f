"""What a therapist enters in the own calendar is no longer offered to clients."""

import datetime as dt
import re
import urllib.request

from playwright.sync_api import expect

from home.staff_groups import DESK
from tests.browser import booking

EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample phone//EN
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20260101T000000Z
DTSTART:{start:%Y%m%dT%H%M%SZ}
DURATION:PT50M
SUMMARY:Dentist
END:VEVENT
END:VCALENDAR
"""


def enter(calendar, start):
    """Enter an event of 50 minutes at `start` into a CalDAV collection, as a phone does."""
    body = EVENT.format(uid="dentist@example.org", start=start).replace("\n", "\r\n").encode()
    request = urllib.request.Request(f"{calendar}dentist.ics", body, method="PUT")
    request.add_header("Content-Type", "text/calendar")
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 201


def test_an_event_in_the_therapists_calendar_takes_its_time_off_the_site(site, phone, as_staff):
    booking.choose(phone, booking.ONLINE_IN_ILLINOIS)
    booking.choose_late_day(phone)
    button = booking.times(phone).first
    value, therapist = button.get_attribute("value"), button.inner_text().split("\n")[-1]
    start, slug = value.split("~")
    enter(f"{site.calendars}/{slug}/calendar.ics/", dt.datetime.strptime(start, "%Y-%m-%dT%H:%M%z"))

    desk = as_staff(DESK)
    desk.goto("/admin/calendarfeed/")
    desk.get_by_role("link", name=re.compile(therapist)).first.click()
    desk.get_by_role("button", name="Sync now").click()
    # The regular visit may have come first.
    expect(desk.get_by_text(re.compile("The calendar was (read|just being read)"))).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="Free times")).to_be_visible()
    expect(phone.locator(f"button[value='{value}']")).to_have_count(0)
