"""What a reader types, and which entries that may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.finding import Named, find_by_name, words_of

ENTRIES = [
    Named(1, ["Social anxiety", "social phobia"]),
    Named(2, ["Anxiety", "anxious"]),
    Named(3, ["Cognitive behavioral therapy", "CBT"]),
    Named(4, ["Grief"]),
    Named(5, ["Déjà vu"]),
    Named(6, ["Beck’s triad"]),
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("anxiety", [2, 1]),
        ("ANX", [2, 1]),
        ("phobia", [1]),
        ("cbt", [3]),
        ("behav ther", [3]),
        ("anxeity", [2, 1]),
        ("anxity", [2, 1]),
        ("cognitve behavoral", [3]),
        ("behaviou", [3]),
        ("deja", [5]),
        ("becks", [6]),
        ("greif", [4]),
        ("gref", [4]),
        ("zebra", []),
        ("?!", []),
        ("", []),
    ],
)
def test_which_entries_are_meant(typed, expected):
    assert find_by_name(typed, ENTRIES) == expected


@given(st.text(max_size=30))
def test_any_text_may_be_typed(typed):
    assert set(find_by_name(typed, ENTRIES)) <= {1, 2, 3, 4, 5, 6}


@given(st.sampled_from(ENTRIES), st.data())
def test_the_beginning_of_a_name_finds_it(entry, data):
    name = data.draw(st.sampled_from(entry.names))
    typed = name[: data.draw(st.integers(1, len(name)))]
    assert entry.key in find_by_name(typed, ENTRIES) or not words_of(typed)
