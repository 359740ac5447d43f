"""The test suite: like development, with fast passwords and mail kept in memory."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="practice-test-"))

from .development import *

DEBUG = SERVE_MEDIA = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if not REDIS_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
# Each process of a run, and each run, counts for itself. To clear a cache on Redis empties a whole
# database there, so each process has one of its own; the site under test keeps that of REDIS_URL.
if REDIS_URL:
    number = 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rsplit('/', 1)[0]}/{number}"
CACHES["default"]["KEY_PREFIX"] = f"test-{os.getpid()}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
