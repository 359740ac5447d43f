"""Logs without personal data: what happened, where and how long it took, never to whom.

Three nets, since a log can't be taken back. Known private keys are dropped from every entry. What
looks like an address, an e-mail, a phone number or a token is masked in every message, our own and
those of libraries. Of an exception its type and the lines of code are kept, not its message, which
may quote the value that caused it.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

PRIVATE_KEYS = {
    "address",
    "authorization",
    "body",
    "client_email",
    "client_name",
    "client_phone",
    "code",
    "cookie",
    "email",
    "ip",
    "name",
    "note",
    "password",
    "path",
    "phone",
    "query",
    "secret",
    "token",
    "url",
}
MASKS = (
    (re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE), "[address]"),
    (re.compile(r"[^\s@'\"<>(]+@[^\s@'\"<>)]+\.\w+"), "[e-mail]"),
    (
        re.compile(r"(?<![\w:.-])\+?\d?[ (.-]{0,2}\d{3}[ ).-]{0,2}\d{3}[ .-]?\d{4}(?![\w:-])"),
        "[phone]",
    ),
    (re.compile(r"(?<![\w/.-])/(?:[\w.~%:@=-]+/)+\S*"), "[path]"),
    (re.compile(r"[\w-]{24,}"), "[token]"),
)
QUEUE = "django-q"
FRAME = re.compile(r'^\s+File "(?P<file>[^"]+)", line (?P<line>\d+), in (?P<function>\S+)$')


def masked(text: str) -> str:
    """Return `text` with what looks private replaced by the name of its kind."""
    for pattern, kind in MASKS:
        text = pattern.sub(kind, text)
    return text


def drop_private_values(logger: WrappedLogger, method: str, entry: EventDict) -> EventDict:
    """Drop the values of known private keys and mask all other text. A structlog processor."""
    for key, value in entry.items():
        if key in PRIVATE_KEYS:
            entry[key] = "[private]"
        elif isinstance(value, str) and key not in ("route", "timestamp", "level", "logger"):
            entry[key] = masked(value)
    return entry


def shorten_messages_of_libraries(
    logger: WrappedLogger, method: str, entry: EventDict
) -> EventDict:
    """Cut from messages of Django and the queue what they quote. A structlog processor.

    Django appends the path to "Internal Server Error", the queue the whole error to "Failed …".
    """
    record: logging.LogRecord | None = entry.get("_record")
    if record is None:
        return entry
    if record.name == "django.request":
        entry["event"] = str(entry["event"]).split(": /")[0]
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        entry["route"] = (match.view_name or match.route) if match else "none"
    elif record.name == QUEUE:
        entry["event"] = str(entry["event"]).split(" - ")[0].splitlines()[0]
    return entry


def exception_without_values(logger: WrappedLogger, method: str, entry: EventDict) -> EventDict:
    """Replace an exception by its type and the lines it passed. A structlog processor."""
    given = entry.pop("exc_info", None)
    if not given:
        return entry
    kind, error, trace = given if isinstance(given, tuple) else sys.exc_info()
    if kind is not None:
        entry["exception"] = kind.__qualname__
        entry["frames"] = list(_frames(trace))
        if error is not None and error.__cause__ is not None:
            entry["cause"] = type(error.__cause__).__qualname__
    return entry


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace):
        yield f"{frame.filename}:{frame.lineno} {frame.name}"


def failure_without_values(text: str) -> str:
    """Return what may be kept of a failed task's error: its type and the lines of code.

    `text` is what the queue would store: the message, a colon, the whole traceback.
    """
    lines = text.strip().splitlines()
    frames = [f"{m['file']}:{m['line']} {m['function']}" for m in map(FRAME.match, lines) if m]
    kind = lines[-1].split(":")[0] if frames else "Error"
    return "\n".join([kind if re.fullmatch(r"[\w.]+", kind) else "Error", *frames])


def forget_values_of_failed_task(task: dict[str, Any], **kwargs: object) -> None:
    """Keep private values out of the table of failed tasks. Receives `post_execute_in_worker`."""
    if not task["success"]:
        task["result"] = failure_without_values(str(task["result"]))


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Leave out that a task was enqueued: the line that it was processed follows."""
    return not (record.name == QUEUE and record.getMessage().startswith("Enqueued"))


SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    shorten_messages_of_libraries,
)


def configure_logs(*, as_json: bool, level: str = "INFO") -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING: JSON lines for machines, else for people.

    Both go to the standard error stream. Nothing is mailed: an error report holds the form.
    """
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderers: list[Processor] = (
        [exception_without_values, drop_private_values, structlog.processors.JSONRenderer()]
        if as_json
        else [
            drop_private_values,
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *renderers,
                ],
            }
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "filters": [is_worth_a_line],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Every answer is logged by our own middleware, without its path.
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            # It writes whole paths of addresses that it tries again.
            "urllib3": {"level": "ERROR"},
            # Wagtail tells of each index update and each page; it keeps a history of its own.
            "django_tasks": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},
        },
    }
