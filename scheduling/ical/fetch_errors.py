"""What can go wrong on the way to a calendar, in words for whoever reads them.

No message carries the address: it is a secret.
"""

from .errors import CalendarError

MESSAGES = {
    "address_refused": "This address can't be used. {reason}",
    "unreachable": "The calendar's server could not be reached. {reason}",
    "too_slow": "The calendar's server took too long to send the calendar.",
    "too_large": "The calendar is larger than 10 MB, which is more than we read.",
    "truncated": "The calendar broke off before its end.",
    "not_a_calendar": "What the server sent could not be unpacked, so it is not a calendar.",
}
STATUS_REASONS = {
    401: "asks for a user name and password, or no longer accepts the ones in the address",
    403: "no longer lets us read the calendar; its private address may have been reset",
    404: "has no calendar at this address; it may have been deleted or its address reset",
    410: "has no calendar at this address any more",
    429: "asks us to come less often",
}


class FetchError(CalendarError):
    """A calendar could not be fetched. `code` is stable; the message is for the person.

    `status` is the server's HTTP status where it answered one, `retry_after` its wish as sent: a
    number of seconds or an HTTP date (RFC 9110, section 10.2.3).
    """

    def __init__(
        self, code: str, message: str, *, status: int | None = None, retry_after: str = ""
    ) -> None:
        super().__init__(code, message)
        self.status = status
        self.retry_after = retry_after


def problem(code: str, reason: str = "") -> FetchError:
    """Return the error with `code`, in plain words, `reason` being a sentence about the cause."""
    return FetchError(code, MESSAGES[code].format(reason=reason).strip())


def status_problem(status: int, retry_after: str) -> FetchError:
    """Return the error for an answer with any other HTTP status than a calendar has."""
    reason = STATUS_REASONS.get(status)
    if reason is None:
        reason = "has a problem of its own" if status >= 500 else "sent no calendar"
    message = f"The calendar's server {reason} (answer {status})."
    return FetchError("http_status", message, status=status, retry_after=retry_after)
