"""A server that clients reach. Refuses to start with a missing or unsafe value and names it."""

from .base import *
from .safety import refuse_unsafe

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
FIELD_KEYS = env.list("FIELD_KEYS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = [BASE_URL]

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

LOGGING = configure_logs(as_json=True, level=LOG_LEVEL)

refuse_unsafe(
    secret_key=SECRET_KEY,
    field_keys=FIELD_KEYS,
    allowed_hosts=ALLOWED_HOSTS,
    base_url=BASE_URL,
    email_backend=EMAIL_CONFIG["EMAIL_BACKEND"],
    default_from_email=DEFAULT_FROM_EMAIL,
    database_url_given="DATABASE_URL" in env,
    require_second_factor=REQUIRE_SECOND_FACTOR,
)
