"""App configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The `cms.core` app."""

    name = "cms.core"
    label = "core"
    verbose_name = "Core"
