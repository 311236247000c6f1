"""Every setting, read from the environment and documented where it is read.

`docs/reference/settings.md` is generated from the `env(...)` calls below: name, default, meaning.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import platformdirs
from django.core.exceptions import ImproperlyConfigured

from leadline.environment import env, env_flag, env_list

PACKAGE = Path(__file__).resolve().parent

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
    return path.read_text().strip()


SECRET_KEY = env("LEADLINE_SECRET_KEY", "", "Signs sessions and links. Empty: made once in the data folder.") or (
    _secret_key(LEADLINE_DATA)
)

# --- who may reach it ---------------------------------------------------------------------------------------------

DEBUG = env_flag("LEADLINE_DEBUG", False, "Django's debug pages. Never on a machine that others can reach.")
ALLOWED_HOSTS = env_list(
    "LEADLINE_HOSTS", "localhost,127.0.0.1,[::1]", "Host names under which people reach the site, comma-separated."
)
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

LEADLINE_TIME_ZONE = env("LEADLINE_TIME_ZONE", "UTC", "The company's time zone: where its days and months begin.")
LEADLINE_CURRENCY = env("LEADLINE_CURRENCY", "USD", "The base currency, ISO 4217: reports add up in it.")
LANGUAGE_CODE = env("LEADLINE_LANGUAGE", "en", "The language of people who have chosen none.")
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
    "leadline.activities",
    "leadline.imports",
    "leadline.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "leadline.urls"
WSGI_APPLICATION = "leadline.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"

# --- the database -------------------------------------------------------------------------------------------------


def _sqlite() -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": LEADLINE_DATA / "leadline.sqlite3",
        "OPTIONS": {
            # Deferred transactions lose concurrent writes to "database is locked": take the lock at the start.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
        },
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
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
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
