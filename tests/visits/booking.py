"""Visits along the whole way of booking, and where it can't go on."""

import re
from typing import Any

from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from scheduling.models import Booking, BookingMail, CalendarFeed, Licence, Policy, Therapist
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.send_feed_mail import send_feed_mail
from scheduling.services.send_reminders import send_reminder
from scheduling.services.tell_of_feed import RECOVERED, TROUBLE
from scheduling.services.warn_of_licences import warn_of_licences
from tests.tasks import run_all

from .recorder import Visits

THERAPIST = "ada-sample"
CHOICE = {"place": "south-loop", "service": "individual"}


def open_a_therapist() -> None:
    """Give a sample therapist openings: by the hours alone, since no calendar can be read here."""
    therapist = Therapist.objects.get(slug=THERAPIST)
    CalendarFeed.objects.filter(therapist=therapist).delete()
    rebuild_openings(therapist.pk, now=timezone.now())


def late_times(visits: Visits) -> list[str]:
    """Return the free times of a day that is far enough ahead for cancelling online."""
    page = visits.get("/book/", data=CHOICE).content.decode()
    for _ in range(2):
        *_, link = re.findall(r'href="(\?[^"#]+day=[^"#]+)', page)
        page = visits.get(f"/book/{link.replace('&amp;', '&')}").content.decode()
    return re.findall(r'name="opening" value="([^"]+)"', page)


def hold(visits: Visits, opening: str, *, status: int = 303, **request: str) -> str:
    """Hold a time; return the address of its form, if it was given."""
    answer = visits.post("/book/hold/", CHOICE | {"opening": opening}, status=status, **request)
    return answer.headers.get("Location", "")


def details(**changes: Any) -> dict[str, Any]:
    """Return what a client fills in."""
    return {
        "name": "Casey Sample",
        "email": "casey@example.org",
        "phone": "(312) 555-0123",
        "accept": "on",
        "policy": Policy.objects.first().version,
        "key": "visit",
    } | changes


def visit_booking(visits: Visits) -> None:
    """Book, move and cancel a session, with a mistake on the way."""
    open_a_therapist()
    visits.get("/book/")
    opening = late_times(visits)[0]
    form = hold(visits, opening)
    visits.get(form)
    visits.post(form, details(email="nowhere"), status=422)
    session = visits.post(form, details(), status=303).headers["Location"]
    visits.get(session)
    visits.get(f"{session}session.ics")
    visits.post(f"{session}reminders/", {"reminders": ["24"]}, status=303)
    reminder = BookingMail.objects.get(kind=BookingMail.Kind.CLIENT_REMINDER)
    assert reminder.due_at
    assert send_reminder(reminder.pk, now=reminder.due_at)
    page = visits.get(f"{session}move/").content.decode()
    later = re.findall(r'name="opening" value="([^"]+)"', page)[-1]
    visits.post(f"{session}move/", {"opening": later}, status=303)
    run_all()
    visits.get(f"{session}cancel/")
    Booking.objects.update(cancel_until=timezone.now())
    visits.post(f"{session}move/", {"opening": opening}, status=409)
    visits.post(f"{session}cancel/", status=409)
    visits.post(f"{session}cancel/", {"late": "accepted"}, status=303)
    visits.get(session)
    run_all()
    visits.get("/therapists/")
    visits.get(f"/therapists/{THERAPIST}/")


def visit_series(visits: Visits) -> None:
    """Book several dates, look at them and cancel them."""
    visits.start_anew()
    opening = late_times(visits)[0]
    form = hold(visits, opening)
    rhythm = {"weeks": "1", "count": "3"}
    page = visits.get(f"{form}series/", data=rhythm).content.decode()
    dates = re.findall(r'name="(?:start|instead-\d+)" value="([^"]+)"', page)[:2]
    kept = visits.post(f"{form}series/", rhythm | {"start": dates}, status=303)
    visits.get(kept.headers["Location"])
    series = visits.post(kept.headers["Location"], details(), status=303).headers["Location"]
    visits.get(series)
    visits.get(f"{series}sessions.ics")
    run_all()
    visits.get(f"{series}cancel/")
    visits.post(f"{series}cancel/", status=303)
    run_all()


def visit_refusals(visits: Visits) -> None:
    """Go where nothing is free, where nobody is licensed, and after what is gone."""
    visits.start_anew()
    visits.get("/book/", data={"place": "elsewhere"})
    visits.get("/book/", data={"place": "the-moon"}, status=400)
    visits.get("/book/where/")
    visits.post("/book/where/", {"where": "60657"}, status=200)
    visits.get("/book/", data={"place": "south-loop", "service": "consultation"})
    visits.get("/book/hold/none/", status=404)
    visits.get("/book/session/none/", status=404)
    opening = late_times(visits)[0]
    form = hold(visits, opening)
    hold(visits, opening, status=409)
    visits.post(f"{form}release/", status=303)
    with override_settings(HOLDS_PER_ADDRESS=0):
        hold(visits, opening, status=429, REMOTE_ADDR="8.8.8.8")
    with override_settings(REQUESTS_PER_ADDRESS=0):
        visits.get("/book/", status=429, REMOTE_ADDR="8.8.8.8")
    with transaction.atomic():
        Licence.objects.all().delete()
        hold(visits, opening, status=422)
        transaction.set_rollback(True)
    Therapist.objects.update(accepts_clients=False)
    visits.get(f"/therapists/{THERAPIST}/")
    Therapist.objects.update(accepts_clients=True)


def visit_mails(visits: Visits) -> None:
    """Send what the visits before have put into the queue, and news of a calendar and a license."""
    run_all()
    feed = CalendarFeed.objects.first()
    for kind, code in ((TROUBLE, "unreachable"), (RECOVERED, "")):
        CalendarFeed.objects.filter(pk=feed.pk).update(error_code=code)
        assert send_feed_mail(feed.pk, kind, now=timezone.now())
    assert warn_of_licences(now=timezone.now())
    run_all()
