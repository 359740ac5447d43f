"""The comparison names what was added and is not visited: shown with made-up things."""

from pathlib import Path

from django.http import HttpResponse
from django.urls import include, path
from wagtail import blocks

from tests.architecture import inventory
from tests.architecture.inventory import Route


def view(request):
    return HttpResponse()


def test_an_address_is_named_as_the_resolver_names_it():
    patterns = [path("new/", include([path("<slug:name>/", view)]))]
    assert list(inventory.routes(patterns)) == [Route("new/<slug:name>/", __name__)]


def test_a_block_is_named_at_each_place_where_it_can_stand():
    item = blocks.StructBlock([("term", blocks.CharBlock()), ("text", blocks.TextBlock())])
    body = blocks.StreamBlock([("terms", blocks.ListBlock(item)), ("quote", blocks.TextBlock())])
    assert set(inventory.block_paths(body, "made.Page.body")) == {
        "made.Page.body",
        "made.Page.body.quote",
        "made.Page.body.terms[]",
        "made.Page.body.terms[].term",
        "made.Page.body.terms[].text",
    }


def test_only_blocks_with_something_in_them_count_as_visited():
    item = blocks.StructBlock([("term", blocks.CharBlock()), ("text", blocks.TextBlock())])
    body = blocks.StreamBlock([("terms", blocks.ListBlock(item)), ("quote", blocks.TextBlock())])
    value = body.normalize([("terms", [{"term": "Calm", "text": ""}]), ("quote", "")])
    assert set(inventory.filled_blocks(body, value, "body")) == {
        "body",
        "body.terms[]",
        "body.terms[].term",
    }


def test_a_template_is_named_as_it_is_loaded(tmp_path):
    Path(tmp_path, "made").mkdir()
    Path(tmp_path, "made", "new.html").touch()
    assert inventory.templates([tmp_path]) == {"made/new.html"}


def test_what_nobody_visited_is_named_and_what_was_visited_is_not():
    (problem,) = inventory.differences({"new/", "old/"}, {"old/"}, {})
    assert problem.startswith("new/: no test visits it")


def test_an_excuse_must_excuse_something():
    assert inventory.differences({"a/", "b/"}, {"a/"}, {"b/": "another's"}) == []
    assert inventory.differences({"a/"}, {"a/"}, {"a/": "why"}) == [
        "a/: excused, but it is visited"
    ]
    assert inventory.differences({"a/"}, {"a/"}, {"c/": "why"}) == [
        "c/: excused, but it does not exist"
    ]
