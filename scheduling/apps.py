"""App configuration."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """The `scheduling` app."""

    name = "scheduling"
    label = "scheduling"
    verbose_name = "Scheduling"
