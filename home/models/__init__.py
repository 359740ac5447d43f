"""The pages around the records, and the questions that clients ask."""

from .contact import ContactPage
from .fees import FeesPage
from .home_page import HomePage
from .questions import FAQPage, Question
from .samples import SamplePage
from .standard import StandardPage

__all__ = [
    "ContactPage",
    "FAQPage",
    "FeesPage",
    "HomePage",
    "Question",
    "SamplePage",
    "StandardPage",
]
