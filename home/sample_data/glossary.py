"""Two sample entries of the glossary, which use its blocks. Their sources don't exist."""

from typing import Any

from articles.blocks import GlossaryBodyBlock
from articles.blocks.references import reference_fields
from articles.models import GlossaryIndexPage, GlossaryPage

from .pages import add_sample_page

SOURCE = (
    "Sample, A. B., & Sample, C. (2020). A made-up article on {subject}. "
    "Journal of Examples, 3(2), 10–12. https://doi.org/10.1234/sample.{number}"
)


def _points(*points: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"term": term, "explanation": f"<p>{text}</p>"} for term, text in points]


def _ending(subject: str, number: int, *takeaways: str) -> list[dict[str, Any]]:
    source = SOURCE.format(subject=subject, number=number)
    return [
        {
            "type": "takeaways",
            "value": {
                "heading": "Takeaways",
                "points": [f"<p>{takeaway}</p>" for takeaway in takeaways],
            },
        },
        {"type": "where_we_see_clients", "value": {}},
        {
            "type": "references",
            "value": {"heading": "References", "references": [reference_fields(source)]},
        },
    ]


ENTRIES: tuple[tuple[str, str, str, list[dict[str, Any]]], ...] = (
    (
        "Grounding",
        "grounding",
        "Sample entry. Bringing attention back to here and now, through the senses or the breath.",
        [
            {
                "type": "paragraph",
                "value": "<p>When a memory or a worry fills the whole room, grounding is a way to "
                "notice the rest of it again (Sample &amp; Sample, 2020).</p>",
            },
            {"type": "heading", "value": {"text": "Ways to try it", "level": "2"}},
            {
                "type": "term_list",
                "value": {
                    "points": _points(
                        ("Look", "Name five things that you can see, slowly."),
                        ("Touch", "Feel the chair, the floor, the cloth of a sleeve."),
                        ("Breathe", "Let each breath out last a little longer than the one in."),
                    ),
                    "numbered": False,
                },
            },
            *_ending(
                "grounding",
                1,
                "Any sense can be a way back.",
                "It gets easier when it is tried on quiet days too.",
            ),
        ],
    ),
    (
        "Boundaries",
        "boundaries",
        "Sample entry. Saying what is all right for you and what is not, and acting on it.",
        [
            {
                "type": "paragraph",
                "value": "<p>A boundary is about what you will do, more than about what somebody "
                "else must do (Sample &amp; Sample, 2020).</p>",
            },
            {"type": "heading", "value": {"text": "Kinds of boundaries", "level": "2"}},
            {
                "type": "term_list",
                "value": {
                    "points": _points(
                        ("Time", "When you answer, and when you rest."),
                        ("Body", "Who may come near, and how."),
                        ("Words", "Which talks you take part in, and which you leave."),
                    ),
                    "numbered": False,
                },
            },
            {
                "type": "quote",
                "value": {"text": "I can’t talk about this today. Ask me on Sunday?", "source": ""},
            },
            *_ending("boundaries", 2, "Small ones count.", "They may change with time."),
        ],
    ),
)


def load_glossary() -> None:
    """Write the sample entries below the glossary."""
    index = GlossaryIndexPage.objects.first()
    if index is None:
        return
    block = GlossaryBodyBlock()
    for title, slug, introduction, body in ENTRIES:
        page = GlossaryPage(
            title=title, slug=slug, introduction=introduction, body=block.to_python(body)
        )
        add_sample_page(index, page)
