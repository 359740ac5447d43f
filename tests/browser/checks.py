"""What holds on any page, as one looks at it: each check returns the problems it found."""

import functools
import json

import axe_playwright_python.base
from playwright.sync_api import Page

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")

# Beside axe's usual rules: targets are large enough for a finger, and what Wagtail tells editors.
MORE_RULES = ("target-size", "p-as-heading")
AXE_OPTIONS = json.dumps(
    {
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": True} for rule in MORE_RULES},
    }
)
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > width + 0.5)
    .map((each) => `<${each.tagName.toLowerCase()} class="${each.className}">`);
}"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((each) => each.checkVisibility())
  .map((each) => [Number(each.tagName[1]), each.textContent.trim()])"""
# What the keyboard can reach, in the order in which it stands on the page. Of radio buttons with
# the same name only one is a stop.
STOPS = """() => {
  const seen = new Set();
  const stops = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
  )].filter((each) => {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.disabled) return false;
    if (each.tabIndex < 0) return false;
    if (each.type !== "radio") return true;
    const group = `${each.form?.action} ${each.name}`;
    if (seen.has(group)) return false;
    seen.add(group);
    return true;
  });
  stops.forEach((each, position) => (each.dataset.stop = position));
  return stops.length;
}"""
FOCUSED = """() => {
  const each = document.activeElement;
  if (each === document.body) return null;
  const group = each.type === "radio" && [...document.getElementsByName(each.name)];
  const marked = group ? group.find((one) => one.dataset.stop) : each;
  const shown = [each, ...(each.labels ?? [])].some((one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none";
  });
  const box = each.getBoundingClientRect();
  const name = each.outerHTML.slice(0, 90);
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { stop: Number(marked?.dataset.stop ?? -1), shown, seen, name };
}"""


@functools.cache
def _axe() -> str:
    return axe_playwright_python.base.AXE_FILE_PATH.read_text(encoding="utf-8")


def axe_violations(page: Page) -> list[str]:
    """Return what axe-core objects to on the page as it is."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    results = page.evaluate(f"() => axe.run({AXE_OPTIONS})")
    return [
        f"{violation['id']}: {node['html'][:120]}: {' '.join(node['failureSummary'].split())}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def accessibility_problems(page: Page) -> list[str]:
    """Return what axe-core objects to in light and dark, on a small phone and on a desk."""
    where: dict[str, list[str]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for each in overflowing(page):
            where.setdefault(f"wider than the screen: {each}", []).append(f"{width} px")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for each in axe_violations(page):
                where.setdefault(each, []).append(f"{width} px {scheme}")
    return [f"{', '.join(places)}: {problem}" for problem, places in where.items()]


def overflowing(page: Page) -> list[str]:
    """Return what makes the page scroll sideways."""
    return page.evaluate(OVERFLOW)


def heading_problems(page: Page) -> list[str]:
    """Return what is wrong with the order of the headings: one first, none skipped."""
    headings = page.evaluate(HEADINGS)
    problems = [] if [level for level, _ in headings].count(1) == 1 else ["not exactly one h1"]
    before = 0
    for level, text in headings:
        if level > before + 1:
            problems.append(f"h{level} “{text}” follows h{before}")
        before = level
    return problems


def skip_link_problems(page: Page) -> list[str]:
    """Return what is wrong with the first stop of the keyboard, the link to the content."""
    page.evaluate(STOPS)
    page.locator("[data-stop='0']").focus()
    first = page.evaluate(FOCUSED)
    if 'href="#main"' not in first["name"]:
        return [f"the first stop is not the skip link but {first['name']}"]
    problems = [] if first["seen"] else ["the skip link is not seen while it is focused"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    if not page.evaluate("() => Boolean(document.activeElement.closest('main, footer'))"):
        problems.append("after the skip link the next stop is not in or below the content")
    return problems


def keyboard_problems(page: Page) -> list[str]:
    """Go through the page, just opened, with the Tab key; return what is wrong with any stop."""
    number = page.evaluate(STOPS)
    # An empty selection at the top is where the next Tab starts from.
    page.evaluate(
        "() => { document.activeElement.blur(); getSelection().collapse(document.body); }"
    )
    problems, reached = [], []
    for _ in range(number):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        reached.append(focused["stop"])
        if not focused["shown"]:
            problems.append(f"nothing shows that this has the focus: {focused['name']}")
        if not focused["seen"]:
            problems.append(f"is out of sight while it has the focus: {focused['name']}")
    if reached != list(range(number)):
        problems.append(f"the keyboard reaches {reached} of {number} stops in this order")
    return problems
