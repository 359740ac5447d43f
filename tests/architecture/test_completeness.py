"""Nothing is added to the site that no test visits."""

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from home.sample_data.load import load_sample_practice
from tests.architecture import inventory
from tests.visits import EXCUSED, VISITS, Visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def visits(monkeypatch):
    """Everything, visited once. What waits for a commit is done at once: a test never commits."""
    monkeypatch.setattr(transaction, "on_commit", lambda do, **_: do())
    load_sample_practice(now=timezone.now())
    with Visits() as visits:
        for visit in VISITS:
            visit(visits)
    return visits


def test_every_address_page_type_block_and_template_is_visited(visits):
    admin = settings.ADMIN_PATH
    there = {
        *inventory.public_routes(admin),
        *inventory.staff_routes(admin),
        *inventory.page_types(),
        *inventory.blocks(inventory.stream_fields()),
        *inventory.templates(),
    }
    visited = visits.routes | visits.page_types | visits.blocks | visits.templates
    problems = inventory.differences(there, visited, EXCUSED)
    assert problems == [], "\n".join(problems)
