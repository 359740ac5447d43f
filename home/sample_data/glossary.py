"""Sample glossary entries. The sources are real; the texts are written for the sample.

Each text in `glossary_texts/` begins with lines that say what the importer can't know; the rest is
an article as an editor would bring it in, and goes the same way.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from wagtail.blocks import StreamValue

from articles.blocks import GlossaryBodyBlock
from articles.importer.build import build_body
from articles.importer.furniture import PracticeFacts
from articles.importer.structure import parse_document
from articles.importer.text import read_text
from articles.models import GlossaryIndexPage, GlossaryPage
from scheduling.models import Topic

from .pages import add_sample_page

Block = tuple[str, Any]

TEXTS = Path(__file__).with_name("glossary_texts")
MARK: Block = (
    "notice",
    {
        "heading": "Sample entry",
        "text": "<p>This text shows what an entry can look like. No therapist of the practice "
        "wrote or reviewed it.</p>",
        "kind": "info",
    },
)
CALL: Block = (
    "call_to_action",
    {
        "heading": "Would you like to talk about it?",
        "text": "Choose a time in an office or online. You need no account.",
        "label": "Book a time",
        "page": None,
    },
)
NOTHING_TO_TYPE: Block = ("where_we_see_clients", None)


class SampleText(NamedTuple):
    """A text and what stands above it."""

    slug: str
    about: dict[str, str]
    article: str


def load_glossary() -> None:
    """Write the sample entries below the glossary, where there is one."""
    index = GlossaryIndexPage.objects.first()
    if index is None:
        return
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for text in sample_texts():
        pieces = read_text(text.article)
        document = parse_document(pieces, PracticeFacts(), fallback_title=text.slug)
        page = GlossaryPage(
            title=document.title,
            slug=text.slug,
            introduction=text.about["Definition"],
            other_names="\n".join(text.about["Other names"].split(", ")),
            body=_framed(build_body(document.elements)),
        )
        page.topics = [topics[s] for s in text.about["Topics"].split(", ") if s in topics]
        add_sample_page(index, page)


def sample_texts() -> Iterator[SampleText]:
    """Yield the texts of the sample glossary, in alphabetical order."""
    for path in sorted(TEXTS.glob("*.txt")):
        about, _, article = path.read_text(encoding="utf-8").partition("\n\n")
        lines = (line.partition(": ") for line in about.splitlines())
        yield SampleText(path.stem, {name: value for name, _, value in lines}, article)


def _framed(body: StreamValue) -> StreamValue:
    """Return `body` under the mark of a sample, and before what each entry ends with."""
    blocks = [(block.block_type, block.value) for block in body]
    return StreamValue(GlossaryBodyBlock(), [MARK, *blocks, NOTHING_TO_TYPE, CALL])
