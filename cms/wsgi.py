"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from locations.zip_codes import load_in_background

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()
load_in_background()
