"""What every environment shares. What differs between machines comes from the environment.

The operator's guide (docs/operators-guide.md) lists the variables.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from cms.core.logs import configure_logs
from cms.core.zones import US_ZONES

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

# Everything the program writes (database, uploads, sample calendars) stands in one folder.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL
ADMIN_PATH = "admin/"

INSTALLED_APPS = [
    "home",
    "articles",
    "scheduling",
    "locations",
    "cms.core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "phonenumber_field",
    "django_q",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "cms.core.middleware.HealthMiddleware",
    "cms.core.middleware.CanonicalHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.core.middleware.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.core.middleware.AdminContentSecurityPolicyMiddleware",
    "cms.core.middleware.RequestLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.core.middleware.SessionLimitsMiddleware",
    "cms.core.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]


def database_from(url: str) -> dict:
    """Return the Django database entry for `url`, with the options that this program relies on.

    SQLite: WAL and BEGIN IMMEDIATE. With Django's defaults up to nine in ten contending writes fail
    with "database is locked". PostgreSQL: connections are kept, which doubles the throughput.
    """
    database = environ.Env.db_url_config(url)
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return database


DATABASES = {
    "default": database_from(
        env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/practice.sqlite3")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    if REDIS_URL
    # Files, so that all processes of the machine share what counts attempts to log in.
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
# What comes from an address in a minute. Without Redis each process counts for itself, in memory:
# a flood must not become a flood of writes.
CACHES["counts"] = (
    CACHES["default"]
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counts",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
)

# The ORM broker joins the open transaction: a task enqueued in a transaction that is rolled back
# disappears with it. REDIS_URL is for the cache; the queue stays in the database on purpose.
Q_CLUSTER = {
    "name": "practice",
    "orm": "default",
    "workers": env.int("WORKERS", default=2),
    "timeout": 90,
    "retry": 120,
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "poll": 1,
    "save_limit": 250,
    "label": "Background tasks",
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Sample practice <office@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# JSON is for machines that gather logs; production.py turns it on.
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = configure_logs(as_json=False, level=LOG_LEVEL)

LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/Chicago"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
SERVE_MEDIA = False  # the proxy does
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],  # the editor's preview shows public pages in a frame
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
# W019 asks for DENY; the editor's preview frames our own pages, and frame-ancestors refuses others.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cms.core.views.csrf_failure"

# Feeds: hosts that may be fetched although they are not public (host or host:port).
FEED_ALLOWED_HOSTS = env.list("FEED_ALLOWED_HOSTS", default=[])
FEED_ALLOW_HTTP = env.bool("FEED_ALLOW_HTTP", default=False)
# How often a feed that the practice set no other interval for is read, in seconds.
FEED_POLL_SECONDS = env.int("FEED_POLL_SECONDS", default=600)
# Where the calendars of the sample practice are served, on this machine only.
SAMPLE_CALENDAR_PORT = env.int("SAMPLE_CALENDAR_PORT", default=5232)

# How many proxies of ours stand before the site, each adding to X-Forwarded-For.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# How many times can be held at once from one address of the internet. Many phones share one.
HOLDS_PER_ADDRESS = env.int("HOLDS_PER_ADDRESS", default=30)
# How many requests a minute are answered from one address: enough for a clinic where thirty people
# look for a time at once, each with a page every three seconds.
REQUESTS_PER_ADDRESS = env.int("REQUESTS_PER_ADDRESS", default=600)
LIMITED_PATHS = ("/book/", "/api/", "/contact/")

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
WAGTAILADMIN_LOGIN_URL = "account_login"
# Wagtail's own password pages stay closed: allauth's ask for the second factor too.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # the owner changes it: a reset goes to this address

ACCOUNT_ADAPTER = "cms.core.accounts.StaffAccountAdapter"
ACCOUNT_FORMS = {"login": "cms.core.accounts.StaffLoginForm"}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Five wrong passwords or codes for one log-in lock it for five minutes.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "cms.core.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "cms.core.accounts.StaffAuthenticateForm",
    "reauthenticate": "cms.core.accounts.StaffReauthenticateForm",
    "activate_totp": "cms.core.accounts.StaffActivateForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the owner wrote the address
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=True)

# How long a log-in lasts: without use, and at the longest.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
# The sample practice's log-ins have a password that anyone can read in the source.
SAMPLE_LOG_INS = False

WAGTAIL_SITE_NAME = "Practice"
WAGTAIL_USER_TIME_ZONES = list(US_ZONES)  # in which staff may read the admin's times
WAGTAIL_WORKFLOW_ENABLED = False  # editors publish; what they see before it is the check list
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict] = []  # a public page makes no request to another host
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

PHONENUMBER_DEFAULT_REGION = "US"
PHONENUMBER_DB_FORMAT = "E164"
