"""The staff screens of what belongs to the site as a whole."""

from .questions import QuestionViewSet

__all__ = ["QuestionViewSet"]
