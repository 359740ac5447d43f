"""Visit calendars now, from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from scheduling.models import CalendarFeed
from scheduling.services.sync_feed import Outcome, sync_feed


class Command(BaseCommand):
    """Visit all calendars, or one, and say what changed."""

    help = "Read the therapists' calendars now, one after the other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which calendars, and how thoroughly."""
        parser.add_argument("--feed", type=int, metavar="ID", help="only the feed with this number")
        parser.add_argument(
            "--force", action="store_true", help="ask for the whole calendar even if unchanged"
        )

    def handle(self, *args: Any, feed: int | None, force: bool, **options: Any) -> None:
        """Print one line per calendar; fail at the end where one could not be read."""
        feeds = CalendarFeed.objects.filter(is_active=True).select_related("therapist")
        if feed is not None:
            feeds = feeds.filter(pk=feed)
            if not feeds:
                raise CommandError(f"There is no calendar with the number {feed} that is read.")
        troubled = 0
        for each in feeds:
            outcome = sync_feed(each.pk, now=timezone.now(), force=force)
            each.refresh_from_db()
            reason = f" ({each.error_message})" if each.error_code else ""
            self.stdout.write(f"{each.pk}  {each}: {outcome}{reason}")
            troubled += outcome in (Outcome.FAILED, Outcome.DOUBTED)
        if troubled:
            raise CommandError(f"{troubled} not taken over; what was read before is kept.")
