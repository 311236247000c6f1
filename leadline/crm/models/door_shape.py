"""What a door may ask, say and look like: checked here once, so that whoever opens it can rely on it (R39)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.colours import contrast


class FieldKind(models.TextChoices):
    """What a field of a form takes."""

    TEXT = "text", gettext_lazy("Line of text")
    LONG = "long", gettext_lazy("Several lines")
    EMAIL = "email", gettext_lazy("E-mail address")
    PHONE = "phone", gettext_lazy("Telephone number")
    URL = "url", gettext_lazy("Web address")
    NUMBER = "number", gettext_lazy("Number")
    DATE = "date", gettext_lazy("Day")
    CHOICE = "choice", gettext_lazy("One of several")
    CHOICES = "choices", gettext_lazy("Some of several")
    CHECK = "check", gettext_lazy("Tick")
    HIDDEN = "hidden", gettext_lazy("Hidden, always the same")


# What a lead is made of, by the names of fields; any other name, and what cannot be read, is told in a note.
OURS: dict[str, tuple[str | Promise, FieldKind]] = {
    "person": (gettext_lazy("Name"), FieldKind.TEXT),
    "first_name": (gettext_lazy("First name"), FieldKind.TEXT),
    "last_name": (gettext_lazy("Last name"), FieldKind.TEXT),
    "email": (gettext_lazy("E-mail"), FieldKind.EMAIL),
    "phone": (gettext_lazy("Telephone"), FieldKind.PHONE),
    "organization": (gettext_lazy("Organization"), FieldKind.TEXT),
    "website": (gettext_lazy("Website"), FieldKind.URL),
    "job_title": (gettext_lazy("Job title"), FieldKind.TEXT),
    "title": (gettext_lazy("Title of the lead"), FieldKind.TEXT),
    "message": (gettext_lazy("Message"), FieldKind.LONG),
}
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
WHENCE = ("page", "referrer", *UTM)  # kept with the arrival; webhooks may send them too
OWN = "own."  # before the key of an own field of leads
NAMING = ("email", "person", "first_name", "last_name", "organization", "phone")  # one of them at least

TEXTS = {"title": 200, "intro": 2000, "button": 60, "thanks": 2000, "go_to": 500, "consent_word": 200}
COLOURS = ("accent", "paper", "ink")
FONTS = ("system", "serif", "mono")
SCHEMES = ("auto", "light", "dark")
READABLE = 4.5  # contrast of text, by WCAG 2.2 AA
SIZES = ("small", "normal", "large")
CHOSEN = (FieldKind.CHOICE, FieldKind.CHOICES)
MOST_FIELDS, MOST_OPTIONS, MOST_ORIGINS, MOST_MAPPED = 30, 50, 30, 60
_CHOICES = {"font": FONTS, "scheme": SCHEMES, "size": SIZES}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}|own\.[A-Za-z0-9_-]{1,64}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?|\[[0-9a-f:]{2,39}\](:[0-9]{1,5})?")


def checked(door: Any) -> None:
    """Sets the door's own parts to what they mean. Raises ValidationError by part."""
    parts: dict[str, Callable[[Any], Any]] = {
        "token": _token,
        "fields": clean_fields,
        "texts": clean_texts,
        "theme": clean_theme,
        "origins": clean_origins,
        "mapping": clean_mapping,
    }
    errors: dict[str, Any] = {}
    for name, clean in parts.items():
        try:
            setattr(door, name, clean(getattr(door, name)))
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    names = {field["name"] for field in door.fields if field["kind"] != FieldKind.HIDDEN}
    if door.kind == "form" and door.active and not names & {*NAMING}:
        raise ValidationError({"fields": _("Ask for a name, an e-mail address, a telephone or an organization.")})


def clean_fields(given: Any) -> list[dict[str, Any]]:
    """[{name, word, kind, required, options, help, value}], each name once.

    `help` stands below a field; `value` is what a HIDDEN one always gives, whatever is sent for it.
    """
    if not isinstance(given, list) or not all(isinstance(field, dict) for field in given):
        raise ValidationError(_("Give a list of fields."))
    if len(given) > MOST_FIELDS:
        raise ValidationError(_("A form has at most %(count)d fields.") % {"count": MOST_FIELDS})
    fields = [_field(field) for field in given]
    names = [field["name"] for field in fields]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValidationError(_("%(name)s is asked for twice.") % {"name": twice[0]})
    return fields


def _field(given: dict[str, Any]) -> dict[str, Any]:
    name, kind = str(given.get("name", "")), str(given.get("kind") or FieldKind.TEXT)
    word = _line(given.get("word"), 200) or str(OURS[name][0] if name in OURS else name)
    if not _NAME.fullmatch(name) or kind not in FieldKind.values:
        raise ValidationError(_("%(name)s is no field of a form.") % {"name": word or name})
    named = given.get("options")
    options = (
        list(dict.fromkeys(filter(None, (_line(one, 200) for one in named if isinstance(one, str)))))
        if (isinstance(named, list))
        else []
    )
    value = _line(given.get("value"), 1000) if kind == FieldKind.HIDDEN else ""
    if kind == FieldKind.HIDDEN and not value:
        raise ValidationError(_("Say what “%(name)s”, which is hidden, gives.") % {"name": word})
    if kind in CHOSEN and not 1 <= len(options) <= MOST_OPTIONS:
        raise ValidationError(_("%(name)s needs something to choose from.") % {"name": word})
    return {
        "name": name,
        "word": word,
        "kind": kind,
        "required": bool(given.get("required")) and kind != FieldKind.HIDDEN,
        "options": options if kind in CHOSEN else [],
        "help": _line(given.get("help"), 300),
        "value": value,
    }


def clean_texts(given: Any) -> dict[str, str]:
    """Those of TEXTS that are said; `go_to` is a web address."""
    said = {name: _text(given.get(name), most) for name, most in TEXTS.items()} if isinstance(given, dict) else {}
    if (address := said.get("go_to", "")) and not origin_of(address):
        raise ValidationError(_("%(address)s is no web address.") % {"address": address})
    return {name: text for name, text in said.items() if text}


def clean_theme(given: Any) -> dict[str, Any]:
    """{accent, paper, ink: "#rrggbb", radius: 0 to 24 pixels, font: FONTS, scheme: SCHEMES, size: SIZES}."""
    theme: dict[str, Any] = {}
    for name, value in given.items() if isinstance(given, dict) else ():
        text = str(value).strip().lower()
        if value in (None, ""):
            continue
        if name in COLOURS and not _COLOUR.fullmatch(text):
            raise ValidationError(_("%(value)s is no colour, such as #0b6870.") % {"value": text[:20]})
        if name == "radius" and not (text.isascii() and text.isdigit() and int(text[:4]) <= 24):
            raise ValidationError(_("Corners are round by 0 to 24 pixels."))
        if name in _CHOICES and text not in _CHOICES[name]:
            raise ValidationError(_("%(value)s is none of the choices.") % {"value": text[:20]})
        if name in (*COLOURS, *_CHOICES):
            theme[name] = text
        elif name == "radius":
            theme[name] = int(text)
    paper, ink = theme.get("paper"), theme.get("ink")
    if paper and ink and contrast(paper, ink) < READABLE:
        raise ValidationError(_("Text in %(ink)s cannot be read on %(paper)s.") % {"ink": ink, "paper": paper})
    return theme


def clean_origins(given: Any) -> list[str]:
    """Sites as "https://www.example.com": those that may embed a form."""
    if not isinstance(given, list) or len(given) > MOST_ORIGINS:
        raise ValidationError(_("Give a list of at most %(count)d sites.") % {"count": MOST_ORIGINS})
    found = []
    for site in given:
        text = str(site).strip().lower()
        origin = origin_of(text if "://" in text else f"https://{text}")
        if not origin:
            raise ValidationError(_("%(site)s is no site, such as https://www.example.com.") % {"site": text[:80]})
        found.append(origin)
    return list(dict.fromkeys(found))


def clean_mapping(given: Any) -> dict[str, str]:
    """Dotted path in what is sent -> a name of OURS, of WHENCE, "own.<key>", or a word for the note."""
    if not isinstance(given, dict) or len(given) > MOST_MAPPED:
        raise ValidationError(_("Give at most %(count)d names.") % {"count": MOST_MAPPED})
    found = {}
    for path, name in given.items():
        where, ours = str(path).strip(), str(name).strip()
        if not where or len(where) > 200 or not _NAME.fullmatch(ours):
            raise ValidationError(_("%(path)s cannot become %(name)s.") % {"path": where[:80], "name": ours[:80]})
        found[where] = ours
    return found


def origin_of(address: str) -> str:
    """Scheme, host and port of a web address, fit for a header; "" where it is none."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    host = (parts.netloc or "").lower()
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host) or port == 0:
        return ""
    return f"{parts.scheme.lower()}://{host}"


def _token(given: Any) -> str:
    if not _TOKEN.fullmatch(str(given)):
        raise ValidationError(_("The address has 8 to 64 letters, digits, - and _."))
    return str(given)


def _line(given: Any, most: int) -> str:
    return " ".join(_text(given, most).split())


def _text(given: Any, most: int) -> str:
    text = str(given or "").replace("\0", "").strip()
    if len(text) > most:
        raise ValidationError(_("A text has at most %(count)d characters here.") % {"count": most})
    return text
