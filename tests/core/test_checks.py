"""The rules of the house are checked, and each is broken here once."""

import pytest
from django.db import models
from wagtail import blocks
from wagtail.models import Page, RevisionMixin
from wagtail.search import index

from cms.core import checks
from cms.core.blocks import ContentBlock, NoticeBlock
from cms.core.fields import EncryptedTextField
from cms.core.models import BasePage
from home.models import StandardPage


def ids(problems):
    return [problem.id for problem in problems]


@pytest.mark.parametrize(
    "check", [checks.check_pages, checks.check_blocks, checks.check_private_models]
)
def test_the_project_keeps_its_own_rules(check):
    assert check() == []


def test_a_page_that_is_not_a_base_page_or_has_no_template(monkeypatch):
    class Stray:
        template = "nowhere/stray_page.html"

    assert ids(checks.page_problems(Stray)) == ["house.E001", "house.E002"]
    assert ids(checks.page_problems(StandardPage)) == []
    assert issubclass(StandardPage, BasePage)
    assert issubclass(BasePage, Page)


class BareBlock(blocks.StructBlock):
    text = blocks.CharBlock()


class LostBlock(NoticeBlock):
    class Meta:
        template = "nowhere/lost_block.html"


class NarrowedBlock(NoticeBlock):
    """Shows itself as the block that it narrows."""


def named(block, name="sample"):
    block.set_name(name)
    return block


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (NoticeBlock(), []),
        (blocks.CharBlock(), ["house.E003", "house.E004"]),
        (blocks.CharBlock(description="A line", preview_value="A line"), []),
        (BareBlock(), ["house.E003", "house.E004", "house.E005"]),
        (LostBlock(), ["house.E006"]),
        (NarrowedBlock(), []),
        (NoticeBlock(template="core/blocks/other.html"), ["house.E005"]),
    ],
)
def test_a_block_says_what_it_is_for_shows_itself_and_has_its_template(
    block, expected, monkeypatch
):
    monkeypatch.setattr(checks, "OURS", (*checks.OURS, "tests"))
    found = list(checks.block_problems(named(block), where="Page.body"))
    assert ids(found) == expected
    assert all("Page.body: sample" in problem.msg for problem in found)


def test_blocks_within_blocks_are_found():
    inner = blocks.StreamBlock([("line", blocks.CharBlock())])
    outer = blocks.StreamBlock([("list", blocks.ListBlock(blocks.StructBlock([("in", inner)])))])
    assert [block.name for block in checks.pickable(outer)] == ["list", "line"]
    assert {block.name for block in checks.pickable(ContentBlock())} >= {"heading", "notice"}


def test_a_model_with_encrypted_fields_is_neither_searched_nor_kept_in_revisions():
    class Careless(index.Indexed, RevisionMixin, models.Model):
        secret = EncryptedTextField()
        search_fields = [index.SearchField("secret")]

        class Meta:
            app_label = "core"
            abstract = True

    assert ids(checks.private_model_problems(Careless)) == ["house.E007", "house.E008"]
