"""How the therapists' calendars are doing, in words for staff."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import QuerySet

from scheduling import domain
from scheduling.models import CalendarFeed
from scheduling.selectors.freshness import freshness_of

DOUBTED_CODES = frozenset({"empty", "emptied", "shrunk"})

COPY_AGAIN = (
    "Copy the private iCal address from the calendar's settings once more and save it here."
)
WAIT = (
    "Nothing has to be done yet, it is tried again by itself. If it lasts, ask the therapist "
    "whether the calendar still exists."
)
ADVICE = {
    "address_refused": COPY_AGAIN,
    "not_a_calendar": COPY_AGAIN,
    "http_status": (
        "It is tried again by itself. If it stays so, the address was probably reset: copy the new "
        "one from the calendar's settings and save it here."
    ),
    "unreachable": WAIT,
    "too_slow": WAIT,
    "truncated": WAIT,
    "fault": "Tell whoever looks after this program.",
    "too_large": "Ask the therapist for a calendar without the events of past years.",
} | dict.fromkeys(DOUBTED_CODES, "Ask the therapist. If it is right, accept it with one click.")

OFFERS = {
    domain.Freshness.BOOK: "Clients can book this therapist at once.",
    domain.Freshness.BOOK_IF_REFRESHED: (
        "Clients can book this therapist if the calendar can be read while they do."
    ),
    domain.Freshness.ASK: "Clients can't book this therapist online at the moment.",
    domain.Freshness.NOT_OFFERED: "Clients can't book this therapist online at the moment.",
}


class Condition(StrEnum):
    """The state of a calendar in a word or two."""

    WELL = "up to date"
    NEVER_READ = "not read yet"
    DOUBTED = "to be checked"
    FAILING = "can't be read"
    OFF = "switched off"


class Health(NamedTuple):
    """A calendar's state: what is the matter, what clients see, and what to do about it."""

    condition: Condition
    problem: str
    advice: str
    offer: str


def feeds_visible_to(user: User) -> QuerySet[CalendarFeed]:
    """Return all calendars to those who may change them, else the user's own.

    Without leave to see calendars at all there are none.
    """
    feeds = CalendarFeed.objects.select_related("therapist")
    if user.has_perm("scheduling.change_calendarfeed"):
        return feeds
    if user.has_perm("scheduling.view_calendarfeed"):
        return feeds.filter(therapist__user=user)
    return feeds.none()


def condition_of(feed: CalendarFeed) -> Condition:
    """Return the state of `feed` in a word or two."""
    if not feed.is_active:
        return Condition.OFF
    if feed.error_code:
        is_doubted = feed.error_code in DOUBTED_CODES
        return Condition.DOUBTED if is_doubted else Condition.FAILING
    return Condition.NEVER_READ if feed.succeeded_at is None else Condition.WELL


def health_of(feed: CalendarFeed, *, now: dt.datetime) -> Health:
    """Return how `feed` is doing at the instant `now`."""
    condition = condition_of(feed)
    if condition is Condition.OFF:
        return Health(condition, "", "", "This calendar neither takes nor opens any time.")
    return Health(
        condition,
        feed.error_message,
        ADVICE.get(feed.error_code, ""),
        _offer(feed, now),
    )


def _offer(feed: CalendarFeed, now: dt.datetime) -> str:
    if not (feed.therapist.is_active and feed.therapist.accepts_clients):
        return "This therapist is not offered to new clients, whatever the calendar says."
    return OFFERS[freshness_of(feed.therapist_id, now=now)]


def feeds_in_trouble(feeds: QuerySet[CalendarFeed]) -> QuerySet[CalendarFeed]:
    """Return those of `feeds` that somebody should look at, those in trouble longest first."""
    troubled = feeds.filter(is_active=True, therapist__is_active=True).exclude(error_code="")
    return troubled.order_by("failing_since", "pk")
