"""What clients fill in."""

from .booking import (
    ALL,
    ELSEWHERE,
    OTHERS,
    SHORTEST_SERIES,
    ChoiceForm,
    DetailsForm,
    RemindersForm,
    SeriesForm,
)
from .filters import FilterForm
from .where import SpotForm

__all__ = [
    "ALL",
    "ELSEWHERE",
    "OTHERS",
    "SHORTEST_SERIES",
    "ChoiceForm",
    "DetailsForm",
    "FilterForm",
    "RemindersForm",
    "SeriesForm",
    "SpotForm",
]
