"""ASGI entry point."""

import os

from django.core.asgi import get_asgi_application

from locations.zip_codes import load_in_background

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_asgi_application()
load_in_background()
