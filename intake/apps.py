"""App configuration."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The `intake` app."""

    name = "intake"
    label = "intake"
    verbose_name = "Intake"
