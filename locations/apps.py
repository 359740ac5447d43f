"""App configuration."""

from django.apps import AppConfig


class LocationsConfig(AppConfig):
    """The `locations` app."""

    name = "locations"
    label = "locations"
    verbose_name = "Locations"
