"""What reading a component needs besides its lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .calendars import Calendar, Doubt
from .properties import Property

__all__ = ["Context"]


def _nowhere(_: Iterable[Property]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """The calendar that a component belongs to, where doubts go, and how its place is found."""

    calendar: Calendar
    doubt: Doubt
    place_in: Callable[[Iterable[Property]], str | None] = _nowhere
