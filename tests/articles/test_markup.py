"""HTML cut into text and the rest."""

from hypothesis import given
from hypothesis import strategies as st

from articles.markup import change_text, segments

PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<a>",
        "</a>",
        "<h2>",
        "</h2>",
        "<br/>",
        "<",
        ">",
        "x",
        "&lt;",
        '<i t=">">',
        " ",
    ]
)


@given(st.lists(PIECES, max_size=15).map("".join))
def test_the_segments_put_together_are_the_html(html):
    assert "".join(segment.html for segment in segments(html)) == html


def test_only_text_outside_of_what_is_kept_out_is_changed():
    html = '<p title="x">x <a>x <b>x</b></a> x</p><div data-unlinked>x<div>x</div>x</div>x<br/>x'
    assert change_text(html, str.upper) == (
        '<p title="x">X <a>x <b>x</b></a> X</p><div data-unlinked>x<div>x</div>x</div>X<br/>X'
    )
