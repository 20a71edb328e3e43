"""Every setting of Wenyi. What differs between two places comes from the environment; see docs/SETTINGS.md."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import env

from portal.environment import database, email, keys, networks, read, site, text, words

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

SWITCH = "1 or 0"
COUNT = "a whole number above zero"

# --- Where and for whom -------------------------------------------------------------------------------------

DEBUG = read(env.bool, "DEBUG", False, SWITCH)
DEMO = read(env.bool, "DEMO", False, SWITCH)
PORT = read(env.int, "PORT", 8000, "a port number")

SECRET_KEY = read(text, "SECRET_KEY", "development-only-" * 4 if DEBUG else "", "a long random text")
SECRET_KEY_FALLBACKS = read(words, "SECRET_KEY_FALLBACKS", [], "former secret keys, separated by commas")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to a random text of at least 50 characters, "
        "or start the site with `make run`, which makes and keeps one; DEBUG=1 needs none."
    )

SEALED_KEYS = read(keys, "SEALED_KEYS", [], "Fernet keys (32 bytes, URL-safe base64), separated by commas")
if not SEALED_KEYS and DEBUG:
    SEALED_KEYS = [base64.urlsafe_b64encode(hashlib.sha256(SECRET_KEY.encode()).digest()).decode()]
if not SEALED_KEYS:
    raise ImproperlyConfigured(
        "SEALED_KEYS is not set. Set it to one or more Fernet keys (32 random bytes in URL-safe base64), separated "
        "by commas: the first one encrypts, the others still decrypt. `make run` makes and keeps one."
    )

SITE = read(site, "SITE_URL", urlsplit(f"http://127.0.0.1:{PORT}"), "scheme and host, like https://wenyi.example")
SITE_URL = f"{SITE.scheme}://{SITE.netloc}"
HTTPS = SITE.scheme == "https"
ALLOWED_HOSTS = read(words, "ALLOWED_HOSTS", [SITE.hostname or ""], "host names, separated by commas")
TRUSTED_PROXIES = read(networks, "TRUSTED_PROXIES", [], "addresses or networks, like 10.0.0.0/8, separated by commas")

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "portal",
    "articles",
    "faq",
    "people",
    "search",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": read(
        lambda name: database(text(name)),
        "DATABASE_URL",
        database(f"sqlite:///{VAR_DIR / 'wenyi.sqlite3'}"),
        "sqlite:///path or postgresql://user:password@host/name",
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INDEX_DIR = read(env.path, "INDEX_DIR", VAR_DIR / "index", "a folder")
MEDIA_ROOT = MEDIA_DIR = read(env.path, "MEDIA_DIR", VAR_DIR / "media", "a folder")
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- People and languages -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hant", "繁體中文")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "Asia/Taipei"
USE_I18N = True
USE_TZ = True

TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
