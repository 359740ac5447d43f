"""Members of staff for tests, one of each group."""

from django.contrib.auth.models import Group, User

from home.staff_groups import DESK, EDITOR, OWNER, THERAPIST

ROLES = (EDITOR, THERAPIST, DESK, OWNER)
PASSWORD = "a long sample passphrase"


def make_staff(role: str, *, name: str = "") -> User:
    """Write a user of the group `role`; the name is made from it."""
    username = name or role.lower().replace(" ", "-")
    user = User.objects.create_user(username, f"{username}@example.org", PASSWORD)
    user.groups.add(Group.objects.get(name=role))
    return user
