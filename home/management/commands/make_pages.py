"""Make the pages that every practice needs."""

from typing import Any

from django.core.management.base import BaseCommand

from home.pages import make_pages


class Command(BaseCommand):
    """`manage.py make_pages`."""

    help = "Make the home page and the pages below it that are missing, without sample data."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, and name those that are new."""
        made = make_pages()
        for page in made:
            self.stdout.write(f"  {page.url}  {page.title}")
        self.stdout.write(f"{len(made)} pages made." if made else "No page was missing.")
