"""References in APA style, each kind and what people leave out."""

import re
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.references import ParsedReference, apa_html
from articles.references.names import csl_name, editor_names

SAMPLE = ("Sample, A. B.",)
MANY = tuple(f"Name{letter}, A." for letter in "ABCDEFGHIJKLMNOPQRSTU")


def written(kind, **fields):
    return apa_html(ParsedReference(kind=kind, **{"authors": SAMPLE, "year": "2020"} | fields))


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (
            "article",
            {
                "container": "Journal",
                "title": "On it.",
                "volume": "3",
                "issue": "2",
                "pages": "1-9",
            },
            "Sample, A. B. (2020). On it. <i>Journal</i>, <i>3</i>(2), 1–9.",
        ),
        (
            "book",
            {"title": "A book", "edition": "2nd", "publisher": "Press & Sons"},
            "Sample, A. B. (2020). <i>A book</i> (2nd ed.). Press &amp; Sons.",
        ),
        (
            "book",
            {"title": "A book", "authors": (), "editors": "C. Third & D. Fourth (Eds.)"},
            "C. Third, &amp; D. Fourth (Eds.). (2020). <i>A book</i>.",
        ),
        (
            "chapter",
            {
                "title": "Part",
                "container": "Whole",
                "editors": "C. Third & D. Fourth (Eds.)",
                "edition": "5th",
                "pages": "7–9",
                "publisher": "Press",
            },
            "Sample, A. B. (2020). Part. In C. Third &amp; D. Fourth (Eds.), <i>Whole</i> "
            "(5th ed., pp. 7–9). Press.",
        ),
        (
            "webpage",
            {"title": "Worry", "authors": ("Institute of Samples",), "date": "June 25"},
            "Institute of Samples. (2020, June 25). <i>Worry</i>.",
        ),
        (
            "report",
            {"title": "Worry", "number": "20-1", "form": "Technical report", "publisher": "Press"},
            "Sample, A. B. (2020). <i>Worry</i> (Technical Report 20-1). Press.",
        ),
        (
            "talk",
            {
                "title": "Worry",
                "date": "May 3–6",
                "form": "Poster",
                "container": "Sample Convention",
                "place": "Springfield, IL",
            },
            "Sample, A. B. (2020, May 3–6). <i>Worry</i> [Poster]. Sample Convention, "
            "Springfield, IL.",
        ),
        ("other", {"title": "Worry"}, "Sample, A. B. (2020). <i>Worry</i>."),
        ("book", {"title": "Worry", "year": "n.d."}, "Sample, A. B. (n.d.). <i>Worry</i>."),
        ("book", {"title": "Worry", "year": ""}, "Sample, A. B. (n.d.). <i>Worry</i>."),
        ("book", {"title": "Worry", "year": "1979a"}, "Sample, A. B. (1979a). <i>Worry</i>."),
        ("book", {"title": "Worry", "year": "in press"}, "Sample, A. B. (in press). <i>Worry</i>."),
        ("book", {"title": "Why?"}, "Sample, A. B. (2020). <i>Why?</i>"),
        (
            "webpage",
            {"title": "Worry", "authors": (), "container": "Site"},
            "<i>Worry</i>. (2020). Site.",
        ),
        (
            "article",
            {"title": "Worry", "authors": (), "container": "Journal"},
            "Worry. (2020). <i>Journal</i>.",
        ),
        (
            "book",
            {"title": "<b>Bold</b> & <i>x</i>"},
            "Sample, A. B. (2020). <i>&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;i&gt;x&lt;/i&gt;</i>.",
        ),
        (
            "book",
            {"title": "Worry", "authors": ("Sample JA", "Example, C., Jr.", "et al.")},
            "Sample, J. A., Example, C., Jr., et al. (2020). <i>Worry</i>.",
        ),
    ],
)
def test_each_kind_is_written_in_apa_style(kind, fields, expected):
    assert written(kind, **fields) == expected


def test_of_more_than_twenty_authors_the_first_nineteen_and_the_last_are_named():
    text = written("article", title="Many", authors=MANY)
    assert "NameS, A., … NameU, A. (2020)" in text
    assert "NameT" not in text
    assert "NameS, A., &amp; NameT, A. (2020)" in written("book", title="M", authors=MANY[:20])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("J. B. Third & D. Fourth (Eds.)", ["J. B. Third", "D. Fourth"]),
        ("Third, J. B., & Fourth, D.", ["J. B. Third", "D. Fourth"]),
        ("J. Third (Ed.)", ["J. Third"]),
        ("", []),
    ],
)
def test_editors(text, names):
    assert editor_names(text) == names


def test_an_organization_keeps_its_commas():
    name = "Department of Samples, Office of Examples"
    assert csl_name(name) == {"literal": name}


def test_no_other_host_is_asked(monkeypatch):
    def refuse(*_):
        raise AssertionError("asked for another host")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert "Alone" in written("book", title="Alone")


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["article", "book", "chapter", "webpage", "report", "talk", "other"]),
    st.lists(st.text(max_size=20), max_size=3).map(tuple),
    st.text(max_size=12),
    st.text(st.sampled_from("ab<>&i/.?\ue000\ue001 "), max_size=20),
)
def test_whatever_is_typed_gives_safe_text(kind, authors, year, title):
    html = written(kind, authors=authors, year=year, title=title, container=title, edition=year)
    assert "<" not in re.sub(r"</?i>", "", html)
    assert html.count("<i>") == html.count("</i>")
