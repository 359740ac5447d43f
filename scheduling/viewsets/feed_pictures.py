"""What a calendar comes to, as staff see it: before it is saved and after."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from scheduling import domain
from scheduling.models import CalendarFeed
from scheduling.selectors.feed_week import FeedWeek, week_with
from scheduling.services.feed_doubts import doubt_about

from .feed_form import FeedForm
from .week_picture import Layer, WeekPicture


def picture_of_week(feed: CalendarFeed, week: FeedWeek) -> WeekPicture:
    """Draw what the calendar takes or opens, and what clients find free."""
    kind, name = "taken", "Taken by this calendar"
    if feed.role == CalendarFeed.Role.OPEN:
        kind, name = "opened", "Opened by this calendar"
    return WeekPicture(
        week.days,
        feed.therapist.zone,
        [Layer(kind, name, week.given), Layer("free", "Clients find free", week.free)],
        title="The coming week",
    )


def trial_of(form: FeedForm, *, now: dt.datetime) -> dict[str, Any]:
    """Return what to show of a calendar that was read and is not saved."""
    feed, answer = form.trial, form.answer
    if answer is None or answer.reading is None:
        raise ValueError("the calendar was not tried")
    doubt = doubt_about(feed, [], answer.times, now=now)
    return {
        "feed": feed,
        "week": picture_of_week(feed, week_with(feed, answer.times, now=now)),
        "doubt": doubt.message if doubt else "",
        "times": len(answer.times),
        "until": answer.window.end.astimezone(feed.therapist.zone),
        "free_days": _days(answer.reading.free_days, feed.therapist.zone),
        "warnings": answer.reading.warnings,
    }


def free_days_of(feed: CalendarFeed) -> list[str]:
    """Return the days that the calendar marks as free, as it was last read, in words."""
    moments = (map(dt.datetime.fromisoformat, pair) for pair in feed.free_days)
    return _days(((start, end) for start, end in moments), feed.therapist.zone)


def _days(pairs: Iterable[tuple[dt.datetime, dt.datetime]], zone: ZoneInfo) -> list[str]:
    """Return "Mon, Jan 4" for each pair that is one day, "Mon, Jan 4 to Fri, Jan 8" for others."""
    said = []
    for start, end in pairs:
        last = (end - dt.timedelta(microseconds=1)).astimezone(zone).date()
        ends = dict.fromkeys([start.astimezone(zone).date(), last])
        said.append(" to ".join(map(domain.short_day_words, ends)))
    return said
