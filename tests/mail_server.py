"""A real SMTP server that keeps what it is sent, and refuses on demand."""

import email
import socket
from email import policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Inbox:
    """Takes mails in; while `refusing`, answers that it can't."""

    def __init__(self):
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refusing = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's name
        """Keep the mail."""
        if self.refusing:
            return "451 Try again later, casey@example.org"
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 Kept"


def start_mail_server() -> tuple[Controller, Inbox, int]:
    """Start a server on a free port of this machine; return it, its inbox and the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    return controller, inbox, port
