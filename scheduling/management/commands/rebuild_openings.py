"""Rebuild the read model that search asks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from scheduling.models import Therapist
from scheduling.services.rebuild_openings import rebuild_openings
from scheduling.services.total_openings import correct_totals


class Command(BaseCommand):
    """Make the openings of every therapist equal to what the rules say, or compare them."""

    help = "Rebuild the openings of all therapists from hours, calendars and bookings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to look only."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail where openings differ"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Print one line per therapist whose openings differ."""
        differing = 0
        therapists = Therapist.objects.all()
        for therapist in therapists:
            added, removed = rebuild_openings(
                therapist.pk, now=timezone.now(), check=check, thorough=True
            )
            if added or removed:
                differing += 1
                self.stdout.write(f"{therapist}: {added} missing, {removed} too many")
        self.stdout.write(f"{len(therapists)} therapists, {differing} with openings that differed.")
        if months := correct_totals(check=check):
            self.stdout.write(f"{months} months whose total over all therapists differed.")
        if check and (differing or months):
            raise CommandError("Openings differ from the rules. Run it without --check to correct.")
