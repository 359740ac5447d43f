"""Staff log in with a password and a second factor, and stay logged in no longer than needed."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cms.core.middleware.session_limits import BEGAN, SEEN
from home.staff_groups import DESK, OWNER
from tests.staff import PASSWORD, make_staff, totp_code

pytestmark = pytest.mark.django_db
HOME = reverse("wagtailadmin_home")
LOGIN = reverse("account_login")
SET_UP = reverse("mfa_activate_totp")


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    settings.REQUIRE_SECOND_FACTOR = True
    cache.clear()


@pytest.fixture
def user():
    return make_staff(DESK)


def log_in(client, user, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": user.email, "password": password, **extra}, follow=True)


def set_up(client, user):
    """Set the second factor up in a browser's steps; return the secret."""
    page = log_in(client, user)
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.content.decode())[1]
    page = client.post(SET_UP, {"code": totp_code(secret)})
    assert page.url == reverse("mfa_view_recovery_codes")
    cache.clear()  # the code of this half minute may be used again
    return secret


def test_the_first_log_in_sets_the_second_factor_up_before_any_admin_page(client, user):
    page = log_in(client, user)
    assert page.redirect_chain[-1][0].startswith(SET_UP)
    assert "data:image/svg+xml" in page.content.decode()
    assert client.get(reverse("booking:index")).status_code == 302
    wrong = client.post(SET_UP, {"code": "000000"})
    assert "not right" in wrong.content.decode()
    set_up(client, user)
    page = client.get(reverse("mfa_view_recovery_codes"))
    assert len(re.findall(r"<li>\d{8}</li>", page.content.decode())) == 10
    assert client.get(HOME).status_code == 200


def test_the_secret_is_stored_encrypted(client, user):
    secret = set_up(client, user)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_each_later_log_in_asks_for_the_code(client, user):
    secret = set_up(client, user)
    client.logout()
    page = log_in(client, user, next=reverse("booking:index"))
    assert "Your code" in page.content.decode()
    assert client.get(HOME).status_code == 302
    assert "not right" in client.post(reverse("mfa_authenticate"), {"code": "1"}).content.decode()
    page = client.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    assert page.url == reverse("booking:index")
    assert client.get(HOME).status_code == 200


def test_a_recovery_code_works_once(client, user):
    set_up(client, user)
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.search(r"<li>(\d{8})</li>", codes)[1]
    for works in (True, False):
        client.logout()
        log_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert (client.get(HOME).status_code == 200) is works


def test_a_session_that_knew_only_the_password_stays_outside(client, user):
    thief = Client()
    log_in(thief, user)
    secret = set_up(client, user)
    response = thief.get(HOME)
    assert response.status_code == 302
    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert client.get(HOME).status_code == 200
    thief.post(reverse("mfa_reauthenticate"), {"code": totp_code(secret)})
    assert thief.get(HOME).status_code == 200


def test_five_wrong_passwords_lock_the_log_in(client, user):
    for _ in range(5):
        log_in(client, user, password="wrong")
    page = log_in(client, user)
    assert "Too many failed" in page.content.decode()
    assert client.get(HOME).status_code == 302


def test_an_unknown_address_is_answered_like_a_wrong_password(client, user):
    known = log_in(client, user, password="wrong").content.decode()
    user.delete()
    cache.clear()
    unknown = log_in(client, user, password="wrong").content.decode()
    token = re.compile(r'value="[\w]{64}"')
    assert token.sub("", known) == token.sub("", unknown)


def test_nobody_signs_up(client):
    address = reverse("account_signup")
    assert "no sign-up" in client.get(address).content.decode()
    client.post(address, {"email": "x@example.org", "username": "x", "password1": PASSWORD})
    assert not User.objects.exists()


def test_a_lost_password_is_set_anew_by_mail_once(client, user, mailoutbox):
    page = client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    assert "Look into your mail" in page.content.decode()
    mail = mailoutbox[0]
    assert mail.to == [user.email]
    assert user.email not in mail.subject
    link = re.search(r"http://testserver(\S+)", mail.body)[1]
    page = client.get(link, follow=True)
    form = page.request["PATH_INFO"]
    new = "another long sample passphrase"
    page = client.post(form, {"password1": new, "password2": new}, follow=True)
    assert "new password is set" in page.content.decode()
    user.refresh_from_db()
    assert user.check_password(new)
    assert "does not work any more" in client.get(link, follow=True).content.decode()


def test_a_reset_for_an_unknown_address_says_the_same_and_sends_nothing(client, db, mailoutbox):
    address = reverse("account_reset_password")
    page = client.post(address, {"email": "nobody@example.org"}, follow=True)
    assert "Look into your mail" in page.content.decode()
    assert not mailoutbox


def test_wagtails_own_password_pages_lead_to_ours(client, user):
    response = client.post("/_util/login/", {"username": user.username, "password": PASSWORD})
    assert response.url == LOGIN
    response = client.get("/admin/login/", {"next": "/admin/booking/"})
    assert response.url == f"{LOGIN}?next=%2Fadmin%2Fbooking%2F"
    assert client.get("/admin/password_reset/").status_code == 404
    assert client.get(HOME).url.startswith(LOGIN)


@pytest.mark.parametrize(("key", "hours"), [(SEEN, 1.1), (BEGAN, 12.1)])
def test_a_log_in_ends(client, user, settings, key, hours):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(user)
    assert client.get(HOME).status_code == 200
    session = client.session
    session[key] -= hours * 3600
    session.save()
    response = client.get(HOME, follow=True)
    assert response.redirect_chain[0][0].startswith(LOGIN)
    assert "You were logged out" in response.content.decode()


def test_what_a_page_asks_for_by_itself_keeps_nobody_logged_in(client, user, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(user)
    client.get(HOME)
    session = client.session
    seen = session[SEEN] = session[SEEN] - 600
    session.save()
    client.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
    assert client.session[SEEN] == seen
    client.get(HOME)
    assert client.session[SEEN] > seen


def test_a_closed_log_in_is_out_at_once(client, user, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(user)
    assert client.get(HOME).status_code == 200
    User.objects.update(is_active=False)
    assert client.get(HOME).status_code == 302


def test_a_log_in_without_a_group_is_told_so(client):
    client.force_login(User.objects.create_user("nobody"))
    response = client.get(HOME)
    assert response.status_code == 403
    assert "none of the groups" in response.content.decode()


def test_a_log_out_leads_to_the_log_in(client, user):
    set_up(client, user)
    assert client.post(reverse("wagtailadmin_logout")).url == LOGIN
    assert client.get(HOME).status_code == 302


def test_the_owner_lets_somebody_set_up_a_new_phone(client, user, mailoutbox):
    set_up(client, user)
    other = Client()
    owner = make_staff(OWNER)
    set_up(other, owner)
    address = reverse("reset_second_factor", args=[user.pk])
    listing = other.get(reverse("wagtailusers_users:index")).content.decode()
    assert address in listing
    assert client.post(address).status_code == 302
    assert Authenticator.objects.filter(user=user).exists()
    page = other.post(address, follow=True)
    assert "sets up a new phone" in page.content.decode()
    assert not Authenticator.objects.filter(user=user).exists()
    assert mailoutbox[-1].to == [user.email]
    assert client.get(HOME).url.startswith(SET_UP)


def test_nobody_takes_a_superusers_second_factor_away(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    boss = User.objects.create_superuser("boss", "boss@example.org", PASSWORD)
    client.force_login(make_staff(OWNER))
    assert client.get(reverse("reset_second_factor", args=[boss.pk])).status_code == 302


def test_the_account_page_leads_to_password_and_second_factor(client, user, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(user)
    assert reverse("mfa_index") in client.get(reverse("wagtailadmin_account")).content.decode()


def test_every_page_of_the_log_in_has_the_sites_frame(client, user):
    pages = ["account_login", "account_reset_password", "account_inactive"]
    pages += ["account_reset_password_done", "account_reset_password_from_key_done"]
    for name in pages:
        assert "site-header" in client.get(reverse(name)).content.decode(), name
    set_up(client, user)
    pages = ["account_logout", "account_reauthenticate", "account_change_password", "mfa_index"]
    pages += ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"]
    for name in [*pages, "mfa_reauthenticate"]:
        response = client.get(reverse(name))
        assert response.status_code == 200, name
        assert "site-header" in response.content.decode(), name
