"""Times as the booking pages say them."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime

from locations.models import Place
from scheduling import domain
from scheduling.models import Therapist

_SLUG = re.compile(r"[-\w]{1,50}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """One start: where the client will be it is read in one zone, by the therapist in another.

    `must_ask` is whether a client can only ask for it.
    """

    starts_at: dt.datetime
    place: Place
    therapist: Therapist
    value: str = ""
    must_ask: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the client's clock."""
        return self.place.jurisdiction.zone

    @property
    def clock(self) -> str:
        """What the client's clock shows."""
        return domain.clock_words(self.starts_at, self.zone)

    @property
    def zone_name(self) -> str:
        """What people call the client's zone."""
        return domain.zone_words(self.zone, self.starts_at)

    @property
    def day(self) -> str:
        """The client's day."""
        return domain.day_words(self.starts_at.astimezone(self.zone).date())

    @property
    def elsewhere(self) -> str:
        """What the therapist's clock shows, where it shows something else."""
        theirs = self.therapist.zone
        if not domain.clocks_differ(self.starts_at, self.zone, theirs):
            return ""
        clock = domain.clock_words(self.starts_at, theirs)
        return f"{clock} {domain.zone_words(theirs, self.starts_at)}"


def starts_value(starts_at: dt.datetime, therapist_slug: str) -> str:
    """Return a start and a therapist as one form value."""
    return f"{starts_at.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}~{therapist_slug}"


def read_starts_value(value: str) -> tuple[dt.datetime, str] | None:
    """Return the start (UTC) and the therapist's slug of a form value; None if it is neither."""
    text, _, slug = value.partition("~")
    try:
        starts_at = parse_datetime(text)
    except ValueError:
        return None
    if starts_at is None or starts_at.tzinfo is None or not 2000 <= starts_at.year <= 2200:
        return None
    return (starts_at.astimezone(dt.UTC), slug) if _SLUG.fullmatch(slug) else None
