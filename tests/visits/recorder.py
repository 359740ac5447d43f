"""Going through the site with Django's test client, and noting what answered."""

from types import TracebackType
from typing import Any, Self

from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.test.signals import template_rendered
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from tests.architecture.inventory import field_name, filled_blocks, stream_fields, subpage


class Visits:
    """What was visited within the `with` block: routes, page types, blocks and templates."""

    def __init__(self) -> None:
        self.client = Client()
        self.routes: set[str] = set()
        self.page_types: set[str] = set()
        self.blocks: set[str] = set()
        self.templates: set[str] = set()

    def __enter__(self) -> Self:
        template_rendered.connect(self._on_template)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        template_rendered.disconnect(self._on_template)

    def start_anew(self) -> None:
        """Go on as somebody else, whom the site does not know."""
        self.client = Client()

    def get(self, address: str, *, status: int = 200, **options: Any) -> HttpResponse:
        """Open `address` and return the answer, which must have `status`."""
        return self._note(address, self.client.get(address, **options), status)

    def post(
        self, address: str, data: Any = None, *, status: int = 302, **options: Any
    ) -> HttpResponse:
        """Send `data` to `address` and return the answer, which must have `status`."""
        return self._note(address, self.client.post(address, data, **options), status)

    def delete(self, address: str, *, status: int, **options: Any) -> HttpResponse:
        """Delete what is at `address` and return the answer, which must have `status`."""
        return self._note(address, self.client.delete(address, **options), status)

    def _note(self, address: str, response: HttpResponse, status: int) -> HttpResponse:
        assert response.status_code == status, f"{address} answered {response.status_code}"
        self.routes.add(response.resolver_match.route)
        page = (getattr(response, "context_data", None) or {}).get("page")
        if isinstance(page, Page):
            self._note_page(page, address)
        return response

    def _note_page(self, page: Page, address: str) -> None:
        model = type(page)
        self.page_types.add(model._meta.label)
        if isinstance(page, RoutablePageMixin):
            below = address.split("?", maxsplit=1)[0].removeprefix(page.url.rstrip("/"))
            self.page_types.add(subpage(model, page.resolve_subpage(below)[0]))
        for field in stream_fields([model]):
            value = field.value_from_object(page)
            self.blocks.update(filled_blocks(field.stream_block, value, field_name(field)))

    def _on_template(self, sender: Template, **_: Any) -> None:
        if sender.name:
            self.templates.add(sender.name)
