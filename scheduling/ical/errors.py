"""What reading a calendar may have to say."""

from dataclasses import dataclass

__all__ = ["CalendarError", "ReadingWarning"]


class CalendarError(Exception):
    """A calendar that cannot be used at all: what was read from it last stays.

    `code` is for programs: `not_a_calendar`, `truncated` or `too_large` where the text is at
    fault. `message` is for people, and quotes nothing from the calendar.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something in a calendar that was not understood, or understood with a doubt.

    `uid` names the component ("" where it has none) and `line` the line of the file, from 1 on.
    """

    code: str
    message: str
    uid: str = ""
    line: int | None = None
