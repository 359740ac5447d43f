"""References in the forms that people type, taken apart without losing a word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.references import looks_like_reference, parse_reference
from articles.references.authors import split_authors

JOURNAL = (
    "Sample, A. B., & Example, C. D. (2024). Safety among friends: A view. Annual Review of "
    "Samples, 5, 11–29. https://doi.org/10.1234/sample-011123"
)


def test_a_journal_article():
    parsed = parse_reference(JOURNAL)
    assert parsed.kind == "article"
    assert parsed.authors == ("Sample, A. B.", "Example, C. D.")
    assert (parsed.year, parsed.volume, parsed.issue, parsed.pages) == ("2024", "5", "", "11–29")
    assert parsed.title == "Safety among friends: A view"
    assert parsed.container == "Annual Review of Samples"
    assert parsed.doi == "10.1234/sample-011123"
    assert parsed.url == parsed.note == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sample, G. (2024, June 25). The Meaning of Trust. The Sample Institute. "
            "https://www.example.org/blog/trust/",
            {
                "kind": "webpage",
                "authors": ("Sample, G.",),
                "year": "2024",
                "date": "June 25",
                "title": "The Meaning of Trust",
                "container": "The Sample Institute",
                "url": "https://www.example.org/blog/trust/",
            },
        ),
        (
            "Sample, M. M. (2015). Skills manual (2nd ed.). Example Press.",
            {"kind": "book", "title": "Skills manual (2nd ed.)", "publisher": "Example Press"},
        ),
        (
            "Sample, J., & Example, S. (2010). Morals. In S. T. Third & G. Fourth (Eds.), "
            "Handbook of samples (5th ed., pp. 797–832). Example Books.",
            {
                "kind": "chapter",
                "title": "Morals",
                "editors": "S. T. Third & G. Fourth (Eds.)",
                "container": "Handbook of samples (5th ed.)",
                "pages": "797–832",
                "publisher": "Example Books",
            },
        ),
        (
            "Sample JA, Example B. Sleep and mood. J Samples. 2019;12(3):45-50. "
            "doi:10.1016/j.sample.2019.01.001.",
            {
                "kind": "article",
                "authors": ("Sample JA", "Example B"),
                "year": "2019",
                "title": "Sleep and mood",
                "container": "J Samples",
                "volume": "12",
                "issue": "3",
                "pages": "45-50",
                "doi": "10.1016/j.sample.2019.01.001",
            },
        ),
        (
            "Sample, Jon. “Attention in Context.” Sample Quarterly, vol. 10, no. 2, 2003, "
            "pp. 144–156.",
            {
                "authors": ("Sample, Jon",),
                "title": "Attention in Context",
                "container": "Sample Quarterly",
                "volume": "10",
                "issue": "2",
                "year": "2003",
                "pages": "144–156",
            },
        ),
        (
            "National Institute of Samples. (n.d.). Worry. Retrieved March 3, 2023, from "
            "https://example.org/worry",
            {
                "authors": ("National Institute of Samples",),
                "year": "n.d.",
                "title": "Worry",
                "note": "Retrieved March 3 2023",
                "url": "https://example.org/worry",
            },
        ),
        (
            "Sample, John, and Ann Example. The Book of Samples. Crown, 1999.",
            {"authors": ("Sample, John", "Ann Example"), "title": "The Book of Samples"},
        ),
        (
            "Worry and Sleep – Institute of Samples https://example.org/x",
            {"title": "Worry and Sleep", "container": "Institute of Samples"},
        ),
        (
            "How worry works. (2021). Sample Institute. https://example.org/how",
            {"authors": (), "title": "How worry works", "container": "Sample Institute"},
        ),
        (
            "Sample, T. (1983). Worry. Behavior of Samples, 21(1), 9–16. "
            "https://doi.org/10.1016/0005-7967(83)90121-3",
            {"doi": "10.1016/0005-7967(83)90121-3", "issue": "1"},
        ),
        ("https://example.org/topics", {"kind": "webpage", "url": "https://example.org/topics"}),
    ],
)
def test_other_forms(text, expected):
    parsed = parse_reference(text)
    assert {name: getattr(parsed, name) for name in expected} == expected
    assert looks_like_reference(text)


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("van der Sample, B. A.", ("van der Sample, B. A.",)),
        ("Sample, A., Jr., & Example, B.", ("Sample, A., Jr.", "Example, B.")),
        ("Sample, A., Example, B., et al.", ("Sample, A.", "Example, B.", "et al.")),
        ("Sample-Two, Jon, & Example, Nan", ("Sample-Two, Jon", "Example, Nan")),
        ("World Organization for Samples.", ("World Organization for Samples",)),
        ("", ()),
    ],
)
def test_authors(text, authors):
    assert split_authors(text) == authors


@pytest.mark.parametrize(
    "text",
    [
        "Trust is the belief that a partner will be faithful, whatever else may happen.",
        "In 1985 a study of couples (N = 47) asked about trust.",
        "A man in marriages with low trust died within 20 years (Sample, 2024).",
    ],
)
def test_a_sentence_is_no_reference(text):
    assert not looks_like_reference(text)


# Words that only name the field beside them ("vol.", "pp.") and the parts of a DOI's address.
LABELS = {"and", "at", "by", "dx", "doi", "ed", "eds", "from", "http", "https", "in", "issue", "no"}
LABELS |= {"number", "online", "org", "p", "page", "pages", "pp", "the", "vol", "volume", "www"}


def words(text):
    return {word.casefold() for word in re.findall(r"[^\W_]+", text)}


@given(st.one_of(st.text(max_size=200), st.text("Ab1.,()&“”:;/ -doi", max_size=80)))
def test_no_word_of_a_reference_is_lost(text):
    assert words(text) <= words(parse_reference(text).text()) | LABELS
