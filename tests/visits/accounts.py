"""Visits to the pages by which staff log in."""

import re

from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse

from home.staff_groups import DESK
from tests.staff import PASSWORD, make_staff, totp_code

from .recorder import Visits

NEW_PASSWORD = "another long sample passphrase"


def visit_password_reset(visits: Visits) -> None:
    """Set a lost password anew, as somebody of the desk."""
    user = make_staff(DESK)
    for name in ("account_signup", "account_inactive", "account_reset_password"):
        visits.get(reverse(name))
    visits.post(reverse("account_reset_password"), {"email": user.email})
    visits.get(reverse("account_reset_password_done"))
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    form = visits.get(link, status=302).headers["Location"]
    visits.get(form)
    visits.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    visits.get(reverse("account_reset_password_from_key_done"))


@override_settings(REQUIRE_SECOND_FACTOR=True)
def visit_log_in(visits: Visits) -> None:
    """Log in with a second factor, look at all that can be changed, and change it."""
    user = User.objects.get(groups__name=DESK, username="intake-desk")
    password = {"login": user.email, "password": NEW_PASSWORD}
    visits.get("/_util/login/", status=302)
    visits.get(reverse("account_login"))
    visits.post(reverse("account_login"), password | {"password": "wrong"}, status=200)
    visits.post(reverse("account_login"), password)
    secret = set_up(visits)
    visits.get(reverse("mfa_generate_recovery_codes"))
    visits.post(reverse("mfa_generate_recovery_codes"))
    for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_download_recovery_codes"):
        visits.get(reverse(name))
    visits.get(reverse("account_logout"))
    visits.post(reverse("account_logout"))

    visits.post(reverse("account_login"), password)
    visits.get(reverse("mfa_authenticate"))
    visits.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    visits.get(reverse("mfa_reauthenticate"))
    visits.get(reverse("account_reauthenticate"))
    visits.post(reverse("account_reauthenticate"), {"password": NEW_PASSWORD})
    visits.get(reverse("mfa_deactivate_totp"))
    visits.post(reverse("mfa_deactivate_totp"))
    visits.get(reverse("account_change_password"))
    change = {"oldpassword": NEW_PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    visits.post(reverse("account_change_password"), change)
    user.groups.clear()
    visits.client.force_login(User.objects.get(pk=user.pk))
    visits.get(reverse("wagtailadmin_home"), status=403)
    visits.start_anew()


def set_up(visits: Visits) -> str:
    """Set the second factor up; return its secret."""
    page = visits.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    visits.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    cache.clear()  # the code of this half minute may be used again
    return secret
