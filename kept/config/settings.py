"""The one settings file. Only here is the environment read; everything has a safe default or a clear refusal.

Names and meanings are listed in docs/guides/settings.md. Addresses of the database are one per role: a process
holds only the addresses that its work needs.
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONCE

from kept.database import addresses
from kept.post import mailbox
from kept.staff import sign_in

HOME = Path(os.environ.get("KEPT_HOME", "var")).resolve()
# The private half of the key that seals the ledger, where the sealer runs: see docs/decisions/0015.
SEALING_KEY = Path(os.environ.get("KEPT_SEALING_KEY", HOME / "secrets" / "sealing_key"))
# Letters and messages wait here to be fetched: see kept/post/outbox.py.
OUTBOX = Path(os.environ.get("KEPT_OUTBOX", HOME / "outbox"))
# The mailbox that messages are fetched from: see kept/post/mailbox.py, which refuses what it cannot use.
MAILBOX = {name: os.environ.get(name, "") for name in mailbox.SETTINGS}
# In a checkout they stand beside the program; a wheel brings them inside.
CHECKED_OUT, BROUGHT = (Path(__file__).parents[above] / "definitions" for above in (2, 1))
DEFINITIONS = Path(os.environ.get("KEPT_DEFINITIONS", BROUGHT if BROUGHT.is_dir() else CHECKED_OUT))


def kept_secret(name: str) -> str:
    """The secret of this name: from KEPT_<NAME>, else from a private file in KEPT_HOME, made at first use."""
    if given := os.environ.get(f"KEPT_{name.upper()}"):
        return given
    file = HOME / "secrets" / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Exclusive and private from the first byte; the other process's secret wins if two start at once.
        try:
            with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
    return file.read_text()


def yes(name: str, *, default: bool) -> bool:
    return os.environ.get(name, "yes" if default else "no").lower() in ("yes", "true", "1")


DEBUG = False
SECRET_KEY = kept_secret("secret_key")
SECOND_FACTOR_KEY = kept_secret("second_factor_key")
ALLOWED_HOSTS = os.environ.get("KEPT_HOSTS", "localhost,127.0.0.1").split(",")
BEHIND_TLS = yes("KEPT_BEHIND_TLS", default=False)
# How many proxies stand in front, each of which writes down who called it: of X-Forwarded-For no more is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KEPT_PROXIES", "1" if BEHIND_TLS else "0"))
# Who may say that a request came over TLS, and from where: see kept/config/proxies.py.
PROXY_ADDRESSES = os.environ.get("KEPT_PROXY_ADDRESSES", "127.0.0.1,::1").split(",")
# Where the source of the program that runs here can be had (AGPL-3.0, section 13): in the foot of every page.
SOURCE = os.environ.get("KEPT_SOURCE", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "kept.published",
    "kept.ledger",
    "kept.staff",
    "kept.record",
    "kept.intake",
    "kept.web",
    "kept.config",
]

MIDDLEWARE = [
    "kept.web.health.HealthMiddleware",
    "kept.web.access.AccessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kept.staff.second_factor.SecondFactorMiddleware",
    "kept.web.answers.AnswerMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kept.config.urls"
WSGI_APPLICATION = "kept.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parents[1] / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "kept.web.jinja.environment",
            "context_processors": ["kept.web.jinja.furniture"],
        },
    },
]

DATABASES = addresses.django_databases(os.environ, home=HOME)
# Working out how to answer a page's statements costs twice what answering them does, and the outcome is the same for
# every child: so it is done once a connection, whatever the values. A statement is kept from its second use on.
PLANNED_ONCE = {
    "server_side_binding": True,
    "prepare_threshold": 1,
    "options": "-c plan_cache_mode=force_generic_plan",
}
for _address in DATABASES.values():
    _address["ENGINE"] = "kept.database"
for _alias in ("default", "intake"):
    DATABASES[_alias]["OPTIONS"] = PLANNED_ONCE | DATABASES[_alias]["OPTIONS"]
DATABASE_ROUTERS = ["kept.database.routing.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.Account"
SESSION_ENGINE = "kept.staff.sessions"
for _name in sign_in.__all__:
    globals()[_name] = getattr(sign_in, _name)
LOGIN_REDIRECT_URL = "/"
# Which passwords were published in breaches: see kept/staff/passwords.py for the form of the file.
BREACHED_PASSWORDS = Path(given) if (given := os.environ.get("KEPT_BREACHED_PASSWORDS")) else None

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
# A browser takes a cookie of such a name over HTTPS alone, from this host alone (RFC 6265bis, section 4.1.3.2).
SESSION_COOKIE_NAME = "__Host-sessionid" if BEHIND_TLS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if BEHIND_TLS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Nothing about a family is ever logged: only what happened, and the request's own number (kept/config/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "kept.config.logs.Formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Each page asked for, where that is wanted.
        "kept.access": {"level": "INFO" if yes("KEPT_LOG_PAGES", default=False) else "WARNING"},
        # It would tell addresses of single messages, and who reads is told in a sentence anyway.
        "urllib3": {"level": "ERROR"},
        # A page that is not there is no fault of ours, and is among the pages asked for.
        "django.request": {"level": "ERROR"},
    },
}
