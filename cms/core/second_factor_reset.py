"""The owner lets somebody who lost the phone set the second factor up again."""

from collections.abc import Iterator
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log


def may_reset(user: User | AnonymousUser, other: User) -> bool:
    """Return whether `user` may take the second factor of `other` away.

    Those who may change users may, except from a superuser, whom only another superuser outranks.
    """
    return user.has_perm("auth.change_user") and (user.is_superuser or not other.is_superuser)


class ResetSecondFactorView(WagtailAdminTemplateMixin, TemplateView):
    """Asks, then forgets the phone and the recovery codes of one log-in, and tells its owner."""

    template_name = "core/admin/reset_second_factor.html"
    page_title = "Forget the second factor"
    header_icon = "mobile-alt"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the log-in; refuse those who may not do this to it."""
        super().setup(request, *args, **kwargs)
        self.other = get_object_or_404(User, pk=kwargs["pk"])
        if not may_reset(request.user, self.other):
            raise PermissionDenied

    def get_page_subtitle(self) -> str:
        """Name the log-in."""
        return self.other.get_username()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the users."""
        users = {"url": reverse("wagtailusers_users:index"), "label": "Users"}
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, users, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whose it is."""
        return super().get_context_data(other=self.other, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Forget it."""
        Authenticator.objects.filter(user=self.other).delete()
        log(self.other, "wagtail.edit", user=request.user, data={"second_factor": "forgotten"})
        get_adapter().send_notification_mail("mfa/email/totp_deactivated", self.other)
        messages.success(
            request, f"{self.other.get_username()} sets up a new phone at the next log-in."
        )
        return redirect("wagtailusers_users:index")


def reset_buttons(user: User, request_user: User) -> Iterator[Button]:
    """Yield the entry in the menu of a listed user."""
    if may_reset(request_user, user) and Authenticator.objects.filter(user=user).exists():
        url = reverse("reset_second_factor", args=[user.pk])
        yield Button("Forget second factor", url=url, icon_name="mobile-alt", priority=25)
