"""A laptop: SQLite, mail in the console, and keys that are public: for samples only."""

import os

os.environ.setdefault("SECRET_KEY", "development-only-never-use-this-key-in-production")
os.environ.setdefault("FIELD_KEYS", "ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMtISE=")
os.environ.setdefault("REQUIRE_SECOND_FACTOR", "false")

from .base import *

DEBUG = env.bool("DEBUG", default=True)
SERVE_MEDIA = True
# Static files come from the same code as in production, not from the development server's own.
INSTALLED_APPS = ["whitenoise.runserver_nostatic", *INSTALLED_APPS]
SECRET_KEY = env.str("SECRET_KEY")
FIELD_KEYS = env.list("FIELD_KEYS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SAMPLE_LOG_INS = True
INTERNAL_IPS = ["127.0.0.1"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# The sample calendars are on this machine, without https, and looked at every minute.
FEED_ALLOWED_HOSTS = [*FEED_ALLOWED_HOSTS, f"127.0.0.1:{SAMPLE_CALENDAR_PORT}"]
FEED_ALLOW_HTTP = env.bool("FEED_ALLOW_HTTP", default=True)
FEED_POLL_SECONDS = env.int("FEED_POLL_SECONDS", default=30)
