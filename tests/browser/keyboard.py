"""Using a page with the keyboard alone."""

from playwright.sync_api import Page

MOST_STOPS = 200
NAME_OF_FOCUS = """() => {
  const each = document.activeElement;
  const label = each.labels?.[0] ?? each;
  return each.getAttribute("aria-label") ?? label.innerText.replace(/\\s+/g, " ").trim();
}"""

IS_IN_GROUP = """(name) => document.activeElement.type === "radio"
  && [...document.getElementsByName(document.activeElement.name)]
    .some((each) => each.labels[0].innerText.trim().startsWith(name))"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called `name`, or begins so; fail if nothing does."""
    seen = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(NAME_OF_FOCUS))
        if seen[-1].startswith(name):
            return
    raise AssertionError(f"“{name}” can't be reached with the Tab key, only: {seen}")


def choose_radio(page: Page, name: str) -> None:
    """Go to the radio buttons of which one is called `name`, and choose it with the arrow keys."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(IS_IN_GROUP, name):
            break
    page.keyboard.press("Space")
    for _ in range(MOST_STOPS):
        if page.evaluate(NAME_OF_FOCUS).startswith(name):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"“{name}” can't be chosen with the arrow keys")


def press(page: Page, name: str) -> None:
    """Go to the link or button called `name` and press Enter."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Page, name: str, text: str) -> None:
    """Go to the field called `name` and type."""
    tab_to(page, name)
    page.keyboard.type(text)
