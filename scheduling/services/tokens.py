"""Tokens of holds, and the signed tokens of bookings' private links."""

import hashlib
import secrets

from django.core import signing


def new_token() -> str:
    """Return a token with 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def desk_token(user_id: int, *, therapist: int, service: int, place: int, start: int) -> str:
    """Return the token under which a member of staff holds one time for a client.

    It can be written again from what it is for, so it stands in no address, cookie or form.
    """
    signer = signing.Signer(sep=".", salt="scheduling.desk-hold")
    return signer.sign(f"{user_id}-{therapist}-{service}-{place}-{start}")


def digest(token: str) -> str:
    """Return the SHA-256 of `token`: enough to find its row, useless to who reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_token(reference: str) -> str:
    """Return the token of a booking's private link: its reference, signed with the site's key.

    It is stored nowhere and can be written again at any time, so that a mail can be sent by a task
    that knows the booking's primary key alone.
    """
    return _signer().sign(reference)


def reference_in(token: str) -> str | None:
    """Return the reference that `token` was made from, or None where it was altered."""
    return _unsigned(_signer(), token)


def answer_token(reference: str, reader: str) -> str:
    """Return the token of the link by which `reader` answers the request of a booking.

    It opens nothing else: it is signed for another purpose than the client's link.
    """
    return _answer_signer().sign(f"{reference}-{reader}")


def answer_in(token: str) -> tuple[str, str] | None:
    """Return the reference and the reader that `token` was made from; None where it was altered."""
    signed = _unsigned(_answer_signer(), token)
    if signed is None:
        return None
    reference, _, reader = signed.partition("-")
    return reference, reader


def _unsigned(signer: signing.Signer, token: str) -> str | None:
    try:
        return signer.unsign(token)
    except signing.BadSignature:
        return None


def series_token(reference: str) -> str:
    """Return the token of the private link of a series: its reference, signed for that alone."""
    return _series_signer().sign(reference)


def series_reference_in(token: str) -> str | None:
    """Return the reference of the series whose `token` it is, or None where it was altered."""
    return _unsigned(_series_signer(), token)


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt="scheduling.private-link")


def _answer_signer() -> signing.Signer:
    return signing.Signer(sep=".", salt="scheduling.answer-link")


def _series_signer() -> signing.Signer:
    return signing.Signer(sep=".", salt="scheduling.series-link")
