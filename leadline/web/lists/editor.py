"""The part of the filter bar that asks for one condition's values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.crm import filtering
from leadline.crm.fields import Field, FieldKind, Linked
from leadline.crm.filtering import Asker, Derived
from leadline.crm.filtering.days import NAMED
from leadline.crm.filtering.kinds import names
from leadline.crm.filtering.reading import Named

CHOOSE, LOOK_UP, SPAN, DAYS, FLAG, TEXT = "choose", "look_up", "span", "days", "flag", "text"
SPANS = {FieldKind.MONEY: SPAN, FieldKind.NUMBER: SPAN, FieldKind.DAY: DAYS, FieldKind.MOMENT: DAYS}
COUNTED = ("last-7-days", "last-30-days", "last-90-days", "next-7-days", "next-30-days", "next-90-days")


@dataclass(frozen=True)
class Editor:
    """What is drawn: the control, what can be chosen, and what is chosen now."""

    kind: str
    name: str
    word: str
    control: str
    options: list[tuple[str, str]]
    chosen: list[str]
    without: bool
    start: str
    end: str
    text: str
    to: str = ""
    several: bool = True


@require_safe
def filter_editor(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """The editor of one condition alone, for the script; `now` is what is asked at present."""
    assert isinstance(request.user, User)
    if kind not in KINDS or name not in filtering.askable(kind):
        raise Http404
    editor = editor_of(kind, name, request.GET.get("now", ""), Asker(request.user, Linked(request.user)))
    return render(request, "lists/_editor.html", {"editor": editor})


KINDS = ("deal", "lead", "person", "organization", "product", "activity")


def editor_of(kind: str, name: str, now: str, asker: Asker) -> Editor:
    """The editor of one condition, filled with what is asked now (canonical, "" for nothing)."""
    named = filtering.askable(kind, asker.fields)[name]
    control, several = _control(named, asker)
    without = now.startswith("!")
    chosen = [part for part in now.removeprefix("!").split(",") if part]
    start, dots, end = now.partition("..")
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", now)
    options = _options(named, control, chosen, asker)
    if control == DAYS and now and not dots and not day and now not in dict(options):
        options.append((now, now))
    if not dots and (day or (control == SPAN and now not in ("none", "any"))):
        start = end = now
    return Editor(
        kind, name, str(named.word), control, options, [now] if control in (DAYS, SPAN, TEXT) else chosen, without,
        start if dots or day or control == SPAN else "", end if dots or day or control == SPAN else "",
        "" if now in ("none", "any") else now, _to(named), several,
    )  # fmt: skip


def _to(named: Named) -> str:
    return named.to if isinstance(named, Field) else ""


def _control(named: Named, asker: Asker) -> tuple[str, bool]:
    if isinstance(named, Derived):
        return (DAYS if named.days else CHOOSE if named.choices else TEXT), named.several
    if named.kind in (FieldKind.LINK, FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.LABELS):
        return (CHOOSE if named.options(asker.linked) is not None else LOOK_UP), True
    return SPANS.get(named.kind, FLAG if named.kind == FieldKind.FLAG else TEXT), False


def _options(named: Named, control: str, chosen: list[str], asker: Asker) -> list[tuple[str, str]]:
    if isinstance(named, Derived):
        return named.choices(asker) if named.choices else []
    if control == DAYS:
        counted = [(name, filtering.days.told(name, filtering.PLAIN)) for name in COUNTED]
        return [*((name, str(word)) for name, word in NAMED.items()), *counted, *_emptiness()]
    if control == FLAG:
        return [("yes", _("yes")), ("no", _("no"))]
    if control in (SPAN, TEXT):
        return _emptiness()
    found = [(str(value), str(label)) for value, label in named.options(asker.linked) or ()]
    if named.to == "user":
        found = [("me", _("Me")), *found]
    missing = [value for value in chosen if value not in dict(found) and value != "none"]
    return [*found, *zip(missing, names(named, missing, asker), strict=True), ("none", _("Empty"))]


def _emptiness() -> list[tuple[str, str]]:
    return [("none", _("empty")), ("any", _("not empty"))]
