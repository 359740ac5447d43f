"""Write the policy for missed sessions. What a client has accepted stays as it was."""

from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from scheduling.models import Policy


@dataclass(frozen=True, slots=True)
class Terms:
    """What a version of the policy says; a `late_fee` in dollars, None where none is stated."""

    text: str
    notice_hours: int
    late_fee: Decimal | None = None
    late_terms: str = ""


def add_policy(terms: Terms) -> Policy:
    """Publish the next version and return it.

    The newest row is locked first, so that of two who publish at once the second counts on.
    """
    with transaction.atomic():
        Policy.objects.select_for_update().first()
        latest = Policy.objects.aggregate(latest=Max("version"))["latest"] or 0
        return Policy.objects.create(version=latest + 1, **asdict(terms))


def revise_policy(policy_id: int, terms: Terms) -> Policy:
    """Change a version that no booking has; else publish the next one. Return what now applies.

    What a client accepted stays as it was. The row is locked, so that nobody can accept it between
    the look and the change (a booking's foreign key waits for the lock on PostgreSQL, and for the
    transaction on SQLite).
    """
    with transaction.atomic():
        policy = Policy.objects.select_for_update().get(pk=policy_id)
        newer = Policy.objects.filter(version__gt=policy.version).exists()
        if newer or policy.bookings.exists():
            return add_policy(terms)
        said = asdict(terms)
        for name, value in said.items():
            setattr(policy, name, value)
        policy.save(update_fields=list(said))
        return policy
