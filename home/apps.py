"""App configuration."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The `home` app."""

    name = "home"
    label = "home"
    verbose_name = "Site"
