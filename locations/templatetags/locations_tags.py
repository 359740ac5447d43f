"""Template tags that show places."""

from django import template
from django.utils import timezone

from cms.core.models import PracticeSettings
from locations import sentences
from locations.models import Office

register = template.Library()


@register.simple_tag
def where_we_see_clients(*, neighborhoods: bool = True) -> str:
    """Write where clients are seen today, from the records."""
    words = PracticeSettings.load()
    return sentences.where_we_see_clients(
        timezone.localdate(), clients_word=words.clients_word, neighborhoods=neighborhoods
    )


@register.simple_tag
def open_offices() -> list[Office]:
    """Return the offices that are open today, in the practice's order."""
    return list(Office.objects.open_on(timezone.localdate()).select_related("jurisdiction"))
