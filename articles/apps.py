"""App configuration."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """The `articles` app."""

    name = "articles"
    label = "articles"
    verbose_name = "Glossary"
