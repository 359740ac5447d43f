"""The site with its first defence taken away: nothing is locked before the facts are looked at.

The second, the database's own constraint, is dropped by the test that serves this. Together they
show that the race is real and that what the other tests see is the defences' doing.
"""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from scheduling.models import Resource  # noqa: E402
from scheduling.services import claim_time  # noqa: E402


def find_resources(*, therapist, rooms):
    """Return the resources, without a lock on any."""
    found = {therapist: Resource.objects.get_or_create(therapist=therapist)[0]}
    return found | {room: Resource.objects.get_or_create(room=room)[0] for room in rooms}


claim_time.lock_resources = find_resources
