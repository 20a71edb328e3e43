"""Every setting of Wenyi. What differs between two places comes from the environment: see docs/SETTINGS.md."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from portal.environment import (
    Network,
    above_zero,
    database,
    databases,
    folder,
    is_loopback,
    keys,
    log_level,
    mailer,
    networks,
    port,
    read,
    site,
    switch,
    text,
    words,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# --- Where and for whom -------------------------------------------------------------------------------------

DEBUG = read(switch, "DEBUG", False, "1 or 0")
DEMO = read(switch, "DEMO", False, "1 or 0")
PORT = read(port, "PORT", 8000, "a port number")

SECRET_KEY = read(text, "SECRET_KEY", "development-only-" * 4 if DEBUG else "", "a long random text")
SECRET_KEY_FALLBACKS: list[str] = read(words, "SECRET_KEY_FALLBACKS", [], "former secret keys, separated by commas")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to a random text of at least 50 characters, or start the site with `make run`, "
        "which makes and keeps one."
    )

SEALED_KEYS: list[str] = read(
    keys, "SEALED_KEYS", [], "Fernet keys (32 bytes in URL-safe base64), separated by commas"
)
if not SEALED_KEYS and DEBUG:
    SEALED_KEYS = [base64.urlsafe_b64encode(hashlib.sha256(SECRET_KEY.encode()).digest()).decode()]
if not SEALED_KEYS:
    raise ImproperlyConfigured(
        "SEALED_KEYS is not set. Set it to one or more Fernet keys (32 random bytes in URL-safe base64), separated by "
        "commas: the first encrypts, the others still decrypt. `make run` makes and keeps one."
    )

SITE = read(site, "SITE_URL", urlsplit(f"http://127.0.0.1:{PORT}"), "scheme and host, like https://wenyi.example")
SITE_URL = f"{SITE.scheme}://{SITE.netloc}"
HTTPS = SITE.scheme == "https"
# Demo accounts have published passwords: they sign in, and without a second factor, only here.
DEMO_ACCOUNTS = DEMO and is_loopback(SITE.hostname or "")
DEMO_PASSWORD = "wenyi-demo"  # noqa: S105  # nosec B105

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"] if is_loopback(SITE.hostname or "") else []
ALLOWED_HOSTS = read(words, "ALLOWED_HOSTS", LOOPBACK or [SITE.hostname or ""], "host names, separated by commas")
TRUSTED_PROXIES: list[Network] = read(
    networks, "TRUSTED_PROXIES", [], "addresses or networks like 10.0.0.0/8, separated by commas"
)

# --- Parts --------------------------------------------------------------------------------------------------

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "portal",
    "articles",
    "faq",
    "people",
    "search",
    "portal.admin_config.WenyiAdminConfig",
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
]

MIDDLEWARE = [
    "portal.headers.SecurityHeaders",
    "portal.compressed.Compressed",
    "portal.proxies.TrustedProxies",
    "portal.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.wellformed.WellFormed",
    "portal.replicas.PinToPrimary",
    "portal.old_addresses.OldAddresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.SecondFactor",
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
            "libraries": {"text": "text.template"},
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": read(
        database,
        "DATABASE_URL",
        database(f"sqlite:///{VAR_DIR / 'wenyi.sqlite3'}"),
        "sqlite:///path or postgresql://user:password@host/name, with what is special in it percent-encoded",
    ),
    **read(databases, "REPLICA_URLS", {}, "addresses as in DATABASE_URL, separated by blanks"),
}
REPLICAS = [alias for alias in DATABASES if alias != "default"]
DATABASE_ROUTERS = ["portal.replicas.Replicas"] if REPLICAS else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = read(text, "REDIS_URL", "", "redis://host:6379/0")
DATABASE_CACHE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "wenyi_cache"}
CACHES: dict[str, dict[str, Any]] = {"default": DATABASE_CACHE, "database": DATABASE_CACHE}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "portal.caches.RedisOrDatabase",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }

INDEX_DIR = read(folder, "INDEX_DIR", VAR_DIR / "index", "a folder")
MEDIA_ROOT = MEDIA_DIR = read(folder, "MEDIA_DIR", VAR_DIR / "media", "a folder")
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN if DEBUG else HASHED},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Days after which a text whose review is overdue is kept out of search engines.
REVIEW_GRACE_DAYS = read(above_zero, "REVIEW_GRACE_DAYS", 180.0, "a number of days above zero")

# Whether pages of questions say in their structured data that people can ask there (schema.org's QAPage).
QA_PAGES = read(switch, "QA_PAGES", False, "1 or 0")

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
UPLOAD_MAX_SIZE = 8 * 1024 * 1024  # ours: the body of a form with files, which only the admin has

# Enqueued within the transaction that needs them, so that both happen or neither.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Staff --------------------------------------------------------------------------------------------------

RATE_LIMIT_SCALE = read(above_zero, "RATE_LIMIT_SCALE", 1.0, "a number above zero")


def scaled(amount: int) -> int:
    return max(1, round(amount * RATE_LIMIT_SCALE))


AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "portal.accounts.StaffAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE.scheme
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Wenyi] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Administrators type the addresses in, and nobody can sign up with a stranger's.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "portal.sign_in.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_RATE_LIMITS = {
    "change_password": f"{scaled(5)}/m/user",
    "manage_email": f"{scaled(10)}/m/user",
    "reset_password": f"{scaled(20)}/m/ip,{scaled(5)}/m/key",
    "reauthenticate": f"{scaled(10)}/m/user",
    "reset_password_from_key": f"{scaled(20)}/m/ip",
    "signup": f"{scaled(20)}/m/ip",
    "login": f"{scaled(30)}/m/ip",
    "login_failed": f"{scaled(10)}/m/ip,{scaled(5)}/300s/key",
}
MFA_ADAPTER = "portal.accounts.SealedAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": f"{scaled(10)}/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Wenyi"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = is_loopback(SITE.hostname or "")

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 60 * 60
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

# --- Languages and mail -------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hant", "繁體中文")]
# The house's own words, and what libraries lack or say in other ones.
LOCALE_PATHS = [BASE_DIR / "portal" / "locale", BASE_DIR / "portal" / "library_locale"]
TIME_ZONE = "Asia/Taipei"
USE_I18N = True
USE_TZ = True

MAIL = read(mailer, "EMAIL_URL", mailer("console://"), "console:// or smtp+tls://user:password@host:587")
EMAIL_BACKEND, EMAIL_FILE_PATH = MAIL.backend, MAIL.folder
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = MAIL.host, MAIL.port, MAIL.timeout
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.use_ssl, MAIL.use_tls
DEFAULT_FROM_EMAIL = read(text, "DEFAULT_FROM_EMAIL", f"Wenyi <noreply@{SITE.hostname}>", "an e-mail address")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Security -----------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
# Django 6's name and shape.
SECURE_CSP = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "img-src": ["'self'", "data:"],
    "manifest-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "worker-src": ["'self'"],
}
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ["camera", "display-capture", "geolocation", "microphone", "payment", "usb"]
)

# --- Logs ---------------------------------------------------------------------------------------------------

LOG_LEVEL = read(log_level, "LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "portal.logs.ScrubbingFormatter", "readable": DEBUG}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "lines"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # portal.logs.RequestLog has a line for every request; Django adds what went wrong inside.
        "django.request": {"level": "ERROR"},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "django.security.csrf": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
