"""A client books: in an office and online, by touch, by keyboard alone, and without scripts."""

import pytest

from tests.browser import booking
from tests.browser.booking import new_client


@pytest.mark.parametrize("device", ["phone", "plain"])
@pytest.mark.parametrize("place", [booking.OFFICE, booking.ONLINE_IN_DC])
def test_a_client_books_and_cancels(request, device, place):
    page = request.getfixturevalue(device)
    client = new_client()
    booking.book(page, place, client)
