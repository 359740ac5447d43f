"""Sample pages: one of running text, and how any of them is added."""

from wagtail.models import Page

from home.models import SamplePage, StandardPage

FIRST_SESSION = [
    ("heading", {"text": "What comes by mail", "level": "2"}),
    (
        "paragraph",
        "<p>Once a time is confirmed, we send you what we need to know and what you should know. "
        "Take it in your own time, and leave open what you would rather talk about:</p>"
        "<ul><li>informed consent, and consent to telehealth</li>"
        "<li>the policy about missed sessions</li>"
        "<li>demographics, a first questionnaire and assessments</li>"
        "<li>the card you want to pay with</li></ul>",
    ),
    ("heading", {"text": "On the day", "level": "2"}),
    (
        "paragraph",
        "<p>Come as you are. Your therapist begins with what you wrote, or with whatever is on "
        "your mind. You never have to tell everything at once.</p>",
    ),
]


def load_pages(home: Page) -> None:
    """Write the sample page below `home`."""
    add_sample_page(
        home,
        StandardPage(
            title="Before your first session",
            slug="before-your-first-session",
            introduction="What we send you, and what the first hour is like. This is sample text.",
            body=FIRST_SESSION,
        ),
    )


def add_sample_page(parent: Page, page: Page) -> None:
    """Add `page` below `parent` and note it as a sample, unless its address is taken.

    The blocks of its body are checked here: Wagtail checks them only in the editor.
    """
    if parent.get_children().filter(slug=page.slug).exists():
        return
    page.body = page.body.stream_block.clean(page.body)
    SamplePage.objects.create(page=parent.add_child(instance=page))
