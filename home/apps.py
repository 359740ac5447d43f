"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    """The `home` app."""

    name = "home"
    label = "home"
    verbose_name = "Site"

    def ready(self) -> None:
        """Keep the groups of staff as their table says."""
        from .staff_groups import keep_staff_groups  # noqa: PLC0415  (models load after apps)

        post_migrate.connect(keep_staff_groups, sender=self)
