"""Every public page, on a small phone and on a desk, in light and dark, and with the keyboard."""

import pytest

from tests.browser import checks
from tests.catalogue import PUBLIC_PAGES


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_a_page_can_be_used_by_everyone(desktop, address):
    assert desktop.goto(address).status == 200
    problems = [
        *checks.heading_problems(desktop),
        *checks.keyboard_problems(desktop),
        *checks.skip_link_problems(desktop),
        *checks.accessibility_problems(desktop),
    ]
    assert problems == [], "\n".join(problems)
