"""The log in production's form, written to a stream that a test can read."""

import io
import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager

from cms.core.logs import configure_logs


@contextmanager
def log_stream() -> Iterator[io.StringIO]:
    """Send the log to the returned stream as JSON lines, and back where it went before."""
    before = logging.root.handlers[:], logging.root.level
    config = configure_logs(as_json=True)
    stream = io.StringIO()
    config["handlers"]["console"]["stream"] = stream
    logging.config.dictConfig(config)
    try:
        yield stream
    finally:
        logging.root.handlers[:], logging.root.level = before
        configure_logs(as_json=False)
