"""Template tags that say days and times."""

import datetime as dt
from urllib.parse import urlencode

from django import template

from locations.models import Place
from scheduling import domain
from scheduling.models import Service

register = template.Library()


@register.filter
def long_day(date: dt.date) -> str:
    """Write `date` as "Tuesday, January 5"."""
    return domain.day_words(date)


@register.filter
def short_day(date: dt.date) -> str:
    """Write `date` as "Tue, Jan 5"."""
    return domain.short_day_words(date)


@register.filter
def month(date: dt.date) -> str:
    """Write the month of `date` as "January 2027"."""
    return domain.month_words(date)


@register.filter
def where(service: Service, place: Place) -> str:
    """Write where `service` happens at `place`."""
    return service.where(place)


@register.filter
def words(text: str) -> list[str]:
    """Split `text` at its spaces."""
    return text.split()


@register.filter
def as_query(values: dict[str, str] | None) -> str:
    """Write `values` as the query of an address; none are none."""
    return urlencode(values or {})
