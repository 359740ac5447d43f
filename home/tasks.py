"""What workers do in the background. A task may run twice; so may what it calls."""

from django.utils import timezone

from home.tell_of_message import tell_of_message as tell


def tell_of_message(message_id: int) -> bool:
    """Tell the desk that a message came in; return whether a mail was sent."""
    return tell(message_id, now=timezone.now())
