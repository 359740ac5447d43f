"""What no page of the site may do, seen from inside the browser."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

NAVIGATION_FAILED = "Failed to load resource"
# Wagtail's checks in the editor write what they found to the console: that is their result.
CHECKS_FOUND = "axe.run results"


class Watch:
    """Collects the problems of all pages of the contexts it looks at.

    A problem is a request to another host, a message on the console that is an error (what the
    Content-Security-Policy refuses is one), an exception in a script, or a part of a page that
    could not be loaded. A page that answers 404 or 409 on purpose is none.
    """

    def __init__(self, own: str) -> None:
        self._own = urlsplit(own).netloc
        self._navigated: set[str] = set()
        self.problems: list[str] = []

    def look_at(self, context: BrowserContext) -> None:
        """Collect what happens in `context` from now on."""
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def _on_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._navigated.add(request.url)
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self._own:
            self.problems.append(f"a request left for another host: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        address = message.location["url"]
        if message.text.startswith(NAVIGATION_FAILED) and address in self._navigated:
            return
        if message.type == "error" and not message.text.startswith(CHECKS_FOUND):
            self.problems.append(f"the console says at {address}: {message.text}")

    def _on_error(self, error: WebError) -> None:
        where = error.page.url if error.page else "a closed page"
        self.problems.append(f"a script failed at {where}: {error.error}")
