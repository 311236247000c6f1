"""What somebody has filled in: read by the door's fields, refused field by field."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.crm.intake.keeping import plainly
from leadline.crm.models import Door
from leadline.crm.models.door_shape import CHOSEN, NAMING, WHENCE, FieldKind
from leadline.history.cleaning import unseen

LINE, LONG, ADDRESS = 255, 10_000, 254  # characters
CONSENT = "_consent"
_WEB = re.compile(r"(https?://)?[^\s/.@]+(\.[^\s/.@]+)+(/\S*)?", re.IGNORECASE)


@dataclass
class Filled:
    """`given` by the names of fields, without what was left empty: texts, of some of several a list.

    `errors` by name, "" for the whole.
    """

    given: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    consented: bool = False

    def mark(self, sealed: str) -> str:
        """The same for the same page sent twice with the same in it; another where something was changed."""
        said = json.dumps([sealed, self.consented, self.given], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:40]


def read(door: Door, post: QueryDict) -> Filled:
    """Every field of the door; whatever else was sent is not looked at."""
    filled = Filled(consented=bool(door.consent and post.get(CONSENT)))
    for asked in door.fields:
        if asked["kind"] == FieldKind.HIDDEN:  # always the same: the door says it, whatever is sent
            continue
        name, texts = asked["name"], list(filter(None, map(_plain, post.getlist(asked["name"]))))
        several = asked["kind"] == FieldKind.CHOICES
        if texts:
            filled.given[name] = texts if several else texts[-1]
        for text in texts if several and texts else texts[-1:] or [""]:
            if wrong := _wrong(asked, text):
                filled.errors[name] = wrong
    if door.consent and door.consent_required and not filled.consented:
        filled.errors[CONSENT] = _("Tick this to send the form.")
    if not filled.errors and not any(filled.given.get(name) for name in NAMING):
        filled.errors[""] = _("Say who you are: a name or an e-mail address.")
    return filled


def origin(door: Door, post: QueryDict, filled: Filled) -> dict[str, Any]:
    """Where it came from, and what was agreed to: the text itself, a version that changes with it, and when."""
    whence = {name: plainly(text)[:500] for name in WHENCE if (text := str(post.get(f"_{name}", "")).strip())}
    if door.consent:
        whence["consent"] = {
            "given": filled.consented,
            "text": door.consent,
            "version": hashlib.sha256(door.consent.encode()).hexdigest()[:12],
            "at": timezone.now().isoformat(timespec="seconds"),
        }
    return whence


def _plain(text: str) -> str:
    """Without blanks around it and line ends of old; "" where nothing of it can be seen."""
    kept: str = plainly(text).replace("\r\n", "\n").strip()
    return "" if unseen(kept) else kept


def _wrong(asked: dict[str, Any], text: str) -> str:
    """What is wrong with one answer; "" for nothing."""
    if not text:
        return _("This is needed.") if asked["required"] else ""
    kind = asked["kind"]
    if len(text) > (LONG if kind == FieldKind.LONG else ADDRESS if kind == FieldKind.EMAIL else LINE):
        return _("This is too long.")
    if kind == FieldKind.EMAIL and not _is_email(text):
        return _("This is not an e-mail address.")
    if kind == FieldKind.PHONE and sum(sign.isdigit() for sign in text) < 4:
        return _("This is not a telephone number.")
    if kind == FieldKind.URL and not _WEB.fullmatch(text):
        return _("This is not a web address.")
    if kind == FieldKind.NUMBER and not _is_number(text):
        return _("This is not a number.")
    if kind == FieldKind.DATE and not _is_day(text):
        return _("This is not a day.")
    if kind in CHOSEN and text not in asked["options"]:
        return _("Choose one of these.")
    return ""


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_number(text: str) -> bool:
    try:
        return Decimal(text.replace(",", ".")).is_finite()
    except InvalidOperation:
        return False


def _is_day(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
