"""Django's settings, worked out from the checked ones in `CONFIG` (frontdesk/conf.py)."""

from __future__ import annotations

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
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "frontdesk.transcripts",
    "frontdesk.search",
    "frontdesk.webchat",
    "frontdesk.sms",
    "frontdesk.widget",
    "frontdesk.pages",
    "frontdesk.server",
]

MIDDLEWARE = [
    "frontdesk.pages.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "frontdesk.webchat.cors.ExactOrigins",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
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
                "frontdesk.safety.context.numbers",
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
        "presidio-analyzer": {"level": "ERROR"},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
