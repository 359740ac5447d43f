"""Citations become links to their references, and nothing else does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.references.citations import Source, link_citations

SOURCES = (
    Source(("Beck, A. T.", "Emery, G."), "1985"),
    Source(("Sample, A. B.", "Second, B. C.", "Third, D. E."), "1985"),
    Source(("Games, G.",), "2024"),
    Source(("Porges SW",), "2009"),
    Source(("O'Brien, M.",), "2001"),
    Source(("Institute of Samples",), "n.d."),
    Source(("Beck, A. T.",), "1985"),
    Source(("Nobody, N.",), ""),
)


def links(html):
    found = re.findall(r'<a class="citation" href="#reference-(\d+)">(.*?)</a>', html)
    return [(int(number), text) for number, text in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Beck &amp; Emery, 1985)", [(1, "Beck &amp; Emery, 1985")]),
        ("Beck and Emery (1985) say", [(1, "Beck and Emery (1985)")]),
        ("(Beck, 1985)", [(7, "Beck, 1985")]),
        ("(Sample, Second, and Third, 1985)", [(2, "Sample, Second, and Third, 1985")]),
        ("(Sample et al., 1985)", [(2, "Sample et al., 1985")]),
        ("(Games, 2024; Porges, 2009)", [(3, "Games, 2024"), (4, "Porges, 2009")]),
        ("Games’s (2024) view", [(3, "Games’s (2024)")]),
        ("(O&#x27;Brien, 2001)", [(5, "O&#x27;Brien, 2001")]),
        ("(Institute of Samples, n.d.)", [(6, "Institute of Samples, n.d.")]),
        ("Games were played in 2024.", []),
        ("(Games, 2024a)", []),
        ("(Unknown, 2024)", []),
        ("(Beck &amp; Unknown, 1985)", []),
    ],
)
def test_what_is_a_citation(text, expected):
    assert links(link_citations(f"<p>{text}</p>", SOURCES)) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x">Games, 2024</a>',
        '<h2 id="a">Games, 2024</h2>',
        '<section class="references" data-unlinked><li>Games, (2024)</li></section>',
        '<img alt="Games, 2024">',
    ],
)
def test_links_headings_and_references_stay_as_they_are(html):
    assert link_citations(html, SOURCES) == html


@given(st.text("aBeckGms19852024 ,()&<>/;’", max_size=60))
def test_nothing_but_links_is_added(text):
    html = f"<p>{text}</p>"
    assert (
        re.sub(
            r'<a class="citation"[^>]*>|(?<=\))</a>|(?<=\d)</a>', "", link_citations(html, SOURCES)
        )
        == html
    )


def test_without_sources_nothing_changes():
    assert link_citations("<p>(Games, 2024)</p>", ()) == "<p>(Games, 2024)</p>"
