"""Log-ins to try the staff's screens with. They exist in development only."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from home.staff_groups import DESK, EDITOR, OWNER, THERAPIST
from scheduling.models import Therapist

PASSWORD = "a-sample-password"  # noqa: S105  (printed by the command; refused outside development)
GROUPS = {
    "sample-owner": OWNER,
    "sample-desk": DESK,
    "sample-editor": EDITOR,
    "sample-therapist": THERAPIST,
}
THERAPIST_SLUG = "ada-sample"


def load_log_ins() -> None:
    """Write one log-in for each staff group, all with the same password.

    Does nothing where SAMPLE_LOG_INS is off: a password that anyone can read in the source must
    not open a site that clients reach.
    """
    if not settings.SAMPLE_LOG_INS:
        return
    users = get_user_model().objects
    password = make_password(PASSWORD)
    for name, group in GROUPS.items():
        user, is_new = users.get_or_create(
            username=name,
            defaults={
                "password": password,
                "email": f"{name}@example.org",
                "first_name": group,
                "last_name": "Sample",
            },
        )
        if is_new:
            user.groups.add(Group.objects.get(name=group))
    therapist_user = users.get(username="sample-therapist")
    Therapist.objects.filter(slug=THERAPIST_SLUG, user=None, is_sample=True).exclude(
        pk__in=Therapist.objects.filter(user=therapist_user)
    ).update(user=therapist_user)


def remove_log_ins() -> int:
    """Remove the sample log-ins and return how many there were."""
    users = get_user_model().objects.filter(
        username__in=GROUPS, email__endswith="@example.org", last_name="Sample"
    )
    return users.delete()[1].get(users.model._meta.label, 0)


def log_ins_in_words() -> str:
    """Return the sample log-ins and their password as lines for a person to read."""
    lines = [f"  {name:<18}{group}" for name, group in GROUPS.items()]
    return "\n".join([f"Sample log-ins, all with the password {PASSWORD}", *lines])
