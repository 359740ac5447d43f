"""Import one file: read it, find the article in it, write it as a draft page."""

from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from articles.models import GlossaryIndexPage, GlossaryPage

from .build import build_body
from .document import Caution, Document
from .errors import SourceError
from .facts import practice_facts
from .report import Report
from .sources import Source, read_source
from .structure import parse_document

_REPLACED = Caution(
    "draft_replaced",
    "The page's text was replaced by the file's. What stood there before is in its history.",
)
SLUG_LENGTH = 80
UNTITLED = "entry"


def import_article(path: Path, *, publish: bool = False) -> Report:
    """Write the article in the file at `path` as a draft of the glossary, or publish it.

    Never raises for a file that can't be imported: the report says why, and nothing is written.
    The same file again updates its page; so does a new version of it, known by file name and title.
    """
    report = Report(source=path.name or str(path))
    try:
        source = read_source(path)
        document = parse_document(
            source.pieces, practice_facts(), fallback_title=_title_from_name(source.name)
        )
        _describe(report, source, document)
        if not document.has_text:
            raise SourceError("no_article", "Nothing in this file reads like an article.")
        with transaction.atomic():
            _write(report, source, document, publish=publish)
    except SourceError as error:
        report.error = error
    return report


def _describe(report: Report, source: Source, document: Document) -> None:
    report.title = document.title
    report.words_kept = document.words_kept
    report.words_in = document.words_kept + document.words_omitted
    report.omitted = document.omitted
    report.warnings = [*source.warnings, *document.warnings]


def _write(report: Report, source: Source, document: Document, *, publish: bool) -> None:
    index = _locked_index()
    found = _find_page(index, source, document)
    page = found.page
    report.warnings += found.warnings
    latest = page.get_latest_revision_as_object() if page.pk else page
    try:
        body = build_body(document.elements, latest.body if page.pk else None)
    except ValidationError as error:
        raise SourceError("invalid", "The article doesn't fit into a page's blocks.") from error
    report.created = page.pk is None
    report.changed = _fill(latest, source, document, body)
    _save(index, latest, report, publish=publish)
    report.slug, report.url = latest.slug, latest.get_url() or latest.url_path
    report.published = latest.live and not latest.has_unpublished_changes
    report.references = _references(latest)


def _locked_index() -> GlossaryIndexPage:
    """Return the glossary, its row locked: two imports of a file at once make one page."""
    index = GlossaryIndexPage.objects.select_for_update(of=("self",)).first()
    if index is None:
        raise SourceError(
            "no_glossary",
            "The site has no glossary yet. In the admin, add a page of the type “Glossary” below "
            "the home page, or load the sample practice (manage.py load_sample_data). Then import "
            "again.",
        )
    return index


class _Found(NamedTuple):
    page: GlossaryPage
    warnings: tuple[Caution, ...] = ()


def _find_page(index: GlossaryIndexPage, source: Source, document: Document) -> _Found:
    """Return the page of this file, or a new one with a free slug."""
    pages = GlossaryPage.objects.child_of(index)
    slug = _slug(document.title)
    page = (
        pages.filter(source_digest=source.digest).first()
        or pages.filter(source_name=source.name, slug=slug).first()
    )
    if page is not None:
        return _Found(page)
    taken = set(index.get_children().values_list("slug", flat=True))
    free = _free_slug(slug, taken)
    if free == slug:
        return _Found(GlossaryPage(slug=free))
    warning = Caution(
        "slug_taken",
        f"Another entry already has the address …/{slug}/. This one was made at …/{free}/: is it "
        "the same term?",
    )
    return _Found(GlossaryPage(slug=free), (warning,))


def _fill(page: GlossaryPage, source: Source, document: Document, body: object) -> bool:
    """Write the article onto `page` and say whether that changed anything."""
    before = (page.title, page.body.get_prep_value() if page.pk else None)
    page.title = document.title
    page.draft_title = document.title
    page.body = body
    page.source_name, page.source_digest = source.name[-255:], source.digest
    return before != (page.title, page.body.get_prep_value())


def _save(index: GlossaryIndexPage, page: GlossaryPage, report: Report, *, publish: bool) -> None:
    """Write the page or its new draft; publish it where that is asked and not yet so."""
    if report.created:
        page.live = False
        index.add_child(instance=page)
    elif report.changed:
        report.warnings.append(_REPLACED)
        GlossaryPage.objects.filter(pk=page.pk).update(
            source_name=page.source_name, source_digest=page.source_digest
        )
    if report.created or report.changed:
        page.save_revision(log_action=True)
    if publish and (page.has_unpublished_changes or not page.live):
        page.get_latest_revision().publish()
        page.refresh_from_db()


def _references(page: GlossaryPage) -> list[dict[str, Any]]:
    return [
        {
            "authors": reference.author_list,
            "year": reference["year"],
            "title": reference["title"],
            "doi": reference["doi"],
            "url": reference.href,
        }
        for reference in page.references()
    ]


def _slug(title: str) -> str:
    """Return the last part of the address for `title`, cut at a word."""
    slug = slugify(title)
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH]
    return slug.strip("-") or UNTITLED


def _free_slug(slug: str, taken: set[str]) -> str:
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def _title_from_name(name: str) -> str:
    words = Path(name).stem.replace("_", " ").replace("-", " ").split()
    return " ".join(words)[:150] or "Untitled"
