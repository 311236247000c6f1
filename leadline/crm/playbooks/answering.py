"""Verbs on what a deal has for an item: answer it, waive it with a reason, ask for it again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.permissions import require
from leadline.crm.models import Answer, Deal, File, ItemKind, Stage
from leadline.crm.models.qualifying import Item
from leadline.crm.playbooks import values
from leadline.crm.playbooks.versions import versions_for
from leadline.history.writing import locked, writing


def answer(deal: Deal, key: str, value: Any, *, by: By) -> Answer | None:
    """Answer an item: true for what is ticked, text, a choice's key, a number, a day; None or "" empties it.

    For a file, the id of one that hangs on the deal, where more than one is asked for; people and activities are added
    to the deal instead. Raises ValidationError by the item's key, PermissionDenied.
    """
    item = item_of(deal, key)
    kept = values.kept(item, value)
    if item["kind"] == ItemKind.FILE and kept and not File.objects.kept().filter(deal=deal, pk=kept).exists():
        raise ValidationError({key: _("%(item)s: choose a file of this deal.") % {"item": item["name"]}})
    return _set(deal, key, by, value=kept)


def waive(deal: Deal, key: str, reason: str, *, by: By) -> Answer | None:
    """Ask for it no more, because; for those who lead. Raises ValidationError without a reason, PermissionDenied."""
    item = item_of(deal, key)
    if not reason.strip():
        raise ValidationError({key: _("%(item)s: say why it is waived.") % {"item": item["name"]}})
    return _set(deal, key, by, waived=" ".join(reason.split())[:500])


def unwaive(deal: Deal, key: str, *, by: By) -> Answer | None:
    """Ask for it again; for those who lead."""
    return _set(deal, key, by, waived="")


def item_of(deal: Deal, key: str) -> Item:
    """The item with this key, as the deal is asked for it. Raises ValidationError where no playbook of it has one."""
    stages = list(Stage.objects.kept().filter(pipeline=deal.pipeline_id, playbooks__isnull=False).distinct())
    for book in versions_for([deal], stages).values():
        for item in book.items if book else ():
            if item["key"] == key:
                return dict(item)
    raise ValidationError({key: _("No playbook of this deal asks for it. Load the page afresh.")})


def _set(deal: Deal, key: str, by: By, **given: Any) -> Answer | None:
    """One answer for each key, also when two people give it at once."""
    doer = actor(by)
    require(doer, "change", deal)
    with writing():
        list(locked(Deal.objects.filter(pk=deal.pk).order_by()).values_list("pk"))
        found: Answer | None = Answer.objects.kept().filter(deal=deal, key=key).first()
        if found is not None:
            return found.edit(by=doer, **given)
        if not any(given.values()):
            return None
        return Answer(deal=deal, key=key, **given).add(by=doer)
