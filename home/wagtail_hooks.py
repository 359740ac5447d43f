"""What this app adds to the admin."""

from wagtail import hooks

from .viewsets import QuestionViewSet


@hooks.register("register_admin_viewset")
def register_questions() -> QuestionViewSet:
    """Register the screens for questions and answers, in the menu "Practice"."""
    return QuestionViewSet()
