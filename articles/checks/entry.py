"""All checks of one entry, against the records as they are."""

from collections.abc import Iterator

from articles.models import GlossaryPage, PublishingSettings
from cms.core.models import PracticeSettings
from locations.models import Neighborhood, Office

from .catalogue import Finding, Level
from .facts import Facts, look_at_facts
from .reading import EntryText, read_html
from .sources import ListedReference, look_at_sources
from .wording import look_at_wording, speaks_of_self_harm


def check_entry(page: GlossaryPage) -> dict[Level, list[Finding]]:
    """Return what an editor should look at in `page` as it is, saved or not, by what it does.

    What the practice switched off is left out.
    """
    settings = PublishingSettings.load()
    found: dict[Level, list[Finding]] = {Level.STOP: [], Level.WARN: []}
    for finding in _findings(page):
        level = settings.level_of(finding.code)
        if level is not Level.OFF:
            found[level].append(finding)
    return found


def _findings(page: GlossaryPage) -> Iterator[Finding]:
    entry = read_html(page.body.render_as_block())
    kinds = {block.block_type for block in page.body}
    if not page.introduction.strip():
        yield Finding("definition_missing", "")
    yield from _crisis(page, entry, kinds)
    yield from look_at_sources(entry.text, _listed(page))
    yield from look_at_wording(entry)
    if "takeaways" not in kinds:
        yield Finding("takeaways_missing", "")
    yield from look_at_facts(f"{page.introduction}\n{entry.text}", _facts())


def _crisis(page: GlossaryPage, entry: EntryText, kinds: set[str]) -> Iterator[Finding]:
    words = speaks_of_self_harm("\n".join([page.title, page.introduction, entry.text]))
    if words and "crisis_notice" not in kinds:
        yield Finding("crisis_notice_missing", f"“{words}”")


def _listed(page: GlossaryPage) -> list[ListedReference]:
    return [
        ListedReference(
            tuple(reference.author_list),
            reference["year"],
            reference["title"],
            reference["doi"],
            reference["title"] or reference["original"],
        )
        for reference in page.references()
    ]


def _facts() -> Facts:
    offices = list(Office.objects.values_list("name", "phone"))
    phones = [PracticeSettings.load().phone, *(phone for _, phone in offices)]
    return Facts(
        offices=tuple(name for name, _ in offices),
        neighborhoods=tuple(Neighborhood.objects.values_list("name", flat=True)),
        phones=tuple(str(phone) for phone in phones if phone),
    )
