"""Plain text into headings, paragraphs and nested lists."""

import pytest

from articles.importer.document import Heading, Item, ItemList, Paragraph
from articles.importer.text import is_heading_like, read_text


def outline(item_list):
    def lines(items, depth):
        for item in items:
            yield f"{'  ' * depth}{item.text}"
            yield from lines(item.items, depth + 1)

    return list(lines(item_list.items, 0))


def test_a_short_line_above_text_is_a_heading():
    assert read_text("What is worry?\n\nIt looks ahead.") == [
        Heading("What is worry?"),
        Paragraph("It looks ahead."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is worry?", True),
        ("Worry and Sleep", True),
        ("1. What is worry?", True),
        ("It looks ahead.", False),
        ("importance of trust", False),
        ("“Trust takes time”", False),
        ("By Ann Sample, LCPC", False),
        ("Remember,", False),
        (
            "One two three four five six seven eight nine ten eleven twelve thirteen fourteen 15",
            False,
        ),
        ("…", False),
    ],
)
def test_what_reads_like_a_heading(text, expected):
    assert is_heading_like(text) is expected


@pytest.mark.parametrize("sign", ["-", "*", "•", "–", "+", "◦"])
def test_lists_with_any_sign(sign):
    (found,) = read_text(f"{sign} one\n{sign} two\n")
    assert found == ItemList((Item("one"), Item("two")))


@pytest.mark.parametrize("form", ["{}.", "{})", "[{}]"])
def test_numbered_lists(form):
    (found,) = read_text(f"{form.format(1)} one\n\n{form.format(2)} two\n")
    assert found == ItemList((Item("one"), Item("two")), ordered=True)


def test_lettered_steps():
    (found,) = read_text("a) one\nb) two")
    assert found.ordered
    assert outline(found) == ["one", "two"]


def test_a_number_that_counts_nothing_stays_text():
    assert read_text("1985. A good year began.\n\n7. Seven is a number.") == [
        Paragraph("1985. A good year began."),
        Paragraph("7. Seven is a number."),
    ]


def test_indents_nest():
    (found,) = read_text("• one\n    • two\n        • three\n            • four\n• five")
    assert outline(found) == ["one", "  two", "    three", "    four", "five"]


def test_another_sign_nests_until_the_first_comes_back():
    (found,) = read_text("1. one\n- a\n- b\n2. two")
    assert outline(found) == ["one", "  a", "  b", "two"]
    assert found.ordered
    assert not found.items[0].ordered


def test_a_line_below_an_item_goes_on_with_it():
    (found,) = read_text("- one\n  and more\n\n  and still\n- two")
    assert outline(found) == ["one and more and still", "two"]


def test_wrapped_lines_are_one_paragraph():
    text = (
        "Worry looks ahead and asks what might happen, again and again, and it\n"
        "rarely waits for the answer that would put an end to it, which is why\n"
        "it tires.\n"
        "- a list that is long enough for its own line to have been wrapped as\n"
        "well\n- short\n"
    )
    paragraph, found = read_text(text)
    assert paragraph.text.endswith("which is why it tires.")
    assert outline(found) == [
        "a list that is long enough for its own line to have been wrapped as well",
        "short",
    ]


def test_lines_that_are_whole_paragraphs_stay_apart():
    long = "word " * 40
    assert [type(piece) for piece in read_text(f"{long}\n{long}")] == [Paragraph, Paragraph]


def test_marks_of_markdown():
    text = "# Worry\n\nText.\n\n## More\n\n**Bold** text.\n\n### Less\n\nEnd.\n\nPlain\n=====\n\nx"
    assert read_text(text) == [
        Heading("Worry", 2),
        Paragraph("Text."),
        Heading("More", 2),
        Paragraph("Bold text."),
        Heading("Less", 3),
        Paragraph("End."),
        Heading("Plain", 2),
        Paragraph("x"),
    ]


def test_only_the_stretch_that_was_wrapped_is_joined():
    wrapped = "Worry looks ahead and asks what might happen, again and\nagain."
    whole = "word " * 40
    assert [piece.text for piece in read_text(f"{wrapped}\n\n{whole}\n{whole}")] == [
        wrapped.replace("\n", " "),
        whole.strip(),
        whole.strip(),
    ]


@pytest.mark.parametrize("signs", ["••", "--", "12"])
def test_lines_between_items_explain_them(signs):
    first, second = (f"{sign}." if sign.isdigit() else sign for sign in signs)
    items = f"{first} Name it\nSay what you feel.\n{second} Tame it\nBreathe out.\n"
    found, paragraph = read_text(f"{items}In the end, it passes.")
    assert outline(found) == ["Name it: Say what you feel.", "Tame it: Breathe out."]
    assert paragraph == Paragraph("In the end, it passes.")


def test_a_heading_between_lists_is_not_a_part_of_the_first():
    assert [type(piece) for piece in read_text("- a\n- b\nWhy it matters\n- c\n- d")] == [
        ItemList,
        Heading,
        ItemList,
    ]


def test_marks_within_words_and_addresses_stay():
    text = "See https://example.org/a_b_c and 2*3*4 and *this* or _that_ and **those**."
    (paragraph,) = read_text(text)
    assert paragraph.text == "See https://example.org/a_b_c and 2*3*4 and this or that and those."


def test_a_quotation_of_markdown_is_a_paragraph():
    assert read_text("> Words of hers.\n\n> > Words of his.") == [
        Paragraph("Words of hers."),
        Paragraph("Words of his."),
    ]


def test_one_line_behind_a_dash_is_no_list():
    assert read_text("— Ann Sample") == [Paragraph("— Ann Sample")]
