"""How the therapists' calendars are doing, in words for staff."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils.timesince import timesince

from scheduling import domain
from scheduling.models import CalendarFeed
from scheduling.selectors.freshness import freshness_of, grade_of

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

# A calendar that is due is visited within a minute or two, by a second worker within ten.
VISIT_OVERDUE = dt.timedelta(minutes=15)
NOT_VISITED = (
    "It is some time since this calendar should have been visited. What was read before still "
    "counts, and grows old.",
    "The program's worker may not be running: tell whoever looks after the program.",
)

OFFERS = {
    domain.Freshness.BOOK: "Clients can book this therapist at once.",
    domain.Freshness.BOOK_IF_REFRESHED: (
        "Clients can book this therapist if the calendar can be read while they do."
    ),
    domain.Freshness.ASK: (
        "Clients can only ask for a time of this therapist, who accepts or declines each."
    ),
    domain.Freshness.NOT_OFFERED: "Clients can't book this therapist online at the moment.",
}


AGES = {
    domain.Freshness.BOOK: "new enough to be trusted at once",
    domain.Freshness.BOOK_IF_REFRESHED: "a little old: it is read again while a client books",
    domain.Freshness.ASK: "too old to be trusted without the therapist",
    domain.Freshness.NOT_OFFERED: "too old to offer anything by it",
}


class Condition(StrEnum):
    """The state of a calendar in a word or two."""

    WELL = "up to date"
    NEVER_READ = "not read yet"
    DOUBTED = "to be checked"
    FAILING = "can't be read"
    OVERDUE = "not visited"
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


def condition_of(feed: CalendarFeed, *, now: dt.datetime) -> Condition:
    """Return the state of `feed` at the instant `now` in a word or two."""
    if not (feed.is_active and feed.therapist.is_active):
        return Condition.OFF
    if feed.next_check_at < now - VISIT_OVERDUE:
        return Condition.OVERDUE
    if feed.error_code:
        is_doubted = feed.error_code in DOUBTED_CODES
        return Condition.DOUBTED if is_doubted else Condition.FAILING
    return Condition.NEVER_READ if feed.succeeded_at is None else Condition.WELL


def health_of(feed: CalendarFeed, *, now: dt.datetime) -> Health:
    """Return how `feed` is doing at the instant `now`."""
    condition = condition_of(feed, now=now)
    if condition is Condition.OFF:
        return Health(condition, "", "", _while_off(feed))
    problem, advice = feed.error_message, ADVICE.get(feed.error_code, "")
    if condition is Condition.OVERDUE:
        problem, advice = NOT_VISITED
    return Health(condition, problem, advice, _offer(feed, now))


def age_of(feed: CalendarFeed, *, now: dt.datetime) -> str:
    """Return how old, at the instant `now`, what was last read of `feed` is, and what that means.

    "2 minutes ago, new enough to be trusted at once". Empty where nothing was read yet.
    """
    if feed.succeeded_at is None:
        return ""
    return f"{timesince(feed.succeeded_at, now)} ago, {AGES[grade_of(feed.succeeded_at, now=now)]}"


def _while_off(feed: CalendarFeed) -> str:
    if feed.is_active:
        return "This therapist is not on the site, so the calendar is not read."
    return "This calendar neither takes nor opens any time."


def _offer(feed: CalendarFeed, now: dt.datetime) -> str:
    if not (feed.therapist.is_active and feed.therapist.accepts_clients):
        return "This therapist is not offered to new clients, whatever the calendar says."
    return OFFERS[freshness_of(feed.therapist_id, now=now)]


def feeds_in_trouble(feeds: QuerySet[CalendarFeed], *, now: dt.datetime) -> QuerySet[CalendarFeed]:
    """Return those of `feeds` that somebody should look at, those in trouble longest first."""
    troubled = ~Q(error_code="") | Q(next_check_at__lt=now - VISIT_OVERDUE)
    active = feeds.filter(is_active=True, therapist__is_active=True)
    return active.filter(troubled).order_by("failing_since", "pk")
