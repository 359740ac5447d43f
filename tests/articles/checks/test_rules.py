"""What is found in a text, rule by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checks.facts import Facts, look_at_facts
from articles.checks.reading import EntryText, read_html
from articles.checks.sources import ListedReference, look_at_sources
from articles.checks.wording import look_at_wording, speaks_of_self_harm


def pairs(findings):
    return [(finding.code, finding.detail) for finding in findings]


def test_html_is_read_piece_by_piece():
    entry = read_html(
        '<h2 id="a">One <i>two</i></h2><div class="rich-text"><p>A &amp; <a href="/x/">here</a>'
        '<br/>B</p></div><ul><li>C<ul><li>D</li></ul></li></ul><img alt="E" src="f.png">'
        "<section data-unlinked><h2>References</h2><p>F<br>G</p></section><h3>H</h3>"
    )
    assert entry.passages == ["A & here B", "C", "D"]
    assert entry.headings == [(2, "One two"), (3, "H")]
    assert entry.links == [("/x/", "here")]
    assert entry.pictures == ["E"]


@given(st.text("<>/pliabr h2='\"& data-unlinked", max_size=60))
def test_any_html_can_be_read(html):
    assert isinstance(read_html(html), EntryText)


@pytest.mark.parametrize("words", ["here", "Click here.", "this page", "https://x.org", "more"])
def test_a_link_that_says_nothing(words):
    entry = EntryText(links=[("/x/", words), ("/y/", "how therapy helps with grief")])
    assert pairs(look_at_wording(entry)) == [("link_text", f"“{words}”")]


def test_a_picture_called_like_a_file():
    entry = EntryText(pictures=["IMG_0042", "room.jpeg", "A chair by a window", ""])
    assert [finding.detail for finding in look_at_wording(entry)] == ["“IMG_0042”", "“room.jpeg”"]


def test_a_heading_below_none():
    headings = [(3, "Low"), (2, "Main"), (3, "Below"), (2, "Main again")]
    assert pairs(look_at_wording(EntryText(headings=headings))) == [("heading_order", "“Low”")]


def test_a_long_sentence_is_named_by_its_beginning():
    long = " ".join(["Word"] * 36)
    entry = EntryText(passages=[f"Short one. {long}. Another, e.g. this."])
    beginning = " ".join(["Word"] * 8)
    assert pairs(look_at_wording(entry)) == [("long_sentence", f"“{beginning} …” has 36 words")]


@pytest.mark.parametrize(
    "text", ["thoughts of suicide", "self-harm", "Self injury", "to hurt yourself", "an overdose"]
)
def test_words_of_self_harm(text):
    assert speaks_of_self_harm(text) in text
    assert speaks_of_self_harm(text)


@pytest.mark.parametrize("text", ["to hurt others", "a cut in pay", "harmless", "ending a session"])
def test_other_words(text):
    assert speaks_of_self_harm(text) == ""


BECK = ListedReference(("Beck, A. T.",), "1979", "Cognitive therapy", "10.1000/a", "Cognitive")
GAMES = ListedReference(("Games, B.", "Sample, C."), "2024", "On games", "", "On games")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Beck, 1979) and Games and Sample (2024)", []),
        ("(Beck, 1979; Games &amp; Sample, 2024)".replace("&amp;", "&"), []),
        (
            "(Beck, 1979; Games & Sample, 2024; Nobody et al., 2001, p. 3)",
            [("citation_without_reference", "“Nobody et al., 2001”")],
        ),
        (
            "(Beck, 1978). Games & Sample (2024)",
            [
                ("citation_without_reference", "“Beck, 1978”"),
                ("reference_not_cited", "“Cognitive”"),
            ],
        ),
        (
            "(Beck, 1979), Games and Sample (2024). Later Nobody (2001) agreed.",
            [("name_with_year", "“Nobody (2001)”")],
        ),
        ("(Beck, 1979), (Games, 2024) in Chicago (March, 2020) and (since 1990)", []),
    ],
)
def test_citations_and_the_list_fit_together(text, expected):
    assert pairs(look_at_sources(text, [BECK, GAMES])) == expected


def test_a_doi_that_is_none_and_a_source_that_stands_twice():
    wrong = BECK._replace(doi="doi 1000/a")
    again = GAMES._replace(title="On Games!")
    found = pairs(look_at_sources("(Beck, 1979)", [wrong, GAMES, again]))
    assert ("doi_malformed", "“doi 1000/a”") in found
    assert [code for code, _ in found].count("reference_twice") == 1


FACTS = Facts(("Lakeview", "South Loop"), ("Lake View",), ("+13125550100",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At Lakeview and South Loop, call (312) 555-0100.", []),
        ("People come from Lake View.", []),
        ("our Lake View office", [("office_name", "“Lake View” – its record says “Lakeview”")]),
        ("the southloop room", [("office_name", "“southloop” – its record says “South Loop”")]),
        ("a session is $150", [("typed_price", "“$150”")]),
        ("call 773-555-0199", [("typed_phone", "“773-555-0199”")]),
        ("call 988 or 911; 10.1037/0022-3514.52.3.511", []),
    ],
)
def test_what_contradicts_a_record(text, expected):
    assert pairs(look_at_facts(text, FACTS)) == expected


@given(st.text("Lake View (312)-$office 0a,", max_size=60))
def test_any_text_can_be_compared_with_the_records(text):
    assert all(finding.detail for finding in look_at_facts(text, FACTS))
