"""A mail server that keeps what the site sends."""

import email
import threading
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """What arrived, by recipient. Also the handler of the mail server."""

    def __init__(self) -> None:
        self._messages: list[EmailMessage] = []
        self._arrived = threading.Condition()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one message. The name is the mail server's."""
        message = email.message_from_bytes(envelope.content, policy=default)
        with self._arrived:
            self._messages.append(message)
            self._arrived.notify_all()
        return "250 Kept"

    def wait_for(
        self, recipient: str, *, count: int = 1, seconds: float = 20
    ) -> list[EmailMessage]:
        """Return the first `count` messages to `recipient`; fail when they do not come."""

        def enough() -> bool:
            return len(self.to(recipient)) >= count

        with self._arrived:
            came = self._arrived.wait_for(enough, timeout=seconds)
        assert came, (
            f"{len(self.to(recipient))} of {count} mails to {recipient} came in {seconds} s"
        )
        return self.to(recipient)[:count]

    def to(self, recipient: str) -> list[EmailMessage]:
        """Return what has come for `recipient` so far, the oldest first."""
        return [message for message in self._messages if recipient in str(message["To"])]


def mail_server(mailbox: Mailbox, port: int) -> Controller:
    """Return a mail server for `mailbox`; start() and stop() are the caller's."""
    return Controller(mailbox, hostname="127.0.0.1", port=port)
