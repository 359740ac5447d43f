"""App configuration."""

from django.apps import AppConfig

from .logs import forget_values_of_failed_task


class CoreConfig(AppConfig):
    """The `cms.core` app."""

    name = "cms.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Register the house's checks; keep private values out of the table of failed tasks."""
        from django_q.signals import post_execute_in_worker  # noqa: PLC0415  # needs all apps

        from . import checks  # noqa: F401, PLC0415  # registers itself

        post_execute_in_worker.connect(forget_values_of_failed_task)
