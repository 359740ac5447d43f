"""What the program consists of, read from the program itself."""

from pathlib import Path

from django.apps import AppConfig, apps

PROJECT = Path(__file__).resolve().parents[2]
OURS = ("cms", "home", "articles", "scheduling", "locations")


def our_apps() -> list[AppConfig]:
    """Return the apps of this project."""
    return [app for app in apps.get_app_configs() if app.name.split(".")[0] in OURS]
