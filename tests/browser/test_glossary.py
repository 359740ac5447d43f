"""An editor imports a text, opens it in the admin, sees the preview and publishes it."""

import json

import pytest
from playwright.sync_api import expect

from home.staff_groups import EDITOR
from tests.architecture.test_sources import SEEDS
from tests.articles.glossary import ARTICLE, FURNITURE
from tests.browser import checks

PLACES = ("South Loop", "Lakeview", "Illinois", "Washington, D.C.")


@pytest.fixture(params=["a source text", "a text of our own"])
def article(request, tmp_path):
    """The path of a text, with site furniture around the article."""
    if request.param == "a text of our own":
        path = tmp_path / "grounding.txt"
        path.write_text(FURNITURE.format(article=ARTICLE))
        return path
    found = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
    if not found:
        pytest.skip(f"there is no source text in {SEEDS} to import")
    return found[0]


def open_in_the_editor(page, title):
    """Find a page by its title, and wait until the editor has taken note of what stands in it."""
    page.goto("/admin/")
    page.get_by_placeholder("Search all pages").fill(title)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=title, exact=True).click()
    page.locator("form[data-edit-form][data-w-unsaved-has-edits-value=false]").wait_for()


def type_a_definition(page, preview):
    """Type a definition until the preview shows it, and return it.

    In the first seconds Wagtail may take what is typed for what stood there; people type on.
    """
    for attempt in range(5):
        text = f"What an editor typed just now, and changed {attempt} times."
        page.get_by_role("textbox", name="Definition in one sentence").fill(text)
        try:
            expect(preview.get_by_text(text)).to_be_visible(timeout=6_000)
        except AssertionError:
            continue
        return text
    raise AssertionError("the preview shows nothing of what is typed")


def test_an_editor_publishes_an_imported_text(site, as_staff, phone, article):
    (line,) = site.manage("import_article", "--json", str(article)).splitlines()
    report = json.loads(line)
    assert report["omitted"]
    assert phone.goto(report["url"]).status == 404

    editor = as_staff(EDITOR)
    open_in_the_editor(editor, report["title"])
    editor.get_by_role("button", name="Toggle preview").click()
    preview = editor.frame_locator("iframe[title=Preview]").last
    definition = type_a_definition(editor, preview)
    for place in PLACES:
        expect(preview.locator(".where-we-see-clients")).to_contain_text(place)
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_role("status")).to_contain_text("has been published")

    assert phone.goto(report["url"]).status == 200
    expect(phone.get_by_role("heading", level=1)).to_have_text(report["title"], ignore_case=True)
    expect(phone.get_by_text(definition)).to_be_visible()
    for place in PLACES:
        expect(phone.locator(".where-we-see-clients")).to_contain_text(place)
    for reference in report["references"]:
        address = f"https://doi.org/{reference['doi']}" if reference["doi"] else reference["url"]
        expect(phone.get_by_role("link", name=address)).to_be_visible()
    problems = [*checks.heading_problems(phone), *checks.accessibility_problems(phone)]
    assert problems == [], "\n".join(problems)


def test_the_glossary_is_searched_while_a_reader_types(site, phone):
    phone.goto("/glossary/")
    phone.get_by_label("Search the glossary").press_sequentially("wory")
    expect(phone.get_by_role("status")).to_have_text("1 entry found")
    expect(phone.get_by_role("link", name="Worry")).to_be_visible()
    expect(phone.get_by_label("Search the glossary")).to_be_focused()
    assert checks.accessibility_problems(phone) == []


def test_a_definition_shows_at_its_term_and_goes_with_escape(site, phone):
    phone.goto("/glossary/rumination/")
    term = phone.locator("a.term-link").first
    definition = phone.locator(".definition").first
    expect(definition).to_be_hidden()
    term.focus()
    expect(definition).to_be_visible()
    assert definition.bounding_box()["width"] <= phone.viewport_size["width"]
    assert checks.accessibility_problems(phone) == []
    phone.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    expect(term).to_be_focused()
