"""The command: good files, bad files, the same file again, and the contract of its answers."""

import io
import json
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import GlossaryIndexPage, GlossaryPage
from tests.architecture.inventory import PROJECT
from tests.articles.glossary import ARTICLE, FURNITURE, make_glossary

SEED = PROJECT.parent / "shared" / "seeds" / "000_59a9d0e75527166c.txt"
KEYS = {
    "title",
    "slug",
    "url",
    "created",
    "words_in",
    "words_kept",
    "omitted",
    "references",
    "warnings",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossary():
    return make_glossary()


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "grounding.txt"
    path.write_text(FURNITURE.format(article=ARTICLE))
    return path


def run(*files, publish=False):
    """Return the answers of the command, one per file, and its complaint, if any."""
    out, complaint = io.StringIO(), ""
    try:
        call_command("import_article", *map(str, files), publish=publish, as_json=True, stdout=out)
    except CommandError as error:
        complaint = str(error)
    return [json.loads(line) for line in out.getvalue().splitlines()], complaint


def draft(page):
    return page.get_latest_revision_as_object()


def kinds(page):
    return [block.block_type for block in draft(page).body]


def test_a_file_becomes_a_draft(glossary, article, client):
    (report,), complaint = run(article)
    assert complaint == ""
    assert set(report) >= KEYS
    assert report["error"] is None
    assert report["created"] is True
    assert report["title"] == "Grounding techniques"
    assert report["url"] == "/glossary/grounding-techniques/"
    assert report["words_in"] == report["words_kept"] + sum(
        len(omitted["text"].split()) for omitted in report["omitted"]
    )
    assert report["references"] == [
        {
            "authors": ["Sample, A. B."],
            "year": "2020",
            "title": "Coming back to the room",
            "doi": "10.1234/example.1",
            "url": "https://doi.org/10.1234/example.1",
        }
    ]
    page = GlossaryPage.objects.get()
    assert page.live is False
    assert kinds(page) == [
        "paragraph",
        "heading",
        "paragraph",
        "heading",
        "term_list",
        "takeaways",
        "references",
        "where_we_see_clients",
        "call_to_action",
    ]
    assert client.get(report["url"]).status_code == 404


def test_publishing_at_once(glossary, article, client):
    (report,), _ = run(article, publish=True)
    assert report["published"] is True
    html = client.get(report["url"]).content.decode()
    assert "Grounding techniques" in html
    assert "journey" not in html


def test_the_same_file_again_changes_nothing(glossary, article):
    run(article)
    page = GlossaryPage.objects.get()
    before = draft(page).body.get_prep_value()
    (report,), _ = run(article)
    assert report["created"] is False
    assert report["changed"] is False
    assert page.revisions.count() == 1
    assert draft(page).body.get_prep_value() == before


def test_the_same_file_again_puts_its_text_back_into_the_draft(glossary, article):
    run(article)
    page = draft(GlossaryPage.objects.get())
    heading = page.body[1].id
    page.body[0] = ("paragraph", "<p>Somebody has changed this.</p>")
    page.save_revision()
    (report,), _ = run(article)
    assert report["changed"] is True
    assert [warning["code"] for warning in report["warnings"]] == ["draft_replaced"]
    page = GlossaryPage.objects.get()
    assert page.revisions.count() == 3
    assert "Grounding brings attention" in str(draft(page).body[0].value)
    assert draft(page).body[1].id == heading


def test_a_new_version_of_the_file_updates_its_page(glossary, article):
    run(article)
    article.write_text(ARTICLE.replace("It helps", "It often helps"))
    (report,), _ = run(article)
    assert (report["created"], report["changed"]) == (False, True)
    assert "It often helps" in str(draft(GlossaryPage.objects.get()).body[0].value)


def test_a_published_page_stays_until_its_new_draft_is_published(glossary, article, client):
    (report,), _ = run(article, publish=True)
    article.write_text(ARTICLE.replace("It helps", "It often helps"))
    run(article)
    assert "It often helps" not in client.get(report["url"]).content.decode()
    (again,), _ = run(article, publish=True)
    assert again["published"] is True
    assert "It often helps" in client.get(report["url"]).content.decode()


def test_an_address_that_another_entry_has_is_not_taken_from_it(glossary, article):
    glossary.add_child(
        instance=GlossaryPage(title="Grounding techniques", slug="grounding-techniques")
    )
    (report,), complaint = run(article)
    assert complaint == ""
    assert report["slug"] == "grounding-techniques-2"
    assert "slug_taken" in [warning["code"] for warning in report["warnings"]]
    assert GlossaryPage.objects.get(slug="grounding-techniques").body.get_prep_value() == []


def test_bad_files_do_not_stop_the_others(glossary, article, tmp_path):
    binary = tmp_path / "binary.txt"
    binary.write_bytes(bytes(range(256)))
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    empty = tmp_path / "empty.txt"
    empty.touch()
    buttons = tmp_path / "buttons.txt"
    buttons.write_text("Book Now!\n\nContact us\n")
    reports, complaint = run(empty, binary, large, tmp_path, tmp_path / "no", buttons, article)
    assert [report["error"] and report["error"]["code"] for report in reports] == [
        "empty",
        "not_text",
        "too_large",
        "not_a_file",
        "not_found",
        "no_article",
        None,
    ]
    assert complaint == "6 of 7 files were not imported."
    assert all(set(report) >= KEYS for report in reports)
    assert [omitted["text"] for omitted in reports[5]["omitted"]] == ["Book Now!", "Contact us"]
    assert GlossaryPage.objects.count() == 1


def test_without_a_glossary_the_message_says_what_to_do(article):
    (report,), complaint = run(article)
    assert complaint
    assert report["error"]["code"] == "no_glossary"
    assert "load_sample_data" in report["error"]["message"]


def test_answers_in_sentences(glossary, article, tmp_path):
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_article", str(article), str(tmp_path / "no"), stdout=out)
    text = out.getvalue()
    assert "grounding.txt: made: “Grounding techniques” at /glossary/grounding-techniques/" in text
    assert "Left out: a button or link of the web site: “Book Now!”" in text
    assert "no: not imported. There is no such file." in text


def test_titles_that_make_no_address(glossary, tmp_path):
    path = tmp_path / "心.txt"
    path.write_text("不安\n\n" + "Text of it.\n")
    (report,), _ = run(path)
    assert report["slug"] == "entry"
    long = tmp_path / "long.txt"
    long.write_text(" ".join(["Grounding"] * 15) + "\n\nText of it.\n")
    (report,), _ = run(long)
    assert len(report["slug"]) <= 80
    assert not report["slug"].endswith("-")


@pytest.mark.skipif(not SEED.exists(), reason=f"there is no article at {SEED}")
def test_the_article_of_the_earlier_site(glossary, client):
    (report,), complaint = run(SEED, publish=True)
    text = SEED.read_text()
    body = text[text.index("importance of") : text.index("While our physical offices")]
    assert complaint == ""
    assert report["title"] == "importance of safety and trust in relationships"
    numbers_of_references = 4
    assert report["words_in"] == typed_words(text) - numbers_of_references
    assert report["words_kept"] == typed_words(body) - numbers_of_references
    assert len(report["omitted"]) == 11
    assert [reference["year"] for reference in report["references"]] == [
        "2024",
        "1985",
        "2024",
        "2024",
    ]
    assert sum(bool(reference["doi"]) for reference in report["references"]) == 2
    page = draft(GlossaryPage.objects.get())
    assert kinds(page).count("heading") == 5
    assert kinds(page).count("term_list") == 5
    steps = [block.value for block in page.body if block.block_type == "term_list"][-1]
    assert [len(point["points"]) for point in steps["points"]] == [0, 1, 0, 0, 0]
    assert steps.has_terms
    html = client.get(report["url"]).content.decode()
    for words in ("sliding door moments", "stonewalling", "As the listener, focus on seeking"):
        assert words in html
    for words in ("Find a Specialist", "out-of-pocket", "Downtown", "part of the Roamers"):
        assert words not in html


def typed_words(text):
    """Return how many words `text` has: bullets, dashes and "&" are none."""
    return sum(word not in {"•", "–", "&"} for word in text.split())


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_imports_of_a_file_at_once_make_one_page(article):
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked for real on PostgreSQL only; SQLite has one writer anyway")
    make_glossary()
    reports = []

    def import_once():
        reports.extend(run(article)[0])
        connection.close()

    threads = [threading.Thread(target=import_once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report["created"] for report in reports) == [False, True]
    assert GlossaryPage.objects.count() == 1
    assert GlossaryIndexPage.objects.get().numchild == 1
