"""Visits of those who can only ask for a time, and of those who answer."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from scheduling.models import Booking, CalendarFeed, Therapist
from scheduling.services.answer_request import expire_requests
from scheduling.services.tokens import answer_token
from tests.tasks import run_all

from .booking import THERAPIST, details, hold, late_times, open_a_therapist
from .recorder import Visits


def visit_requests(visits: Visits) -> None:
    """Ask for four times: one is accepted, one declined, one taken back, and one runs out."""
    open_a_therapist()
    now = timezone.now()
    feed = CalendarFeed.objects.create(
        therapist=Therapist.objects.get(slug=THERAPIST),
        name="Old",
        address="https://127.0.0.1:1/old.ics",
        succeeded_at=now - dt.timedelta(hours=7),
        covered_until=now + dt.timedelta(days=200),
    )
    accepted, declined, taken_back = (ask(visits) for _ in range(3))
    answer(visits, accepted, "accept")
    answer(visits, declined, "not_free")
    visits.get(f"{taken_back}cancel/")
    visits.post(f"{taken_back}cancel/", status=303)
    run_out = ask(visits)
    expire_requests(now=Booking.objects.get(status=Booking.Status.REQUESTED).answer_until)
    for session in (accepted, declined, taken_back, run_out):
        visits.get(session)
    run_all()
    feed.delete()


def ask(visits: Visits) -> str:
    """Ask for a free time; return the address of its private page."""
    visits.start_anew()
    form = hold(visits, late_times(visits)[0])
    visits.get(form)
    session = visits.post(form, details(), status=303).headers["Location"]
    run_all()
    visits.get(session)
    return session


def answer(visits: Visits, session: str, said: str) -> None:
    """Answer by the link that the therapist gets."""
    reference = session.rstrip("/").rpartition("/")[2].partition(".")[0]
    link = reverse("book:answer", args=[answer_token(reference, "therapist")])
    visits.get(link)
    visits.post(link, {"answer": said}, status=303)
    run_all()
