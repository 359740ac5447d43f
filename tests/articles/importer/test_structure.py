"""Articles told from the web site around them, whatever the words and the order."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importer import furniture
from articles.importer.document import (
    Heading,
    ItemList,
    Paragraph,
    Placeholder,
    ReferenceList,
    Takeaways,
    count_words,
)
from articles.importer.furniture import PracticeFacts
from articles.importer.structure import parse_document
from articles.importer.text import read_text
from tests.articles.glossary import ARTICLE, FURNITURE

FACTS = PracticeFacts(
    names=("Sample Therapy",),
    offices=("Riverside", "Old Mill"),
    areas=("Illinois",),
    neighborhoods=("Hilltop", "Harbor", "Meadow"),
    labels=("Book a time",),
)


def parse(text, facts=FACTS):
    return parse_document(read_text(text), facts, fallback_title="From the file")


def of_kind(document, kind):
    return [element for element in document.elements if isinstance(element, kind)]


def test_an_article_without_furniture_is_kept_whole():
    document = parse(ARTICLE)
    assert document.title == "Grounding techniques"
    assert document.omitted == ()
    assert document.warnings == ()
    assert document.words_kept == count_words(ARTICLE)
    assert [heading.text for heading in of_kind(document, Heading)] == [
        "What is grounding?",
        "Exercises",
    ]
    (terms,) = of_kind(document, ItemList)
    assert [item.term for item in terms.items] == ["Senses", "Breath"]
    (takeaways,) = of_kind(document, Takeaways)
    assert takeaways.points == ("It works better with practice.", "Nobody has to notice.")
    (references,) = of_kind(document, ReferenceList)
    assert references.heading == "References"
    assert len(references.entries) == 1


@pytest.mark.parametrize("facts", [FACTS, PracticeFacts()])
def test_furniture_around_it_is_left_out_with_and_without_records(facts):
    document = parse(FURNITURE.format(article=ARTICLE), facts)
    assert document.title == "Grounding techniques"
    assert [omitted.reason for omitted in document.omitted] == [
        furniture.BUTTON,
        furniture.GREETING,
        furniture.PLACES,
        furniture.BUTTON,
    ]
    plain = parse(ARTICLE)
    kept = [element for element in document.elements if not isinstance(element, Placeholder)]
    assert tuple(kept) == plain.elements
    assert document.words_kept == plain.words_kept
    assert [element.kind for element in of_kind(document, Placeholder)] == [
        "where_we_see_clients",
        "call_to_action",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Schedule an Appointment", furniture.BUTTON),
        ("Request a Free Consultation Today", furniture.BUTTON),
        ("Contact Us", furniture.BUTTON),
        ("Get started →", furniture.BUTTON),
        ("Meet our therapists", furniture.BUTTON),
        ("Book a time", furniture.BUTTON),
        ("© 2024 Sample Therapy. All rights reserved.", furniture.FRAME),
        ("Home > Glossary > Grounding", furniture.FRAME),
        ("Share this:", furniture.FRAME),
        (
            "Here at Sample Therapy, our team offers a safe, affirming space for you. "
            "We use evidence-based methods.",
            furniture.GREETING,
        ),
        (
            "We see people in our Riverside office and by telehealth throughout Illinois. Many "
            "come from Hilltop, Harbor or Meadow.",
            furniture.PLACES,
        ),
        (
            "Getting started is simple. Tell us whether you use insurance or pay privately, fill "
            "out our inquiry form, and you will get your intake paperwork before the first visit.",
            furniture.STARTING,
        ),
        (
            "No availability right now? Email us to be put on the waitlist. We confirm your "
            "booking once your insurance is verified.",
            furniture.STARTING,
        ),
        (
            "This article belongs to the Sample Therapy Glossary, where our therapists explain "
            "what they talk about.",
            furniture.GLOSSARY,
        ),
    ],
)
def test_furniture_in_other_words(text, reason):
    after = parse(f"{ARTICLE}\n{text}\n")
    assert [(omitted.text, omitted.reason) for omitted in after.omitted] == [(text, reason)]


@pytest.mark.parametrize(
    "text",
    [
        "Many people pay for therapy with insurance. Others pay out of pocket.",
        "We all know how it feels to be left alone with a worry that nobody else can see.",
        "In this article, we will help you understand what grounding is and when you need it.",
        "People often say that they would rather see a therapist online than in person.",
        "Our body remembers what we would like to forget, and you may feel it in your stomach.",
        "If you think of suicide, call or text 988 now. Somebody will answer day and night.",
        "In an emergency, call 911 or our crisis line. We are here to support you on your journey.",
        "Virtual or in person: telehealth suits people who live nearby less than those far away.",
        "She books her next session before she leaves, and that helps her to come back.",
    ],
)
def test_what_belongs_to_the_article_stays_wherever_it_stands(text):
    for place in (
        f"Title\n\n{text}\n\n{ARTICLE}",
        ARTICLE.replace("Exercises\n", f"{text}\n\nMore"),
    ):
        document = parse(place)
        assert document.omitted == ()
        assert text in [paragraph.text for paragraph in of_kind(document, Paragraph)]


def test_a_heading_with_nothing_left_below_it_goes_too():
    document = parse(
        f"{ARTICLE}\nOur Locations\n\nOur offices are located in Riverside and Old Mill.\n"
    )
    assert [omitted.text for omitted in document.omitted] == [
        "Our Locations",
        "Our offices are located in Riverside and Old Mill.",
    ]


def test_a_button_pasted_into_the_article_goes_and_the_text_around_it_stays():
    document = parse(ARTICLE.replace("Exercises\n", "Book Now!\n\nExercises\n"))
    assert [omitted.text for omitted in document.omitted] == ["Book Now!"]
    assert of_kind(document, Heading) == of_kind(parse(ARTICLE), Heading)


def test_text_after_the_references_that_is_no_furniture_is_kept():
    document = parse(f"{ARTICLE}\nAnn Sample wrote this for her class in 2021.\n")
    assert document.omitted == ()
    assert document.elements[-1] == Paragraph("Ann Sample wrote this for her class in 2021.")


@pytest.mark.parametrize(
    "label", ["Sources", "References:", "Works Cited", "Bibliography", "REFERENCES"]
)
def test_references_under_other_names_and_without_numbers(label):
    text = ARTICLE.split("References")[0] + (
        f"{label}\n\nSample, A. (2020). Coming back. Journal of Examples, 3(2), 10–12.\n\n"
        "Example, B. (2019, May 2). On rooms. Example Institute. https://example.org/rooms\n"
    )
    (references,) = of_kind(parse(text), ReferenceList)
    assert references.heading == label.rstrip(":")
    assert len(references.entries) == 2


def test_references_without_any_label():
    text = ARTICLE.replace("References\n", "").replace(
        "example.1\n", "example.1\n2. Example, B. (2019). On rooms. Example Press.\n"
    )
    (references,) = of_kind(parse(text), ReferenceList)
    assert references.heading == ""
    assert len(references.entries) == 2


@pytest.mark.parametrize("label", ["Key Takeaways", "Takeaways:", "Key points", "KEY TAKEAWAYS:"])
def test_takeaways_under_other_names_and_as_paragraphs(label):
    text = (
        ARTICLE.replace("Takeaways\n", f"{label}\n")
        .replace("- It", "It")
        .replace("- Nobody", "\nNobody")
    )
    (takeaways,) = of_kind(parse(text), Takeaways)
    assert takeaways.heading == label.rstrip(":")
    assert len(takeaways.points) == 2


def test_a_sentence_that_speaks_of_takeaways_is_no_label():
    text = ARTICLE.replace("Exercises\n", "Here are some takeaways on how to practice:\n")
    document = parse(text)
    assert len(of_kind(document, Takeaways)) == 1
    assert len(of_kind(document, ItemList)) == 1


def test_terms_behind_a_dash():
    text = ARTICLE.replace("Senses: Name", "Senses – Name").replace("Breath: B", "Breath – B")
    (terms,) = of_kind(parse(text), ItemList)
    assert [item.term for item in terms.items] == ["Senses", "Breath"]


def test_paragraphs_that_explain_terms_in_a_row_are_a_list():
    text = ARTICLE.replace("- Senses", "\nSenses").replace("- Breath", "\nBreath")
    assert of_kind(parse(text), ItemList) == []
    (terms,) = of_kind(
        parse(text.replace("\nTakeaways", "\nFeet: Feel both.\n\nTakeaways")), ItemList
    )
    assert [item.term for item in terms.items] == ["Senses", "Breath", "Feet"]


def test_a_list_of_sources_takes_the_heading_above_it():
    text = ARTICLE.replace("References\n", "Where this comes from\n").replace(
        "example.1\n", "example.1\n2. Example, B. (2019). On rooms. Example Press.\n"
    )
    (references,) = of_kind(parse(text), ReferenceList)
    assert references.heading == "Where this comes from"


def test_a_passage_that_only_ends_with_an_invitation_stays_and_is_named():
    passage = (
        "In the end, grounding is a skill like any other, and it grows with every quiet evening on "
        "which it is tried. Contact us to schedule a session."
    )
    document = parse(ARTICLE.replace("Takeaways\n", f"{passage}\n\nTakeaways\n"))
    assert document.omitted == ()
    assert [warning.code for warning in document.warnings] == ["speaks_of_practice"]
    assert "In the end, grounding is" in document.warnings[0].message


def test_what_comes_after_the_sources_is_no_source():
    after = "- Book online at https://example.org/book and let us know your insurance.\n- Come.\n"
    document = parse(f"{ARTICLE}\nHow to start\n\n{after}")
    (references,) = of_kind(document, ReferenceList)
    assert len(references.entries) == 1
    assert [omitted.reason for omitted in document.omitted][-1] == furniture.STARTING


def test_the_sites_name_behind_the_title_is_left_out():
    title = "Grounding techniques"
    document = parse(ARTICLE.replace(title, f"{title} | Sample Therapy"))
    assert document.title == "Grounding techniques"
    assert [omitted.text for omitted in document.omitted] == ["Sample Therapy"]
    either = parse(ARTICLE.replace(title, "Fight | Flight"))
    assert either.title == "Fight | Flight"


def test_a_title_given_twice_is_kept_once():
    document = parse(f"Grounding techniques\n\n{ARTICLE}")
    assert document.title == "Grounding techniques"
    assert [omitted.text for omitted in document.omitted] == ["Grounding techniques"]


def test_a_text_without_a_title_takes_the_files_name_and_says_so():
    document = parse("It begins in the middle of things, with a whole sentence and no title.\n")
    assert document.title == "From the file"
    assert "no_title" in [warning.code for warning in document.warnings]


def words(text):
    return Counter(re.findall(r"[^\W_]+", text))


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *ARTICLE.splitlines(),
                *FURNITURE.splitlines(),
                "",
                "  - below",
                "1. one",
                "2. two",
                "=====",
                "## Mark",
                "**Bold** start",
                "Sources:",
                "Title | Sample Therapy",
            ]
        ),
        st.text(max_size=60),
    ),
    max_size=30,
)


@given(LINES, st.sampled_from([FACTS, PracticeFacts()]))
def test_every_word_is_in_an_element_or_in_the_report(lines, facts):
    text = "\n".join(lines)
    pieces = read_text(text)
    document = parse_document(pieces, facts, fallback_title="")
    kept = "\n".join([document.title, *(element.text for element in document.elements)])
    left_out = "\n".join(omitted.text for omitted in document.omitted)
    missing = words(text) - words(kept) - words(left_out)
    # Numbers and letters in front of list items are signs, not words.
    assert all(re.fullmatch(r"\d{1,3}|[a-z]", word) for word in missing), missing
    assert words(kept) + words(left_out) <= words(text)
    assert document.words_kept + document.words_omitted == sum(
        count_words(piece.text) for piece in pieces
    )
