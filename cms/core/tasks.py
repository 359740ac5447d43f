"""What workers do for the whole site. Each may run twice."""

from django.core.management import call_command


def publish_scheduled_pages() -> None:
    """Publish and unpublish the pages whose hour has come."""
    call_command("publish_scheduled")


def forget_ended_sessions() -> None:
    """Delete the sessions that have ended from the database."""
    call_command("clearsessions")
