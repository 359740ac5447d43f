"""Write the policy for missed sessions. What a client has accepted stays as it was."""

from django.db import transaction
from django.db.models import Max

from scheduling.models import Policy


def add_policy(*, text: str, notice_hours: int) -> Policy:
    """Publish the next version and return it.

    The newest row is locked first, so that of two who publish at once the second counts on.
    """
    with transaction.atomic():
        Policy.objects.select_for_update().first()
        latest = Policy.objects.aggregate(latest=Max("version"))["latest"] or 0
        return Policy.objects.create(version=latest + 1, text=text, notice_hours=notice_hours)


def revise_policy(policy_id: int, *, text: str, notice_hours: int) -> Policy:
    """Change a version that no booking has; else publish the next one. Return what now applies.

    What a client accepted stays as it was. The row is locked, so that nobody can accept it between
    the look and the change (a booking's foreign key waits for the lock on PostgreSQL, and for the
    transaction on SQLite).
    """
    with transaction.atomic():
        policy = Policy.objects.select_for_update().get(pk=policy_id)
        newer = Policy.objects.filter(version__gt=policy.version).exists()
        if newer or policy.bookings.exists():
            return add_policy(text=text, notice_hours=notice_hours)
        policy.text, policy.notice_hours = text, notice_hours
        policy.save(update_fields=["text", "notice_hours"])
        return policy
