"""What the program consists of, read from the program itself: addresses, pages, blocks, templates.

Each function returns names; the completeness test compares them with what was visited.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import AppConfig, apps
from django.db.models import Field, Model
from django.urls import URLPattern, get_resolver
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.base import ViewSet
from wagtail.blocks import BaseBlock, ListBlock, StaticBlock, StreamBlock, StructBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import get_page_models

PROJECT = Path(__file__).resolve().parents[2]
OURS = ("cms", "home", "articles", "scheduling", "locations")


class Route(NamedTuple):
    """An address pattern as `ResolverMatch.route` writes it, and the module that answers."""

    pattern: str
    module: str


def is_ours(module: str) -> bool:
    """Say whether a module belongs to this project."""
    return module.split(".", maxsplit=1)[0] in OURS


def our_apps() -> list[AppConfig]:
    """Return the apps of this project."""
    return [app for app in apps.get_app_configs() if is_ours(app.name)]


def routes(patterns: Iterable[Any] | None = None, below: str = "") -> Iterator[Route]:
    """Yield each address pattern among `patterns`, by default of the whole site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = below + str(pattern.pattern).removeprefix("^" if below else "")
        if isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield Route(route, view.__module__)
        else:
            yield from routes(pattern.url_patterns, route)


def our_viewsets() -> list[ViewSet]:
    """Return the sets of staff screens that this project adds to the admin."""
    return [each for each in viewsets.viewsets if is_ours(type(each).__module__)]


def staff_routes(admin_path: str) -> set[str]:
    """Return the patterns of the staff screens that this project adds to the admin."""
    found = {
        route.pattern
        for route in routes()
        if route.pattern.startswith(admin_path) and is_ours(route.module)
    }
    for viewset in our_viewsets():
        below = f"{admin_path}{viewset.url_prefix}/"
        found |= {route.pattern for route in routes(viewset.get_urlpatterns(), below)}
    return found


def public_routes(admin_path: str) -> set[str]:
    """Return the patterns of all addresses outside the admin."""
    return {route.pattern for route in routes() if not route.pattern.startswith(admin_path)}


def page_types() -> set[str]:
    """Return each page type, and each address that a page of it answers below its own."""
    found = set()
    for model in get_page_models():
        if model._meta.app_config in our_apps():
            found.add(model._meta.label)
            if issubclass(model, RoutablePageMixin):
                views = (pattern.callback for pattern in model.get_subpage_urls())
                found |= {subpage(model, view) for view in views if is_ours(view.__module__)}
    return found


def subpage(model: type[Model], view: Any) -> str:
    """Return the name under which an address below a page's own is listed."""
    return f"{model._meta.label} → {view.__name__}"


def stream_fields(models: Iterable[type[Model]] | None = None) -> Iterator[StreamField]:
    """Yield each field that holds blocks among `models`, by default all of this project."""
    if models is None:
        models = [model for app in our_apps() for model in app.get_models()]
    for model in models:
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                yield field


def blocks(fields: Iterable[StreamField]) -> set[str]:
    """Return each block at each place where an editor can put it, as a path of names."""
    return {path for field in fields for path in block_paths(field.stream_block, field_name(field))}


def field_name(field: Field) -> str:
    """Return the name under which the blocks of a field are listed."""
    return f"{field.model._meta.label}.{field.name}"


def block_paths(block: BaseBlock, path: str) -> Iterator[str]:
    """Yield `path` and that of each block below it, at which an editor can put something."""
    if isinstance(block, ListBlock):
        yield from block_paths(block.child_block, f"{path}[]")
        return
    yield path
    if isinstance(block, StreamBlock | StructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            yield from block_paths(child, f"{path}.{name}")


def filled_blocks(block: BaseBlock, value: Any, path: str) -> Iterator[str]:
    """Yield the path of each block of `value` that has something in it."""
    if isinstance(block, ListBlock):
        for item in value or []:
            yield from filled_blocks(block.child_block, item, f"{path}[]")
        return
    is_empty = value in (None, "") or (hasattr(value, "source") and not value.source)
    if is_empty and not isinstance(block, StaticBlock):
        return
    yield path
    if isinstance(block, StreamBlock):
        for child in value:
            yield from filled_blocks(child.block, child.value, f"{path}.{child.block_type}")
    elif isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        for name, child_block in block.child_blocks.items():
            yield from filled_blocks(child_block, value.get(name), f"{path}.{name}")


def templates(folders: Iterable[Path] | None = None) -> set[str]:
    """Return the name of each template below `folders`, by default those of this project's apps."""
    if folders is None:
        folders = [Path(app.path) / "templates" for app in our_apps()]
    return {
        str(path.relative_to(folder))
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


def differences(
    there: Collection[str], visited: Collection[str], excused: Mapping[str, str]
) -> list[str]:
    """Return a line for each thing that nobody visited, and for each excuse that excuses nothing.

    `excused` gives a reason by name.
    """
    unvisited = set(there) - set(visited) - set(excused)
    needless = dict.fromkeys(set(excused) & set(visited), "is visited")
    needless |= dict.fromkeys(set(excused) - set(there), "does not exist")
    return [
        *(f"{name}: no test visits it (tests/visits says how)" for name in sorted(unvisited)),
        *(f"{name}: excused, but it {why}" for name, why in sorted(needless.items())),
    ]
