"""Reading the environment, and remembering what was read so that the settings reference writes itself."""

from __future__ import annotations

import os
from dataclasses import dataclass

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
