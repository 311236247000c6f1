"""An item is answered by what a form brings, whatever its kind; or waived."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType
from leadline.crm import filing
from leadline.crm.models import ItemKind, Participant, Person
from leadline.crm.playbooks import answer, waive
from leadline.history.numbers import number_of
from leadline.web.participants.views import ParticipantForm
from leadline.web.playbooks.asks import Ask
from leadline.web.playbooks.given import Given

NEW = "new"  # instead of a planned activity: it was done, and nobody had planned it


def give(ask: Ask, given: Given, by: Actor, reader: User) -> bool:
    """Answers or waives the item by verbs; whether anything was given. Raises ValidationError, PermissionDenied."""
    if reason := given.text(ask.name("waived")):
        waive(ask.deal, ask.key, reason, by=by)
        return True
    return _BY_KIND.get(ItemKind(ask.item["kind"]), _value)(ask, given, by, reader)


def _value(ask: Ask, given: Given, by: Actor, _reader: User) -> bool:
    typed = given.text(ask.name("value"))
    if typed:
        answer(ask.deal, ask.key, typed, by=by)
    return bool(typed)


def _file(ask: Ask, given: Given, by: Actor, _reader: User) -> bool:
    """Attached to the deal, and named for this item."""
    chosen = given.file(ask.name("file"))
    if chosen is None:
        return False
    name, content = chosen
    try:
        kept = filing.attach(ask.deal, name, content, by=by)
    except ValidationError as error:
        raise ValidationError({ask.key: f"{name}: {' '.join(error.messages)}"}) from error
    answer(ask.deal, ask.key, kept.pk, by=by)
    return True


def _person(ask: Ask, given: Given, by: Actor, reader: User) -> bool:
    """Takes part in the role; who takes part already without one gets it. A typed name may be of who is known."""
    known, new, typed = (given.text(ask.name(part)) for part in ("person", "person_new", "words"))
    known, new = known or given.text(ask.name("near")), new or typed
    if not known and new:
        found = Person.objects.visible_to(reader).kept().filter(name__iexact=new).values_list("pk", flat=True)[:2]
        known = str(found[0]) if len(found) == 1 else ""
    if not known and not new:
        return False
    role = ask.item.get("role", "")
    form = ParticipantForm(reader, {"person": known, "person_new": "" if known else new, "role": role})
    if not form.is_valid():
        raise ValidationError({ask.key: [text for texts in form.errors.values() for text in texts]})
    there = Participant.objects.kept().filter(deal=ask.deal, person=number_of(known) or 0).first()
    if there is None:
        form.put_on(ask.deal, by)
    elif there.role:
        said = {"person": there.person, "role": there.role}
        refusal = _("%(person)s takes part already, as %(role)s. Name somebody else, or change the role on the deal.")
        raise ValidationError({ask.key: refusal % said})
    else:
        there.edit(by=by, role=role)
    return True


def _activity(ask: Ask, given: Given, by: Actor, reader: User) -> bool:
    """One that was planned is done, or one is written down that was done without a plan."""
    chosen = given.text(ask.name("activity"))
    if not chosen:
        return False
    if chosen == NEW:
        kind = ask.item.get("type_id")
        types = ActivityType.objects.kept().order_by("position", "name")
        found = (types.filter(pk=kind) if kind else types).first()
        if found is None:
            raise ValidationError({ask.key: _("This type of activity has been deleted.")})
        Activity(type=found, deal=ask.deal, subject=ask.item["name"][:255], done_at=timezone.now()).add(by=by)
        return True
    planned = Activity.objects.visible_to(reader).planned().filter(deal=ask.deal, pk=number_of(chosen) or 0).first()
    if planned is None:
        raise ValidationError({ask.key: _("It is not there any more, or done already. Load the page afresh.")})
    planned.complete(by=by)
    return True


_BY_KIND: dict[ItemKind, Callable[[Ask, Given, Actor, User], bool]] = {
    ItemKind.FILE: _file,
    ItemKind.PERSON: _person,
    ItemKind.ACTIVITY: _activity,
}
