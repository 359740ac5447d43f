"""Load the sample practice."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from home.sample_data.load import load_sample_practice
from home.sample_data.log_ins import log_ins_in_words


class Command(BaseCommand):
    """`manage.py load_sample_data`."""

    help = "Load a made-up practice to look at and try things on. Doing it twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, and print the log-ins."""
        load_sample_practice(now=timezone.now())
        self.stdout.write("The sample practice is loaded. `remove_sample_data` removes it.")
        if not settings.SAMPLE_LOG_INS:
            self.stdout.write(
                "No sample log-ins were made: their password stands in the source, and these are "
                "not development settings. Make a log-in with createsuperuser."
            )
            return
        self.stdout.write(f"Staff log in at {settings.BASE_URL}/{settings.ADMIN_PATH}")
        self.stdout.write(log_ins_in_words())
