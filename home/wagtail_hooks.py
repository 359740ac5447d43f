"""What this app adds to the admin."""

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .contact import answer_contact_page
from .models import ContactPage
from .viewsets import QuestionViewSet
from .viewsets.messages import ContactMessageViewSet, MessagesPanel


@hooks.register("register_admin_viewset")
def register_questions() -> QuestionViewSet:
    """Register the screens for questions and answers, in the menu "Practice"."""
    return QuestionViewSet()


@hooks.register("register_admin_viewset")
def register_messages() -> ContactMessageViewSet:
    """Register the screens for what people write to the practice."""
    return ContactMessageViewSet()


@hooks.register("construct_homepage_panels")
def show_messages(request: HttpRequest, panels: list[Component]) -> None:
    """Put the messages that wait on the admin's home, for those who may read them."""
    if request.user.has_perm("home.view_contactmessage"):
        panels.append(MessagesPanel())


@hooks.register("answer_contact_page")
def answer_of_the_contact_page(page: ContactPage, request: HttpRequest) -> HttpResponse:
    """Show the contact page or take in what was written there."""
    return answer_contact_page(page, request)
