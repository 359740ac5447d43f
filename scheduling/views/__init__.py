"""The pages on which a client books. Each GET only shows; each POST acts and redirects."""

from .answer import answer
from .choose import choose
from .details import details, release
from .hold import hold
from .move import move
from .private_link import cancel, session, session_calendar
from .reminders import reminders
from .session_feed import session_feed
from .where import where

__all__ = [
    "answer",
    "cancel",
    "choose",
    "details",
    "hold",
    "move",
    "release",
    "reminders",
    "session",
    "session_calendar",
    "session_feed",
    "where",
]
