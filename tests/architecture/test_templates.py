"""What the Content-Security-Policy would refuse does not stand in a template or a stylesheet."""

import re

import pytest

from tests.architecture.inventory import PROJECT, our_apps

INLINE = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "a script in the page": r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/ld\+json)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=\s*[\"']",
    "a script as an address": r"javascript:",
}
FOREIGN = {
    "something loaded from elsewhere": r"<(?:script|img|source|iframe|video|audio|embed)\b[^>]*"
    r"\b(?:src|srcset)\s*=\s*[\"']?\s*(?:https?:)?//",
    "a stylesheet or an icon from elsewhere": r"<link\b[^>]*\bhref\s*=\s*[\"']?\s*(?:https?:)?//",
}
FOREIGN_IN_STATIC = {
    "an address of another host": r"(?:url\(|@import|from|import\(?|fetch\()\s*"
    r"""['"]?(?:https?:)?//""",
}


def found(text, forbidden):
    return [what for what, pattern in forbidden.items() if re.search(pattern, text, re.IGNORECASE)]


def files(folder, *suffixes):
    return [
        path
        for app in our_apps()
        for path in (PROJECT / app.name.replace(".", "/") / folder).rglob("*")
        if path.suffix in suffixes
    ]


def test_templates_carry_nothing_inline_and_load_nothing_from_elsewhere():
    problems = {
        str(path.relative_to(PROJECT)): what
        for path in files("templates", ".html")
        if (what := found(path.read_text(), INLINE | FOREIGN))
    }
    assert files("templates", ".html")
    assert problems == {}


def test_stylesheets_and_scripts_load_nothing_from_elsewhere():
    problems = {
        str(path.relative_to(PROJECT)): what
        for path in files("static", ".css", ".js", ".svg")
        if (what := found(path.read_text(), FOREIGN_IN_STATIC))
    }
    assert files("static", ".css")
    assert problems == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p class="a" style="color: red">', "a style attribute"),
        ("<style>p {}</style>", "a style element"),
        ("<script>go()</script>", "a script in the page"),
        ('<script type="module">go()</script>', "a script in the page"),
        ('<button onclick="go()">', "an event attribute"),
        ('<a href="javascript:go()">', "a script as an address"),
        ('<img alt="" src="//cdn.example.org/a.png">', "something loaded from elsewhere"),
        ('<script src="https://cdn.example.org/a.js">', "something loaded from elsewhere"),
        (
            '<link rel="stylesheet" href="https://cdn.example.org/a.css">',
            "a stylesheet or an icon from elsewhere",
        ),
    ],
)
def test_what_is_forbidden_would_be_found(text, what):
    assert what in found(text, INLINE | FOREIGN)


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="{% static \'scheduling/book.js\' %}"></script>',
        '<script type="application/ld+json">{}</script>',
        '<a href="https://doi.org/{{ doi }}">{{ doi }}</a>',
        '<p class="condition">Online at once</p>',
    ],
)
def test_what_is_allowed_is_not_found(text):
    assert found(text, INLINE | FOREIGN) == []


@pytest.mark.parametrize(
    "text", ['@import "//a.example.org"', "background: url(https://a.example.org/b.png)"]
)
def test_foreign_addresses_in_stylesheets_would_be_found(text):
    assert found(text, FOREIGN_IN_STATIC)
