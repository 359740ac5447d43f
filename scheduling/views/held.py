"""The cookie by which a browser knows what it holds.

The token of a hold stands in no address: addresses are logged, kept in histories and passed on. It
travels in a cookie of its own, which the browser sends to the pages of that hold alone, so that two
tabs hold two times without mixing them up. Beside it stands what was chosen, so that a hold that
has run out can be taken up again.
"""

import datetime as dt
import secrets
from typing import NamedTuple, Self

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from locations.models import Place
from scheduling.forms import ALL, OTHERS
from scheduling.models import Series, Service, Therapist
from scheduling.selectors.openings import Wanted
from scheduling.services.confirm_series import SeriesWish

HELD, BOOKED = "held", "booked"
SERIES, BOOKED_SERIES = "series", "booked-series"
# Longer than a hold lasts: who comes back late should find what they chose.
LIFETIME = dt.timedelta(hours=3)
LATEST = 2**32  # in seconds since 1970: the year 2106


class HeldCookie(NamedTuple):
    """A hold's token, and the primary keys and the instant of what it is for."""

    token: str
    therapist: int
    service: int
    place: int
    starts_at: int

    @classmethod
    def of(cls, token: str, wanted: Wanted) -> Self:
        """Return the cookie for `wanted` held under `token`."""
        keys = (wanted.therapist.pk, wanted.service.pk, wanted.place.pk)
        return cls(token, *keys, int(wanted.starts_at.timestamp()))

    @classmethod
    def read(cls, request: HttpRequest) -> Self | None:
        """Return the cookie that came with `request`; None where there is none, or a broken one."""
        token, *numbers = request.COOKIES.get(HELD, "").split(".")
        if len(numbers) != 4 or not all(each.isdecimal() and len(each) < 16 for each in numbers):
            return None
        return cls(token, *(int(each) for each in numbers)) if int(numbers[3]) < LATEST else None

    @property
    def written(self) -> str:
        """The value of the cookie."""
        return ".".join(map(str, self))

    def wanted(self) -> Wanted | None:
        """Return what it is for, or None where a record it names is gone."""
        therapist = Therapist.objects.filter(pk=self.therapist).first()
        service = Service.objects.filter(pk=self.service).first()
        place = Place.objects.select_related("jurisdiction").filter(pk=self.place).first()
        if not (therapist and service and place):
            return None
        starts_at = dt.datetime.fromtimestamp(self.starts_at, dt.UTC)
        return Wanted(therapist, service, place, starts_at)


class SeriesCookie(NamedTuple):
    """The dates of a series that are held beside the time in the `HeldCookie`, and the wish."""

    wish: SeriesWish

    @classmethod
    def read(cls, request: HttpRequest) -> Self | None:
        """Return the cookie that came with `request`; None where there is none, or a broken one."""
        rule, *numbers = request.COOKIES.get(SERIES, "").split(".")
        if len(numbers) < 2 or not all(each.isdecimal() and len(each) < 16 for each in numbers):
            return None
        weeks, *starts = (int(each) for each in numbers)
        if weeks not in Series.Rhythm.values or max(starts) >= LATEST:
            return None
        instants = tuple(dt.datetime.fromtimestamp(start, dt.UTC) for start in starts)
        return cls(SeriesWish(instants, weeks, all_or_nothing=rule == ALL))

    @property
    def written(self) -> str:
        """The value of the cookie."""
        starts = (f"{start.timestamp():.0f}" for start in self.wish.starts)
        rule = ALL if self.wish.all_or_nothing else OTHERS
        return ".".join([rule, str(self.wish.weeks), *starts])


def booked_page(request: HttpRequest) -> str | None:
    """Return the address of what this browser has booked on the page of a hold; None if nothing."""
    if link := request.COOKIES.get(BOOKED):
        return reverse("book:session", args=[link])
    link = request.COOKIES.get(BOOKED_SERIES)
    return reverse("book:series", args=[link]) if link else None


def new_page_key() -> str:
    """Return the last part of the address of a hold's page: a name for it, no secret."""
    return secrets.token_hex(4)


def set_cookie(
    request: HttpRequest, response: HttpResponse, name: str, value: str, *, path: str
) -> None:
    """Give the browser `value` for `path`, the address of a hold's page, and what is below it."""
    response.set_cookie(
        name,
        value,
        max_age=LIFETIME,
        path=path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
