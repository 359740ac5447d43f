"""What clients fill in."""

from .booking import ELSEWHERE, ChoiceForm, DetailsForm, RemindersForm
from .filters import FilterForm
from .where import SpotForm

__all__ = ["ELSEWHERE", "ChoiceForm", "DetailsForm", "FilterForm", "RemindersForm", "SpotForm"]
