"""Every setting, read from the environment and documented where it is read.

`docs/reference/settings.md` is generated from the `env(...)` calls below: name, default, meaning.
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import platformdirs
from django.core.exceptions import ImproperlyConfigured

from leadline.environment import (
    address_parts,
    env,
    env_choice,
    env_count,
    env_currency,
    env_flag,
    env_list,
    env_zone,
)

PACKAGE = Path(__file__).resolve().parent
# The command as texts name it: in a checkout it stands in bin/, installed it is on the PATH.
COMMAND = "bin/leadline" if (PACKAGE.parent / "bin" / "leadline").exists() else "leadline"

# --- where things are kept ----------------------------------------------------------------------------------------

LEADLINE_DATA = Path(
    env(
        "LEADLINE_DATA",
        platformdirs.user_data_dir("leadline", appauthor=False),
        "The data folder: database, warehouse, uploads, secret key. Back up this folder and you have everything.",
        shown="per platform, e.g. ~/.local/share/leadline",
    )
).expanduser()
DATABASE_URL = env("DATABASE_URL", "", "postgresql://user:password@host:5432/name. Empty: SQLite in the data folder.")
MEDIA_ROOT = LEADLINE_DATA / "uploads"


def _secret_key(folder: Path) -> str:
    """The key that signs sessions: made once, readable by its owner only, the same for every process."""
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f"secret.key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # fails where another process was quicker: then its key is the key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = path.read_text().strip()
    if not key:
        raise ImproperlyConfigured(
            f"{path} is empty. Delete it: the next start makes a new one, and all sign in again."
        )
    return key


SECRET_KEY = env("LEADLINE_SECRET_KEY", "", "Signs sessions and links. Empty: made once in the data folder.") or (
    _secret_key(LEADLINE_DATA)
)

# --- who may reach it ---------------------------------------------------------------------------------------------

DEBUG = env_flag("LEADLINE_DEBUG", False, "Django's debug pages. Never on a machine that others can reach.")
ALLOWED_HOSTS = env_list(
    "LEADLINE_HOSTS", "localhost,127.0.0.1,[::1]", "Host names under which people reach the site, comma-separated."
)
LEADLINE_ADDRESS = env(
    "LEADLINE_ADDRESS",
    "",
    "Where links in letters lead, such as https://sales.example.com. Empty: the first of LEADLINE_HOSTS.",
).rstrip("/")
TLS = env_flag("LEADLINE_TLS", False, "The site is reached by https: secure cookies, HSTS, http turned away.")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if TLS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- the company --------------------------------------------------------------------------------------------------

LEADLINE_TIME_ZONE = env_zone("LEADLINE_TIME_ZONE", "UTC", "The company's time zone: where its days and months begin.")
LEADLINE_CURRENCY = env_currency("LEADLINE_CURRENCY", "USD", "The base currency, ISO 4217: reports add up in it.")
LANGUAGES = [("en", "English")]  # those with a catalog in locale/
LANGUAGE_CODE = env_choice(
    "LEADLINE_LANGUAGE", "en", "The language of people who have chosen none.", among=dict(LANGUAGES)
)
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [PACKAGE / "locale"]

# --- the application ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "leadline.accounts",
    "leadline.history",
    "leadline.crm",
    "leadline.crm.searching",
    "leadline.activities",
    "leadline.rules",
    "leadline.mail",
    "leadline.imports",
    "leadline.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "leadline.web.frame.policy.content_security_policy",
    "leadline.web.doors.light.light_path",  # public forms and webhooks, before anything that is for people here
    "leadline.web.frame.statics.StaticFiles",
    "leadline.web.frame.htmx.whole_redirects",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Closed unless a view says otherwise (`login_not_required`): a page forgotten is a page behind the door.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "leadline.web.me.sessions.session_middleware",
    "leadline.web.frame.reader.reader_middleware",
    "leadline.web.frame.refusals.Refusals",
    "leadline.web.live.cursor.cursor_middleware",
    "leadline.web.frame.names.names_middleware",
    "leadline.web.frame.caching.private_pages",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "leadline.urls"
WSGI_APPLICATION = "leadline.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- pages --------------------------------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "environment": "leadline.web.templating.environment",
            "context_processors": ["leadline.web.frame.navigation.frame"],
        },
    },
    # For the few texts that libraries bring along (messages after signing in and out).
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
STATIC_URL = "/static/"
STATIC_ROOT = LEADLINE_DATA / "static"  # collected at start when it is stale; may be deleted at will
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "leadline.web.frame.statics.HashedFiles"},
}
CSRF_FAILURE_VIEW = "leadline.web.frame.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- the database -------------------------------------------------------------------------------------------------


def _sqlite() -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": LEADLINE_DATA / "leadline.sqlite3",
        # Each of the server's threads keeps its connection: to open one takes longer than most answers.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Deferred transactions lose concurrent writes to "database is locked": take the lock at the start.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
        },
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = address_parts("DATABASE_URL", url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}; it must be postgresql://user:password@host:5432/name."
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", parts.hostname or "")),  # ?host=/folder: a Unix socket
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12}, **query},
    }


DATABASES = {"default": _postgresql(DATABASE_URL) if DATABASE_URL else _sqlite()}

# --- signing in ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_ENGINE = "leadline.web.me.store"

ACCOUNT_ADAPTER = "leadline.web.entry.adapter.Adapter"  # nobody signs up by themselves
ACCOUNT_FORMS = {
    "change_password": "leadline.web.entry.new_password.Change",
    "set_password": "leadline.web.entry.new_password.Choose",
    "reset_password_from_key": "leadline.web.entry.new_password.Renew",
    "reauthenticate": "leadline.web.entry.new_password.Confirm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator gave the address, or its owner did by a link sent to it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to whoever is not here
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays, the others end
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if TLS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "leadline.web.entry.adapter.shown"

ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,15/15m/key"}  # behind the lockout below; codes of the second step too

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Leadline"
MFA_TOTP_TOLERANCE = 1  # clocks of phones
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not TLS  # browsers allow it on localhost only

# A lock belongs to the place it was earned from, which behind a proxy is what the proxy says.
ALLAUTH_TRUSTED_PROXY_COUNT = env_count(
    "LEADLINE_PROXIES",
    "1" if TLS else "0",
    "How many proxies stand before Leadline, each of which adds to X-Forwarded-For.",
    shown="1 with LEADLINE_TLS, else 0",
)
AXES_CLIENT_IP_CALLABLE = "leadline.web.entry.lockout.place"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "leadline.web.entry.lockout.who"
AXES_LOCKOUT_CALLABLE = "leadline.web.entry.lockout.locked"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- what is written to the terminal ------------------------------------------------------------------------------

# To stderr, which a service manager keeps: failures with their traceback, refused hosts and forms, closed doors.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},  # an address that is not there is no news
        "axes": {"level": "CRITICAL"},  # web.entry.lockout says the same in one line
    },
}

# --- mail that Leadline itself sends ------------------------------------------------------------------------------

EMAIL_URL = env(
    "EMAIL_URL",
    "",
    "smtp://user:password@host:587 (STARTTLS) or smtps://…:465. Empty: no mail; an administrator resets passwords.",
)
DEFAULT_FROM_EMAIL = env("LEADLINE_MAIL_FROM", "leadline@localhost", "The sender of Leadline's own mail.")


def _mail(url: str) -> dict[str, object]:
    parts = address_parts("EMAIL_URL", url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must be smtp://user:password@host:587 or smtps://user:password@host:465.")
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not local,
    }


EMAIL_TIMEOUT = 15
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_URL else 'dummy'}.EmailBackend"
if EMAIL_URL:
    globals().update(_mail(EMAIL_URL))
