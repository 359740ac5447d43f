"""The rows of openings that can be had now, for questions that nobody waits for.

What every visitor waits for is asked in SQL (`search`); a test holds the two together.
"""

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from scheduling import domain
from scheduling.models import Opening, SchedulingSettings
from scheduling.models.traits import RELATIONS
from scheduling.selectors.freshness import outdated_feeds, uncertain_feeds
from scheduling.selectors.search import HOW, Search

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _How(TypedDict):
        must_ask: bool

    BookableOpening = WithAnnotations[Opening, _How]
    BookableNow = QuerySet[BookableOpening]


class NextFree(NamedTuple):
    """A therapist, the first free start (UTC), how many openings there are, and how to get one."""

    therapist: int
    starts_at: dt.datetime
    openings: int
    how: domain.How = domain.How.BOOK


def therapists_with_time(search: Search, *, now: dt.datetime) -> list[NextFree]:
    """Return each therapist who has an opening at the instant `now`, the soonest free first."""
    each = bookable_now(search, now=now).values("therapist_id", "must_ask")
    each = each.annotate(first=Min("starts_at"), count=Count("pk")).order_by("first", "therapist")
    rows = each.values_list("therapist_id", "first", "count", "must_ask")
    return [NextFree(who, first, count, HOW[ask]) for who, first, count, ask in rows]


def bookable_now(search: Search, *, now: dt.datetime) -> "BookableNow":
    """Return the rows that `search` matches and that a client may book, or ask for, at `now`.

    Each says by `must_ask` which of the two it is.
    """
    limits = SchedulingSettings.load()
    too_old = outdated_feeds(limits, now=now).filter(therapist=OuterRef("therapist"))
    uncertain = uncertain_feeds(limits, now=now).filter(therapist=OuterRef("therapist"))
    rows = Opening.objects.annotate(must_ask=Exists(uncertain)).filter(
        ~Exists(too_old), starts_at__gte=now + dt.timedelta(hours=limits.notice_hours)
    )
    wanted = {
        "place": search.place,
        "service": search.service,
        "therapist": search.therapist,
        "local_date__gte": search.first,
        "local_date__lte": search.last,
        "weekday": search.weekday,
        "day_part": search.day_part,
        "therapist__accepts_self_pay": search.self_pay,
        **{f"therapist__{each}": getattr(search, name) for name, each in RELATIONS.items()},
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})
