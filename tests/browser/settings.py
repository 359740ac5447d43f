"""The settings under which browser tests serve the site: the suite's, with a real address and mail.

Run by the server and the worker that conftest.py starts, each in a process of its own.
"""

from cms.settings.test import *

BASE_URL = WAGTAILADMIN_BASE_URL = env.str("BASE_URL")
vars().update(EMAIL_CONFIG)
# Static files come straight from the apps' folders; collecting them would cost every run seconds.
WHITENOISE_USE_FINDERS = True
