"""A real SMTP server that keeps what it is sent, and refuses on demand."""

import contextlib
import email
import threading
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.browser.processes import free_port


class Mailbox:
    """Takes mails in; while `refusing`, answers that it can't. Also the handler of the server."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refusing = False
        self._arrived = threading.Condition()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one mail. The name is the mail server's."""
        if self.refusing:
            return "451 Try again later, casey@example.org"
        mail = email.message_from_bytes(envelope.content, policy=policy.default)
        with self._arrived:
            self.mails.append(mail)
            self.recipients.append(envelope.rcpt_tos)
            self._arrived.notify_all()
        return "250 Kept"

    def empty(self) -> None:
        """Forget all, and take mails in again."""
        self.mails.clear()
        self.recipients.clear()
        self.refusing = False

    def to(self, recipient: str) -> list[EmailMessage]:
        """Return what has come for `recipient` so far, the oldest first."""
        return [mail for mail in self.mails if recipient in str(mail["To"])]

    def wait_for(
        self, recipient: str, *, count: int = 1, seconds: float = 20
    ) -> list[EmailMessage]:
        """Return the first `count` mails to `recipient`; fail when they do not come."""

        def enough() -> bool:
            return len(self.to(recipient)) >= count

        with self._arrived:
            came = self._arrived.wait_for(enough, timeout=seconds)
        assert came, (
            f"{len(self.to(recipient))} of {count} mails to {recipient} came in {seconds} s"
        )
        return self.to(recipient)[:count]


@contextlib.contextmanager
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    """Run a server on a free port of this machine; yield its mailbox and the port."""
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()
