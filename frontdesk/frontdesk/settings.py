"""Django's settings, worked out from the checked ones in `CONFIG` (frontdesk/conf.py)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from frontdesk.conf import load
from frontdesk.database import database

CONFIG = load()

# A technical error page would show a person's words: it is never on, in development neither.
DEBUG = False
SECRET_KEY = CONFIG.secret_key
ALLOWED_HOSTS = sorted({"localhost", "127.0.0.1", "[::1]", CONFIG.host, urlsplit(CONFIG.public_url).hostname or ""})
CSRF_TRUSTED_ORIGINS = [CONFIG.public_url]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "frontdesk.transcripts",
    "frontdesk.search",
    "frontdesk.webchat",
    "frontdesk.sms",
    "frontdesk.widget",
    "frontdesk.pages",
    "frontdesk.server",
    "frontdesk.accounts",
    "frontdesk.audit",
    "frontdesk.desk",
    "frontdesk.keeping",
    "frontdesk.alerts",
    "frontdesk.exports",
    "frontdesk.figures",
]

MIDDLEWARE = [
    "frontdesk.pages.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "frontdesk.webchat.cors.ExactOrigins",
    "frontdesk.pages.hosts.KnownHosts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "frontdesk.accounts.idle.IdleTimeOut",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "frontdesk.urls"
WSGI_APPLICATION = "frontdesk.wsgi.application"
CSRF_FAILURE_VIEW = "frontdesk.refusals.csrf_failed"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "frontdesk.safety.context.numbers",
                "frontdesk.desk.menu.menu",
            ]
        },
    }
]

DATABASES = {"default": database(CONFIG.database_url, CONFIG.root)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
# Served from the apps' own folders: no collecting step to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Who works at the desk. The cookies are the desk's: no public page ever sees one.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("UserAttributeSimilarityValidator", {}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
SESSION_COOKIE_AGE = 12 * 3600  # at most, however busy the day; the idle time-out comes sooner
OTP_TOTP_ISSUER = f"{CONFIG.helpline.name}: coordinators' desk"

# Five wrong passwords for one name from one address: a quarter of an hour's wait. One name alone would let anybody lock
# a coordinator out; one address alone, everybody behind the same office's.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "frontdesk.accounts.login.address"
# What is typed as a name may be a password, and `next` may hold a search for somebody's words: neither is kept.
AXES_USERNAME_CALLABLE = "frontdesk.accounts.login.hashed_name"
AXES_SENSITIVE_PARAMETERS = ["username", "next", "csrfmiddlewaretoken"]
AXES_LOCKOUT_CALLABLE = "frontdesk.accounts.login.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # the audit log is the one log
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
# The scheme behind a proxy is the server's to find out (frontdesk/server/waitress.py).
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.public_url.startswith("https:")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "wordless": {"()": "frontdesk.logs.Wordless", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "wordless"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # httpx writes a line for every request; Django would mail errors with the request's body.
    "loggers": {
        "httpx": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
        "presidio-analyzer": {"level": "ERROR"},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
