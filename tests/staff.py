"""Members of staff for tests, one of each group."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
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


def totp_code(secret: str) -> str:
    """Return the code that an authenticator app shows now for `secret`."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
