"""The pages on which a client books. Each GET only shows; each POST acts and redirects."""

from .answer import answer
from .choose import choose
from .choose_series import choose_series
from .details import details, release
from .hold import hold
from .move import move
from .private_link import cancel, session, session_calendar
from .reminders import reminders
from .series import series, series_cancel, series_file
from .series_details import series_details
from .session_feed import session_feed
from .where import where

__all__ = [
    "answer",
    "cancel",
    "choose",
    "choose_series",
    "details",
    "hold",
    "move",
    "release",
    "reminders",
    "series",
    "series_cancel",
    "series_details",
    "series_file",
    "session",
    "session_calendar",
    "session_feed",
    "where",
]
