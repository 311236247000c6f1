"""Conditions that are no single field: rotten, the owner's team, any word, the trash. Floors above add theirs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User
from leadline.accounts.models.team import family
from leadline.crm.filtering.columns import AddressHolds, spellings, text_in
from leadline.crm.filtering.kinds import searched, yes_or_no
from leadline.crm.filtering.meaning import NONE, NOT, Asker, Meaning, Reading, Unreadable
from leadline.crm.models import Deal, Organization, Person, Status
from leadline.crm.models.deal_facts import IDLE_SINCE

Choices = Callable[[Asker], list[tuple[str, str]]]
YES_NO = (("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))


@dataclass(frozen=True)
class Derived:
    """A condition by its name in addresses. `choices` offers values; `days` says that days may be given as well."""

    name: str
    word: str | Promise
    read: Reading
    choices: Choices | None = None
    several: bool = False
    days: bool = False
    hidden: bool = False  # has a place of its own on the page, and none among the filters to add


_derived: dict[str, dict[str, Derived]] = {}


def add_conditions(kinds: Iterable[str], conditions: Iterable[Derived]) -> None:
    """For floors above: what they know of the kinds below."""
    for kind in kinds:
        _derived.setdefault(kind, {}).update({condition.name: condition for condition in conditions})


def derived_of(kind: str) -> dict[str, Derived]:
    """Name -> condition, of one kind of record."""
    return _derived.get(kind, {})


def yes_no(asker: Asker) -> list[tuple[str, str]]:
    return [(value, str(word)) for value, word in YES_NO]


def _rotten(text: str, asker: Asker) -> Meaning:
    if text == "no":  # the opposite of what may be unknown
        return yes_or_no(text, Q(pk__in=Deal.objects.rotten(asker.now).order_by().values("pk")))
    idle = Q(pk__in=[])
    for stage in asker.linked.table("stage"):
        if stage.rot_days is not None:
            since = asker.now - dt.timedelta(days=stage.rot_days)
            idle |= Q(LessThan(Coalesce(*IDLE_SINCE), since), stage=stage)
    return yes_or_no(text, Q(idle, status=Status.OPEN, deleted_at=None))


def _trashed(text: str, asker: Asker) -> Meaning:
    return yes_or_no(text, Q(deleted_at__isnull=False), Q(deleted_at=None))


def _team(text: str, asker: Asker) -> Meaning:
    """Teams by number, with all the teams below them; `mine`; `none` is whoever is in no team, and nobody's."""
    without = text.startswith(NOT)
    written = list(dict.fromkeys(part.strip() for part in text.removeprefix(NOT).split(",") if part.strip()))
    if not written:
        raise Unreadable(_("Choose at least one."))
    condition = Q(pk__in=[])
    for part in written:
        condition |= _in_team(part, asker)
    told = ", ".join(_team_name(part, asker) for part in written)
    if without:
        told = _("not %(text)s") % {"text": told}
    return Meaning(
        _not(condition) if without else condition, (NOT if without else "") + ",".join(written), lambda w: told
    )


def _not(condition: Q) -> Q:
    """Also true for records without an owner: they are in no team."""
    return ~(condition & Q(owner__isnull=False)) if condition else condition


def _in_team(part: str, asker: Asker) -> Q:
    if part == NONE:
        return Q(owner__isnull=True) | Q(owner__in=User.objects.filter(team=None))
    team = asker.user.team_id if part == "mine" else _number(part)
    members = User.objects.filter(team__in=family(team)) if team is not None else User.objects.filter(team=None)
    return Q(owner__in=members)


def _number(part: str) -> int:
    if not re.fullmatch(r"\d{1,18}", part, re.ASCII):
        raise Unreadable(_("%(text)s is not the number of anything.") % {"text": part[:60]})
    return int(part)


def _team_name(part: str, asker: Asker) -> str:
    if part in (NONE, "mine"):
        return _("no team") if part == NONE else _("my team")
    team = next((team for team in asker.linked.table("team") if team.pk == int(part)), None)
    return str(team) if team else _("no. %(number)s") % {"number": part}


def _teams(asker: Asker) -> list[tuple[str, str]]:
    teams = [(str(team.pk), str(team)) for team in asker.linked.table("team")]
    return [("mine", _("My team")), *teams, (NONE, _("No team"))] if teams else []


# --- any word ---

_NAMES = {"deal": ("title",), "lead": ("title",), "activity": ("subject",), "product": ("name", "code")}


def search_in(kind: str) -> Reading:
    """`q`: the record's own name, and those of the people and organizations it is about, as far as they are seen."""

    def read(text: str, asker: Asker) -> Meaning:
        words = searched(text)
        found = _search(kind, words, asker.user)
        return Meaning(found, words, lambda write: _("contains “%(text)s”") % {"text": words})

    return read


def _search(kind: str, text: str, user: User) -> Q:
    condition = Q(pk__in=[])
    for name in _NAMES.get(kind, ("name",)):
        condition |= text_in(name, text)
    if kind == "organization":
        condition |= text_in("domain", text)
    if kind == "person":
        for spelt in spellings(text):
            condition |= Q(AddressHolds("emails", spelt)) | Q(AddressHolds("phones", spelt))
    if kind in ("deal", "lead", "person", "activity"):
        condition |= Q(organization__in=_named(Organization, text, user))
    if kind in ("deal", "lead", "activity"):
        condition |= Q(person__in=_named(Person, text, user))
    return condition


def _named(model: type[Organization | Person], text: str, user: User) -> Any:
    return model.objects.visible_to(user).filter(text_in("name", text)).order_by().values("pk")


TEAM = Derived("team", gettext_lazy("Team"), _team, _teams, several=True)
ROTTEN = Derived("rotten", gettext_lazy("Rotten"), _rotten, yes_no)
TRASHED = Derived("trashed", gettext_lazy("In the trash"), _trashed, yes_no)
OWNED = ("deal", "lead", "person", "organization", "activity")

for _kind in (*OWNED, "product"):
    add_conditions([_kind], [Derived("q", gettext_lazy("Text"), search_in(_kind), hidden=True)])
add_conditions(OWNED, [TEAM])
add_conditions(["deal"], [ROTTEN])
add_conditions((*OWNED, "product"), [TRASHED])
