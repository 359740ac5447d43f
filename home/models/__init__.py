"""The pages around the records, and the questions that clients ask."""

from .contact import ContactPage
from .fees import FeesPage
from .home_page import HomePage
from .messages import ContactMessage
from .questions import FAQPage, Question
from .samples import SamplePage
from .standard import StandardPage

__all__ = [
    "ContactMessage",
    "ContactPage",
    "FAQPage",
    "FeesPage",
    "HomePage",
    "Question",
    "SamplePage",
    "StandardPage",
]
