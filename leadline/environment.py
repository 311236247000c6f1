"""Reading the environment, and remembering what was read so that the settings reference writes itself."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, the default as people see it, and what it means."""

    name: str
    default: str
    meaning: str


VARIABLES: dict[str, Variable] = {}


def env(name: str, default: str, meaning: str, *, shown: str | None = None) -> str:
    """The variable's text, or its default. `shown` stands in the reference where the default depends on the machine."""
    VARIABLES[name] = Variable(name, default if shown is None else shown, meaning)
    return os.environ.get(name, default)


def env_flag(name: str, default: bool, meaning: str) -> bool:
    """Yes or no. Raises ImproperlyConfigured for anything but 1/0, true/false, yes/no, on/off."""
    text = env(name, "1" if default else "0", meaning).strip().lower()
    if text in ("1", "true", "yes", "on"):
        return True
    if text in ("", "0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}; write 1 or 0.")


def env_list(name: str, default: str, meaning: str) -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [part.strip() for part in env(name, default, meaning).split(",") if part.strip()]


def env_count(name: str, default: str, meaning: str, *, shown: str | None = None) -> int:
    """A number from 0 up. Raises ImproperlyConfigured."""
    text = env(name, default, meaning, shown=shown).strip() or default
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise ImproperlyConfigured(f"{name} is {text!r}; write a number such as 0 or 1.")
    return int(text)


def env_zone(name: str, default: str, meaning: str) -> str:
    """A time zone that this machine knows. Raises ImproperlyConfigured."""
    text = env(name, default, meaning).strip() or default
    try:
        return ZoneInfo(text).key
    except (ValueError, OSError, LookupError):
        raise ImproperlyConfigured(
            f"{name} is {text!r}, which is no time zone; write one such as Europe/Berlin or UTC."
        ) from None


def env_currency(name: str, default: str, meaning: str) -> str:
    """A currency's three letters, made capital. Raises ImproperlyConfigured."""
    text = env(name, default, meaning).strip().upper() or default
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise ImproperlyConfigured(f"{name} is {text!r}; write the three letters of ISO 4217, such as EUR.")
    return text


def env_choice(name: str, default: str, meaning: str, among: Collection[str]) -> str:
    """One of a few words. Raises ImproperlyConfigured."""
    text = env(name, default, meaning).strip() or default
    if text not in among:
        raise ImproperlyConfigured(f"{name} is {text!r}; there is {', '.join(sorted(among))}.")
    return text


def address_parts(name: str, address: str) -> SplitResult:
    """The parts of the address that a variable holds, its port within range. Raises ImproperlyConfigured."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  reading it checks it
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}. A port is a number from 1 to 65535.") from None
    return parts
