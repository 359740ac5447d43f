"""How staff log in. Clients have no accounts."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import LoginForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from cms.core.fields import decrypt, encrypt
from cms.core.middleware.second_factor import PROVED
from cms.core.models import PracticeSettings


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the owner in the admin, never by whoever passes by."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: nobody signs up."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again for the password only where it was not typed within the last minutes.

        Without this, whoever sets the second factor up would type it twice in a row.
        """
        records = get_authentication_records(self.request, self.request.user)
        latest = max((each["at"] for each in records), default=0)
        is_recent = time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_recent and super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail that names the practice."""
        name = PracticeSettings.load().practice_name
        super().send_mail(template_prefix, email, {**context, "practice_name": name})


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of the second factor encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "This code is not right. A code from the app holds for half a minute and works once; "
            "a recovery code works once."
        ),
    }

    def get_totp_label(self, user: User) -> str:
        """Return what the app shows beside the code."""
        return user.get_username()

    def get_totp_issuer(self) -> str:
        """Return the name under which the app lists it."""
        return PracticeSettings.load().practice_name

    def encrypt(self, text: str) -> str:
        """Encrypt under the first key of FIELD_KEYS."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt under whichever key of FIELD_KEYS fits. Raises DecryptionError."""
        return decrypt(encrypted_text)


class StaffLoginForm(LoginForm):
    """The log-in form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail or user name"
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].help_text = ""  # the page links to the reset below the button
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class CodeFormMixin:
    """Asks for a code so that a phone shows its digits."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class StaffAuthenticateForm(CodeFormMixin, AuthenticateForm):
    """Asks for the code while logging in."""


class StaffReauthenticateForm(CodeFormMixin, ReauthenticateForm):
    """Asks for the code of somebody who is logged in."""


class StaffActivateForm(CodeFormMixin, ActivateTOTPForm):
    """Asks for the first code."""


class SetUpView(ActivateTOTPView):
    """Sets the second factor up. It takes a code, so the session has proved it as well."""

    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        """Store the second factor and note that this session knows it."""
        response = super().form_valid(form)
        self.request.session[PROVED] = True
        return response
