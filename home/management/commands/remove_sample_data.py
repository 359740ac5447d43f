"""Remove the sample practice."""

from typing import Any

from django.core.management.base import BaseCommand

from home.sample_data.remove import remove_sample_practice


class Command(BaseCommand):
    """`manage.py remove_sample_data`."""

    help = "Remove all sample records and pages. What your own records use is kept and listed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it, and say what went and what was kept."""
        removed = remove_sample_practice()
        for line in removed.in_words:
            self.stdout.write(f"  {line}")
        if not removed.kept:
            self.stdout.write("The sample practice is removed. Your own records are as they were.")
            return
        self.stdout.write("These samples were kept, because something of your own uses them:")
        for line in removed.kept:
            self.stdout.write(f"  - {line}")
        self.stdout.write("Change or delete what uses them, then run remove_sample_data again.")
