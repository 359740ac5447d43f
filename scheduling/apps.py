"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchedulingConfig(AppConfig):
    """The `scheduling` app."""

    name = "scheduling"
    label = "scheduling"
    verbose_name = "Scheduling"

    def ready(self) -> None:
        """Let openings follow the records that decide about them, and the clock be followed."""
        from scheduling import receivers, schedules  # noqa: PLC0415  # models must be loaded first

        receivers.connect()
        post_migrate.connect(schedules.write_schedules, sender=self)
