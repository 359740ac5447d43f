"""App configuration."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """The `scheduling` app."""

    name = "scheduling"
    label = "scheduling"
    verbose_name = "Scheduling"

    def ready(self) -> None:
        """Let openings follow the records that decide about them."""
        from scheduling import receivers  # noqa: PLC0415  # models must be loaded first

        receivers.connect()
