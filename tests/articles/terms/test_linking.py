"""Which words of a page become links to entries."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.terms import Term, link_terms

TERMS = [
    Term("Anxiety", "/anxiety/", "A feeling that something is wrong & near."),
    Term("anxious", "/anxiety/"),
    Term("Social anxiety", "/social-anxiety/"),
    Term("self-care", "/self-care/"),
    Term("Panic attack", "/panic/"),
    Term("Beck's triad", "/triad/"),
]
ADDED = re.compile(
    r'<span class="defined">(<a class="term-link"[^>]*>.*?</a>)<span class="definition".*?</span>'
    r"</span>",
    re.DOTALL,
)


def linked(html, terms=TERMS, own=""):
    """Return which words of `html` lead where."""
    return re.findall(
        r'<a class="term-link" href="([^"]*)"[^>]*>(.*?)</a>',
        link_terms(html, terms, own=own),
        re.DOTALL,
    )


def plain(html):
    """Return `html` without what linking adds."""
    return re.sub(
        r'<a class="term-link"[^>]*>(.*?)</a>', r"\1", ADDED.sub(r"\1", html), flags=re.DOTALL
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her anxiety grew.", [("/anxiety/", "anxiety")]),
        ("ANXIETY", [("/anxiety/", "ANXIETY")]),
        ("anxiety’s pull", [("/anxiety/", "anxiety")]),
        ("anxiety&#x27;s pull", [("/anxiety/", "anxiety")]),
        ("Beck’s triad", [("/triad/", "Beck’s triad")]),
        ("a panic\n attack", [("/panic/", "panic\n attack")]),
        ("social anxiety", [("/social-anxiety/", "social anxiety")]),
        ("self-care, self‑care", [("/self-care/", "self-care")]),
        ("anxious anxiety", [("/anxiety/", "anxious")]),
        ("post-anxiety anxiety-like hyperanxiety anxieties anxiety_x", []),
        ("panic, attack", []),
        ("panic <b>attack</b>", []),
        ("", []),
    ],
)
def test_what_is_a_mention(text, expected):
    assert linked(f"<p>{text}</p>") == expected


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x/">anxiety</a>',
        "<h3>Anxiety</h3>",
        "<blockquote><p>anxiety</p></blockquote>",
        "<dl><dt>Anxiety</dt></dl>",
        '<section data-unlinked="">a <section>b</section> anxiety</section>',
        '<img alt="anxiety">',
        "<!-- anxiety -->",
        '<p title="a > anxiety">x</p>',
    ],
)
def test_what_is_kept_out(html):
    assert link_terms(html, TERMS) == html


def test_only_the_first_mention_of_an_entry_is_linked():
    html = "<h2>Anxiety</h2><p>anxiety</p><p>anxious anxiety</p>"
    assert linked(html) == [("/anxiety/", "anxiety")]


def test_a_page_does_not_lead_to_itself_nor_to_a_part_of_its_own_name():
    assert linked("<p>Social anxiety, then anxiety.</p>", own="/social-anxiety/") == [
        ("/anxiety/", "anxiety")
    ]
    assert linked("<p>Social anxiety</p>", own="/social-anxiety/") == []


def test_the_definition_stands_beside_its_term_and_is_named_by_it():
    html = link_terms("<p>anxiety, panic attack</p>", TERMS)
    assert 'aria-describedby="definition-1">anxiety</a>' in html
    assert 'id="definition-1">A feeling that something is wrong &amp; near.</span>' in html
    assert html.count("role=") == 1


WORDS = st.sampled_from(
    ["anxiety", "Social", "attack", "panic", "self-care", "care", "x", "&amp;", "’s", "-", ",", " "]
)


@given(st.lists(WORDS, max_size=12).map("".join))
def test_no_word_is_lost_or_changed(text):
    html = f"<p>{text}</p>"
    assert plain(link_terms(html, TERMS)) == html


@given(st.lists(st.sampled_from(["anxiety", "social", "panic", "attack", "x"]), max_size=9))
def test_mentions_are_those_of_a_naive_reading(words):
    """At each place the longest name that stands there, each entry once."""
    names = {tuple(unescape(t.name).casefold().split()): t.href for t in TERMS}
    expected, index = [], 0
    while index < len(words):
        for length in (2, 1):
            name = tuple(words[index : index + length])
            if name in names:
                expected.append((names[name], " ".join(name)))
                break
        else:
            length = 1
        index += length
    first = list({href: (href, said) for href, said in reversed(expected)}.values())
    assert sorted(linked(f"<p>{escape(' '.join(words))}</p>")) == sorted(first)
