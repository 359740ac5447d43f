"""Bring articles that exist into the glossary."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.importer.importing import import_article


class Command(BaseCommand):
    """manage.py import_article FILE… [--publish] [--json]."""

    help = (
        "Makes a draft glossary entry of each plain text file, and says what was left out and why. "
        "The same file again updates its entry. Exit status 1 where a file could not be imported."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files and how to answer."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="plain text, at most 2 MB")
        parser.add_argument("--publish", action="store_true", help="publish the entries at once")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="write one JSON object per file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the files one by one; a bad one doesn't stop the others."""
        failed = 0
        for name in options["files"]:
            report = import_article(Path(name), publish=options["publish"])
            failed += report.error is not None
            answer = (
                json.dumps(report.as_json(), ensure_ascii=False)
                if options["as_json"]
                else report.as_text()
            )
            self.stdout.write(answer)
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files were not imported.")
