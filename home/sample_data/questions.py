"""Sample questions. The answers say nothing that a record says: they lead to the page that does."""

from typing import NamedTuple

from wagtail.models import Page

from home.models import Question

from .records import ensure


class SampleQuestion(NamedTuple):
    """A question and its answer, where {therapists} and the like become links to pages."""

    anchor: str
    text: str
    answer: str


QUESTIONS = (
    SampleQuestion(
        "how-to-start",
        "How do I begin?",
        "<p>Either choose a time yourself on the {book}, or call or write to us first. If you "
        "want to use insurance, we check your plan before you decide. Both ways are described "
        "step by step on the {contact}.</p>",
    ),
    SampleQuestion(
        "consultation",
        "Can I talk to someone before I decide?",
        "<p>Yes. Many of our therapists offer a short first talk by phone. What it costs stands "
        "on the {fees}.</p>",
    ),
    SampleQuestion(
        "where-online",
        "I live in one state and work in another. Can I come online?",
        "<p>What counts is where you are while the session lasts, not where you live. Your "
        "therapist has to be licensed there on that day. We ask you for every session, and the "
        "{locations} lists the places we can see you in.</p>",
    ),
    SampleQuestion(
        "choose-therapist",
        "Can I choose my therapist?",
        "<p>Yes. Look at the {therapists}, and pick the person you would like to see. If nothing "
        "is free with them, you are shown who else works with the same things.</p>",
    ),
    SampleQuestion(
        "how-often",
        "How often do people come?",
        "<p>Usually every week or every two weeks. You and your therapist decide, and you can "
        "change it later.</p>",
    ),
    SampleQuestion(
        "after-booking",
        "What happens after I book?",
        "<p>You see a confirmation at once and get it by mail, with a file for your own calendar. "
        "Before the first session you receive some papers:</p><ul><li>two consents, one of them "
        "for online sessions</li><li>the policy about missed sessions</li><li>a few questions "
        "about you and what brings you</li><li>how you would like to pay</li></ul>",
    ),
    SampleQuestion(
        "cancel",
        "What if I can't come?",
        "<p>Use the link in your confirmation to cancel. It says until when you can do that "
        "online; after that, please call.</p>",
    ),
    SampleQuestion(
        "crisis",
        "What if I need help right now?",
        "<p>Please don't wait for us. In danger, call 911. In a crisis, call or text 988, day and "
        "night.</p>",
    ),
)

LINKS = {
    "therapists": "therapists page",
    "locations": "locations page",
    "fees": "fees page",
    "contact": "contact page",
}


def load_questions(home: Page) -> None:
    """Write the questions, with links to the pages below `home`."""
    links = {"book": '<a href="/book/">booking page</a>'} | {
        slug: _link(home, slug, words) for slug, words in LINKS.items()
    }
    for position, question in enumerate(QUESTIONS, start=1):
        ensure(
            Question,
            {
                "text": question.text,
                "answer": question.answer.format(**links),
                "position": position,
            },
            anchor=question.anchor,
        )


def _link(home: Page, slug: str, words: str) -> str:
    page = home.get_children().filter(slug=slug).first()
    return f'<a linktype="page" id="{page.pk}">{words}</a>' if page else words
