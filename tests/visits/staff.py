"""Visits to the screens that this project adds to the admin."""

from django.db.models import Model
from django.http import HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from wagtail.admin.viewsets.base import ViewSet

from articles.models import GlossaryIndexPage, GlossaryPage
from home.models import ContactMessage
from home.staff_groups import DESK, OWNER
from home.tell_of_message import tell_of_message
from scheduling.models import Booking, CalendarFeed, OutgoingFeed, Therapist
from scheduling.services.renew_outgoing_feed import renew_outgoing_feed
from scheduling.services.send_collision_mail import send_collision_mail
from tests.architecture.inventory import our_viewsets
from tests.collisions import collide
from tests.staff import make_staff

from .recorder import Visits

# Screens that only act: for these a GET is refused.
ACTING = {"sync", "accept", "free_days", "keep", "renew", "answered"}
# A screen that needs a time in its address; the visits to the desk open it.
WITH_A_TIME = {"book_details"}


def visit_staff_screens(visits: Visits) -> None:
    """Open each screen, for the first record of its kind, as somebody who may do everything."""
    owner = make_staff(OWNER, name="visiting-owner")
    visits.client.force_login(owner)
    let_a_calendar_collide()
    subscribe_to_sessions(visits)
    CalendarFeed.objects.update(succeeded_at=timezone.now())
    unsettled = GlossaryPage(title="Unsettled", live=False)
    GlossaryIndexPage.objects.get().add_child(instance=unsettled)
    visits.get(reverse("before_publishing", args=[unsettled.pk]))
    visits.get(reverse("reset_second_factor", args=[make_staff(DESK, name="other").pk]))
    unread = CalendarFeed.objects.filter(is_active=True).first()
    week = {"whose": f"therapist-{unread.therapist_id}"}
    visits.get(reverse("booking:week"), data=week)
    message = ContactMessage.objects.create(about="other", name="x", way="phone", text="x")
    assert tell_of_message(message.pk, now=timezone.now())
    visits.get(reverse("wagtailadmin_home"))
    for viewset in our_viewsets():
        record = viewset.model._default_manager.first()
        assert record, f"there is no {viewset.model._meta.verbose_name} to look at"
        for pattern in viewset.get_urlpatterns():
            if pattern.name not in WITH_A_TIME:
                visit_screen(visits, viewset, pattern, record)


def let_a_calendar_collide() -> None:
    """Let a calendar hold the time of a session that is to come, and send the mail about it."""
    booking = Booking.objects.filter(claims__isnull=False, ends_at__gt=timezone.now()).first()
    assert booking, "no session is booked that a calendar could collide with"
    CalendarFeed.objects.filter(therapist=booking.therapist).delete()
    feed = CalendarFeed.objects.create(therapist=booking.therapist, name="Other", address="x")
    collide(booking, feed, now=timezone.now())
    assert send_collision_mail(booking.therapist_id, now=timezone.now())


def subscribe_to_sessions(visits: Visits) -> None:
    """Make a therapist's session calendar and read it as a calendar program does."""
    feed = OutgoingFeed(therapist=Therapist.objects.first())
    renew_outgoing_feed(feed, now=timezone.now())
    visits.get(reverse("session_feed", args=[f"{feed.token}.ics"]))


def visit_screen(
    visits: Visits, viewset: ViewSet, pattern: URLPattern, record: Model
) -> HttpResponse:
    """Open one screen of `viewset`; one that only acts is asked to."""
    arguments = [record.pk] if pattern.pattern.regex.groups else []
    address = reverse(f"{viewset.url_namespace}:{pattern.name}", args=arguments)
    if pattern.name in ACTING:
        return visits.post(address)
    return visits.get(address)
