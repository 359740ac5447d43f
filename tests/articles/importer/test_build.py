"""From an article to blocks: each word stands in a block, and blocks that stay keep their ids."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from articles.importer.build import build_body
from articles.importer.document import Heading, Item, ItemList, Paragraph, ReferenceList, Takeaways

TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("ab .,:()[]–“”")),
    max_size=120,
).filter(lambda text: text.strip() != "")
SOURCES = st.one_of(
    TEXT,
    st.lists(
        st.sampled_from(
            [
                "Sample, A. B.,",
                "& Example, C.",
                "(2020).",
                "(2020, June 25)",
                "“Title.”",
                "Title of it.",
                "In D. Third (Ed.), Book",
                "(2nd ed., pp. 1–20).",
                "Journal, 3(2), 10–12.",
                "2019;12(3):45-50",
                "vol. 3, no. 4, pp. 7–9",
                "https://doi.org/10.1234/a(b)c",
                "doi:10.1234/...",
                "www...",
                "https://example.org/a_b",
                "Retrieved May 1, 2020, from",
                "[1]",
                "2. ",
            ]
        ),
        min_size=1,
        max_size=8,
    ).map(" ".join),
)


def items(depth):
    below = items(depth - 1) if depth else st.just(())
    item = st.builds(
        Item,
        TEXT,
        term=st.one_of(st.just(""), TEXT.map(str.strip)),
        items=below,
        ordered=st.booleans(),
    )
    return st.lists(item, max_size=3).map(tuple)


ELEMENTS = st.lists(
    st.one_of(
        st.builds(Heading, TEXT, st.sampled_from([2, 3])),
        st.builds(Paragraph, TEXT),
        st.builds(ItemList, items(2).filter(bool), st.booleans()),
        st.builds(
            Takeaways, TEXT.map(lambda text: text[:100]), st.lists(TEXT, min_size=1).map(tuple)
        ),
        st.builds(ReferenceList, TEXT, st.lists(SOURCES, min_size=1).map(tuple)),
    ),
    min_size=1,
    max_size=4,
).filter(lambda elements: sum(isinstance(each, ReferenceList) for each in elements) < 2)


def words(text):
    return Counter(re.findall(r"[^\W_]+", text))


def text_of(body):
    return "\n".join(body.stream_block.get_searchable_content(body))


@given(ELEMENTS)
def test_every_word_of_an_article_is_in_a_block(elements):
    body = build_body(tuple(elements))
    assert words("\n".join(element.text for element in elements)) <= words(text_of(body))


def test_blocks_that_say_the_same_stay_and_others_get_new_ids():
    first = build_body((Heading("One"), Paragraph("Two"), Paragraph("Three")))
    second = build_body((Paragraph("Three"), Heading("One"), Paragraph("Four")), first)
    ids = {str(block.value): block.id for block in first}
    assert second[0].id == ids["<p>Three</p>"]
    assert second[1].id == first[0].id
    assert second[2].id not in ids.values()


def test_what_reads_like_html_is_text():
    body = build_body((Paragraph("a <b>bold</b> & <script>"),))
    assert body[0].value.source == "<p>a &lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;</p>"
