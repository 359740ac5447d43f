"""Sample glossary entries. The sources are real; the texts are written for the sample."""

from typing import Any

from articles.blocks.references import reference_fields
from articles.models import GlossaryIndexPage, GlossaryPage
from scheduling.models import Topic

from .glossary_texts import ENTRIES, Entry
from .pages import add_sample_page

Block = tuple[str, Any]

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


def load_glossary() -> None:
    """Write the sample entries below the glossary, where there is one."""
    index = GlossaryIndexPage.objects.first()
    if index is None:
        return
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for entry in ENTRIES:
        page = GlossaryPage(
            title=entry.title,
            slug=entry.slug,
            introduction=entry.definition,
            other_names="\n".join(entry.other_names),
            body=_body(entry),
        )
        page.topics = [topics[slug] for slug in entry.topics if slug in topics]
        add_sample_page(index, page)


def _body(entry: Entry) -> list[Block]:
    references = [reference_fields(text) for text in entry.references]
    return [
        MARK,
        *map(_block, entry.parts),
        ("takeaways", {"heading": "Takeaways", "points": [_paragraph(t) for t in entry.takeaways]}),
        ("references", {"heading": "References", "references": references}),
        ("where_we_see_clients", None),
        CALL,
    ]


def _block(part: str | tuple[tuple[str, str], ...]) -> Block:
    """Return the block for a part of an entry: "# Heading", a paragraph, or terms."""
    if isinstance(part, tuple):
        points = [
            {"term": term, "explanation": _paragraph(text), "points": [], "numbered": False}
            for term, text in part
        ]
        return ("term_list", {"points": points, "numbered": False})
    if part.startswith("# "):
        return ("heading", {"text": part.removeprefix("# "), "level": "2"})
    return ("paragraph", _paragraph(part))


def _paragraph(text: str) -> str:
    return f"<p>{text}</p>"
