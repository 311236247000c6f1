"""A person asks to be forgotten: their data goes from the row, from the log and from what was written about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.crm.intake import forgetting
from leadline.crm.models import File, Person
from leadline.history import erasing
from leadline.history.models import Change
from leadline.history.moments import moment
from leadline.history.recorded import Recorded
from leadline.history.registry import recorded_models
from leadline.history.writing import append, entry, writing

PERSONAL = ("name", "first_name", "last_name", "job_title", "emails", "phones", "custom", "external_id")

# What floors above keep of people in lists: each takes one person out.
FORGET: list[Callable[[Person, Actor], int]] = []


@dataclass
class Erased:
    """What an erasure reached, and what is left for a person to look at: files, whose contents it cannot judge."""

    changes: int = 0
    texts: int = 0
    files: list[File] = field(default_factory=list)


def erase_person(person: Person, *, by: By) -> Erased:
    """Forget a person, and whoever was merged into them. Deals and activities stay, without a name. Cannot be undone.

    Their e-mail addresses and phone numbers are also struck from notes, activities and other texts, and from the log of
    those; what they sent by forms and webhooks is emptied. Only administrators may. Raises PermissionDenied.
    """
    doer = actor(by).together()
    if doer.user is not None and not (doer.user.is_administrator and doer.user.is_active):
        raise PermissionDenied(_("Only an administrator may erase a person."))
    erased = Erased()
    with writing():
        for one in _all_of(person):
            addresses = _addresses(one)
            erased.files += File.objects.kept().filter(person=one)
            erased.changes += erasing.erase("person", one.pk, PERSONAL, doer)
            _empty(one, doer)
            erased.changes += sum(forget(one, doer) for forget in FORGET)
            erased.changes += forgetting.forget(one, addresses, doer)
            erased.texts += _strike(addresses, doer)
        person.refresh_from_db()
    return erased


def _all_of(person: Person) -> list[Person]:
    """The person and everyone merged into them, also by way of others."""
    found, new = {person.pk: person}, [person]
    while new:
        new = [other for other in Person.objects.filter(merged_into__in=new) if other.pk not in found]
        found |= {other.pk: other for other in new}
    return list(found.values())


def _addresses(person: Person) -> list[str]:
    """E-mail addresses and phones, also former ones that only the log still knows."""
    lists = [person.emails, person.phones]
    for change in Change.objects.filter(entity="person", record_id=person.pk):
        lists += [values.get(name) or [] for values in (change.old, change.new) for name in ("emails", "phones")]
    return sorted({item["value"] for items in lists for item in items if len(item["value"]) > 4}, key=len, reverse=True)


def _empty(person: Person, doer: Actor) -> None:
    """The row, by a change of which the log knows only what it left: the verbs would write down what was there."""
    person.refresh_from_db()
    person.name, person.emails, person.phones, person.custom = _("Erased person"), [], [], {}
    person.first_name = person.last_name = person.job_title = person.external_id = person.first_email = ""
    when = moment(person, None)
    person.save()
    append([entry(person, Change.CHANGE, when, dict.fromkeys(PERSONAL))], doer)


def _strike(addresses: list[str], doer: Actor) -> int:
    """Take addresses out of every text in rows and log; returns in how many texts they stood."""
    struck = 0
    for model in recorded_models().values():
        for name in _texts(model):
            mentioned = models.Q(pk__in=[])
            for address in addresses:
                mentioned |= models.Q(**{f"{name}__icontains": address})
            for record in model.objects.filter(mentioned):
                erasing.strike(model.ENTITY, record.pk, name, addresses, doer)
                model.objects.filter(pk=record.pk).update(**{name: erasing.struck(getattr(record, name), addresses)})
                struck += 1
    return struck


def _texts(model: type[Recorded]) -> list[str]:
    text = (models.TextField, models.CharField)
    return [f.name for f in model._meta.fields if isinstance(f, text) and f.name in model.TRACKED]
