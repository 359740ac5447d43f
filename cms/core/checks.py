"""The rules of this house that a machine can see. `manage.py check` refuses what breaks them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db.models import Model
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.blocks import Block, StreamBlock, StructBlock
from wagtail.blocks.list_block import ListBlock
from wagtail.fields import StreamField
from wagtail.models import Page, RevisionMixin
from wagtail.search.index import Indexed

from .fields import EncryptedTextField
from .models import BasePage

OURS = ("articles", "cms", "home", "locations", "scheduling")


def is_ours(thing: type) -> bool:
    """Return whether a class is of this project, not of a library."""
    return thing.__module__.split(".")[0] in OURS


@register(Tags.models)
def check_pages(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Each page type extends BasePage and has the template it names."""
    pages = [model for model in apps.get_models() if issubclass(model, Page) and is_ours(model)]
    return [problem for page in pages for problem in page_problems(page)]


def page_problems(page: type[Page]) -> Iterator[CheckMessage]:
    """Yield what is wrong with one page type."""
    if not issubclass(page, BasePage):
        yield Error("A page type extends BasePage.", obj=page, id="house.E001")
    if not _exists(page.template):
        yield Error(f"The template {page.template} is missing.", obj=page, id="house.E002")


@register(Tags.models)
def check_blocks(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Each block that editors can pick says what it is for, shows itself and has a template."""
    return [
        problem
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if is_ours(model) and isinstance(field, StreamField)
        for block in pickable(field.stream_block)
        for problem in block_problems(block, where=f"{model.__name__}.{field.name}")
    ]


def pickable(block: Block) -> Iterator[Block]:
    """Yield every block within `block`, however deep, that an editor picks from a list."""
    if isinstance(block, StreamBlock):
        yield from block.child_blocks.values()
    for child in _children(block):
        yield from pickable(child)


def _children(block: Block) -> Iterable[Block]:
    if isinstance(block, StreamBlock | StructBlock):
        return block.child_blocks.values()
    return [block.child_block] if isinstance(block, ListBlock) else []


def block_problems(block: Block, *, where: str) -> Iterator[CheckMessage]:
    """Yield what is wrong with one block; `where` names the field that offers it."""
    name = f"{where}: {block.name} ({type(block).__name__})"
    if not block.get_description():
        yield Error(f"{name} doesn't say what it is for: give it a description.", id="house.E003")
    if not block.is_previewable:
        yield Error(f"{name} shows no preview: give it a preview_value.", id="house.E004")
    if not is_ours(type(block)):
        return
    template = block.get_template() or ""
    # A block may show itself as the one that it narrows.
    allowed = [_template_name(each) for each in type(block).__mro__ if is_ours(each)]
    if template.rpartition("/")[2] not in allowed:
        yield Error(f"{name} needs a template that is named {allowed[0]}.", id="house.E005")
    elif not _exists(template):
        yield Error(f"{name} names a template that is missing: {template}.", id="house.E006")


@register(Tags.models)
def check_private_models(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """What is encrypted is copied nowhere: not into the search index, not into revisions."""
    return [problem for model in apps.get_models() for problem in private_model_problems(model)]


def private_model_problems(model: type[Model]) -> Iterator[CheckMessage]:
    """Yield what is wrong with a model that has encrypted fields."""
    if not any(isinstance(field, EncryptedTextField) for field in model._meta.get_fields()):
        return
    if issubclass(model, Indexed):
        yield Error("A model with encrypted fields is not searched.", obj=model, id="house.E007")
    if issubclass(model, RevisionMixin):
        yield Error("A model with encrypted fields has no revisions.", obj=model, id="house.E008")


def _template_name(block: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", block.__name__).lower() + ".html"


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
