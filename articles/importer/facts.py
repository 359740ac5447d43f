"""What the practice's records call things, for telling furniture from text."""

from cms.core.models import PracticeSettings
from locations.models import Jurisdiction, Neighborhood, Office

from .furniture import PracticeFacts

# What the buttons of our own pages say.
LABELS = ("Book a time", "Book now", "Join the waitlist")


def practice_facts() -> PracticeFacts:
    """Return the names in the records."""
    default = PracticeSettings._meta.get_field("practice_name").default
    name = PracticeSettings.load().practice_name
    offices = Office.objects.values_list("name", "neighborhood")
    return PracticeFacts(
        names=() if name == default else (name,),
        offices=tuple({word for names in offices for word in names}),
        areas=tuple(Jurisdiction.objects.values_list("name", flat=True)),
        neighborhoods=tuple(Neighborhood.objects.values_list("name", flat=True)),
        labels=LABELS,
    )
