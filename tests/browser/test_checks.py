"""The checks find what they are for, on pages made to fail them."""

from tests.browser import checks

GOOD = """<html lang="en"><head><title>A</title><style>
  a:focus, button:focus { outline: 2px solid }
  a, button { display: inline-block; min-height: 30px } </style></head>
<body><header><a href="#main">Skip to the content</a></header>
<main id="main" tabindex="-1"><h1>One</h1><h2>Two</h2><p>Text</p><button>Go</button></main></body>
</html>"""


def shown(page, *changes):
    html = GOOD
    for before, after in changes:
        assert before in html
        html = html.replace(before, after)
    page.goto("about:blank")
    page.set_content(html)
    return page


def test_a_good_page_passes_all(desktop):
    assert checks.heading_problems(shown(desktop)) == []
    assert checks.keyboard_problems(shown(desktop)) == []
    assert checks.skip_link_problems(shown(desktop)) == []
    assert checks.accessibility_problems(shown(desktop)) == []


def test_headings(desktop):
    assert checks.heading_problems(shown(desktop, ("h2", "h3"))) == ["h3 “Two” follows h1"]
    assert checks.heading_problems(shown(desktop, ("h2", "h1"))) == ["not exactly one h1"]


def test_what_can_not_be_read_in_the_dark(desktop):
    dark = "@media (prefers-color-scheme: dark) { p { color: #eee } } </style>"
    (problem,) = checks.accessibility_problems(shown(desktop, ("</style>", dark)))
    assert "320 px dark, 1280 px dark: color-contrast" in problem


def test_what_is_wider_than_a_small_phone(desktop):
    wide = ("<p>Text</p>", '<p><span style="display: block; width: 400px">Text</span></p>')
    (problem,) = checks.accessibility_problems(shown(desktop, wide))
    assert problem.startswith("320 px: wider than the screen: <span")


def test_the_keyboards_order(desktop):
    (problem,) = checks.keyboard_problems(shown(desktop, ("<button>", '<button tabindex="1">')))
    assert "the keyboard reaches [1, 0] of 2 stops" in problem


def test_a_focus_that_is_not_shown(desktop):
    (problem,) = checks.keyboard_problems(
        shown(desktop, ("a:focus, button:focus { outline: 2px solid }", "* { outline: none }"))
    )[:1]
    assert problem.startswith("nothing shows that this has the focus")


def test_a_page_without_a_skip_link(desktop):
    (problem,) = checks.skip_link_problems(shown(desktop, ('href="#main"', 'href="/"')))
    assert problem.startswith("the first stop is not the skip link")
