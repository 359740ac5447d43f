"""The staff screens for the policy for missed sessions."""

from dataclasses import fields
from typing import Any

from django.forms import ModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.log_actions import log

from cms.core.viewsets import RecordEditView, RecordViewSet, SampleColumn
from scheduling.models import Policy
from scheduling.services.revise_policy import Terms, add_policy, revise_policy

TERMS = [each.name for each in fields(Terms)]


def _terms(form: ModelForm) -> Terms:
    return Terms(**{name: form.cleaned_data[name] for name in TERMS})


class PolicyCreateView(generic.CreateView):
    """Publishes the next version, beginning with the words of the present one."""

    success_message = "%(object)s of the policy is published. New bookings accept it."

    def get_initial(self) -> dict[str, Any]:
        """Return the words of the version in force."""
        current = Policy.objects.first()
        if current is None:
            return {}
        return {name: getattr(current, name) for name in TERMS}

    def save_instance(self) -> Policy:
        """Number and publish it."""
        policy = add_policy(_terms(self.form))
        log(policy, "wagtail.create", user=self.request.user)
        return policy


class PolicyEditView(RecordEditView):
    """Changes a version that nobody accepted yet; else publishes a new one."""

    success_message = "%(object)s of the policy is what new bookings accept."

    def save_instance(self) -> Policy:
        """Write the change, or the new version."""
        policy = revise_policy(self.object.pk, _terms(self.form))
        log(policy, "wagtail.edit", user=self.request.user)
        return policy


class PolicyViewSet(RecordViewSet):
    """Versions of the policy. What a client accepted stays as it was."""

    model = Policy
    icon = "doc-full"
    menu_label = "Missed sessions policy"
    add_view_class = PolicyCreateView
    edit_view_class = PolicyEditView
    list_display = [
        "__str__",
        Column("notice_hours", label="Hours of notice"),
        Column("published_at", label="Published"),
        SampleColumn(),
    ]
    inspect_view_fields = ["version", *TERMS, "published_at"]
    panels = [
        FieldPanel(
            "text",
            help_text=(
                "Clients read and accept this before they book. Once somebody has, saving changes "
                "publishes a new version; earlier bookings keep the words that were accepted."
            ),
        ),
        FieldPanel("notice_hours"),
        FieldPanel("late_fee"),
        FieldPanel("late_terms"),
    ]
