"""Time that is taken or opened, and the window that is asked for, in UTC seconds."""

from typing import NamedTuple

__all__ = ["Span", "Window"]


class Span(NamedTuple):
    """Time from `start` to `end`, in UTC seconds, at a place where one is asked for."""

    start: int
    end: int
    place: str | None = None


class Window(NamedTuple):
    """The UTC seconds that are asked for."""

    start: int
    end: int
