"""How each address, page type, block and template of the site is visited.

`tests/architecture/test_completeness.py` makes all these visits once, in this order and as one
story, and names what is missing here.
"""

from collections.abc import Callable

from .accounts import visit_log_in, visit_password_reset
from .api import visit_api
from .booking import visit_booking, visit_mails, visit_refusals, visit_series
from .desk import visit_desk
from .pages import visit_all_blocks, visit_errors, visit_private_pages, visit_public_pages
from .recorder import Visits
from .requests import visit_requests
from .staff import visit_staff_screens

VISITS: tuple[Callable[[Visits], None], ...] = (
    visit_public_pages,
    visit_all_blocks,
    visit_private_pages,
    visit_errors,
    visit_booking,
    visit_series,
    visit_refusals,
    visit_requests,
    visit_api,
    visit_mails,
    visit_password_reset,
    visit_log_in,
    visit_desk,
    visit_staff_screens,
)

# What no visit reaches, and why that is well.
EXCUSED: dict[str, str] = {}
