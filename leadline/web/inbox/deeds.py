"""What can be done in the inbox, to one lead or to many, each by its own verb and with its own answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.accounts.permissions import may, refusal
from leadline.crm import handing_off
from leadline.crm.assigning import assign
from leadline.crm.listing.changing import Outcome, change_all
from leadline.crm.models import HandOff, Lack, Lead, LeadStage
from leadline.history.numbers import number_of, numbers_of
from leadline.web.inbox.asking import people
from leadline.web.lists.deeds import deed_of

Do = Callable[[Sequence[int], QueryDict, User, Actor], Outcome]
BY_RULE = "rules"
NOTE = 2000
STEPS = [*LeadStage]


@dataclass(frozen=True)
class Deed:
    """`asks` names what has to be told first; "" for deeds that need nothing but the leads. `said` is of how many."""

    name: str
    word: str | Promise
    icon: str
    key: str
    do: Do
    said: Callable[[int], str]
    asks: str = ""


def take(ids: Sequence[int], given: QueryDict, user: User, by: Actor) -> Outcome:
    """Leads that nobody has become theirs."""

    def mine(lead: Lead, by: Actor) -> None:
        if lead.owner_id and lead.owner_id != user.pk:
            raise ValidationError(_("%(owner)s has it already.") % {"owner": lead.owner})
        lead.edit(by=by, owner=user)

    return change_all(Lead.objects.visible_to(user), ids, mine, by)


def up(ids: Sequence[int], given: QueryDict, user: User, by: Actor) -> Outcome:
    """One state further: target, marketing-qualified, sales-qualified, sales-accepted."""
    return change_all(Lead.objects.visible_to(user), ids, lambda lead, by: _step(lead, 1, by), by)


def down(ids: Sequence[int], given: QueryDict, user: User, by: Actor) -> Outcome:
    """One state back."""
    return change_all(Lead.objects.visible_to(user), ids, lambda lead, by: _step(lead, -1, by), by)


def _step(lead: Lead, way: int, by: Actor) -> None:
    place = STEPS.index(LeadStage(lead.stage)) + way
    if place < 0:
        raise ValidationError(_("It is a target already."))
    if place >= len(STEPS):
        raise ValidationError(_("It is accepted already. Convert it to a deal."))
    lead.edit(by=by, stage=STEPS[place])


def give(ids: Sequence[int], given: QueryDict, user: User, by: Actor) -> Outcome:
    """To a colleague, or to whom the rules choose. Raises ValidationError for nobody."""
    rows, wanted = Lead.objects.visible_to(user), given.get("owner", "")
    if wanted == BY_RULE:
        return _by_rules(rows, ids, user, by)
    owner = people().filter(pk=number_of(wanted) or 0).first()
    if owner is None:
        raise ValidationError({"owner": _("Choose who gets them.")})
    return change_all(rows, ids, lambda lead, by: lead.edit(by=by, owner=owner), by)


def _by_rules(rows: Any, ids: Sequence[int], user: User, by: Actor) -> Outcome:
    """Those that nobody has, as the rules have it; the others stay with whom they are."""
    outcome = Outcome()
    for lead in rows.filter(pk__in=ids):
        outcome.names[lead.pk] = str(lead)
        if not may(user, "change", lead):
            outcome.refused[lead.pk] = refusal("change", "lead")
        elif lead.owner_id:
            outcome.refused[lead.pk] = _("%(owner)s has it already.") % {"owner": lead.owner}
        elif assign(lead, by=by) is None:
            outcome.refused[lead.pk] = _("No rule finds anybody for it.")
        else:
            outcome.changed.append(lead.pk)
    return outcome


def accept(ids: Sequence[int], given: QueryDict, user: User, by: Actor) -> Outcome:
    """Those that were handed to the person are theirs from now on."""
    return _answered(ids, user, lambda one: handing_off.accept(one, by=by))


def give_back(ids: Sequence[int], given: QueryDict, user: User, by: Actor) -> Outcome:
    """They stay with who gave them, and what they lack is said. Raises ValidationError where nothing is said."""
    lacks = list(Lack.objects.kept().filter(pk__in=numbers_of(given.getlist("lacks"))))
    note = given.get("note", "").strip()[:NOTE]
    if not lacks and not note:
        raise ValidationError({"lacks": _("Say what is missing: choose it, or write a note.")})
    return _answered(ids, user, lambda one: handing_off.give_back(one, lacks, note, by=by))


def hand(ids: Sequence[int], given: QueryDict, user: User, by: Actor) -> Outcome:
    """Offered to a colleague, or each to whose turn it is. Raises ValidationError for somebody who is not there."""
    wanted, note = given.get("to", ""), given.get("note", "").strip()[:NOTE]
    to = people().filter(pk=number_of(wanted) or 0).first()
    if wanted and to is None:
        raise ValidationError({"to": _("Choose who gets them.")})
    leads = Lead.objects.visible_to(user).in_bulk(ids)
    return _each(ids, leads, lambda lead: handing_off.hand(lead, to, by=by, note=note), _("It is not there any more."))


def _answered(ids: Sequence[int], user: User, answer: Callable[[HandOff], object]) -> Outcome:
    """Each hand-off that waits for the person is answered by itself."""
    waiting = {one.lead_id: one for one in handing_off.waiting_for(user).filter(lead__in=ids)}
    outcome = _each(ids, waiting, answer, _("It does not wait for your answer."))
    leads = Lead.objects.visible_to(user).filter(pk__in=[pk for pk in ids if pk not in waiting])
    outcome.names |= {lead.pk: str(lead) for lead in leads}
    return outcome


def _each(ids: Sequence[int], found: Mapping[int, Any], do: Callable[[Any], object], missing: str) -> Outcome:
    """One after the other, each in a transaction of its own."""
    outcome = Outcome()
    for pk in ids:
        if pk not in found:
            outcome.refused[pk] = missing
            continue
        outcome.names[pk] = str(found[pk])
        try:
            do(found[pk])
        except (ValidationError, PermissionDenied) as error:
            outcome.refused[pk] = " ".join(getattr(error, "messages", [str(error)]))
        else:
            outcome.changed.append(pk)
    return outcome


def as_in_lists(name: str) -> Do:
    """A deed that lists have as well, told in the same way."""

    def do(ids: Sequence[int], given: QueryDict, user: User, by: Actor) -> Outcome:
        verb, _said = deed_of("lead", name, given)
        return change_all(Lead.objects.visible_to(user), ids, verb, by)

    return do


def _taken(n: int) -> str:
    return ngettext("%(n)d lead is yours.", "%(n)d leads are yours.", n) % {"n": n}


def _accepted(n: int) -> str:
    return ngettext("%(n)d lead accepted.", "%(n)d leads accepted.", n) % {"n": n}


def _returned(n: int) -> str:
    return ngettext("%(n)d lead given back.", "%(n)d leads given back.", n) % {"n": n}


def _handed(n: int) -> str:
    return ngettext("%(n)d lead handed over.", "%(n)d leads handed over.", n) % {"n": n}


def _raised(n: int) -> str:
    return ngettext("%(n)d lead is a state further.", "%(n)d leads are a state further.", n) % {"n": n}


def _lowered(n: int) -> str:
    return ngettext("%(n)d lead is a state back.", "%(n)d leads are a state back.", n) % {"n": n}


def _given(n: int) -> str:
    return ngettext("%(n)d lead has changed hands.", "%(n)d leads have changed hands.", n) % {"n": n}


def _labelled(n: int) -> str:
    return ngettext("%(n)d lead labelled.", "%(n)d leads labelled.", n) % {"n": n}


def _parked(n: int) -> str:
    return ngettext("%(n)d lead put into nurture.", "%(n)d leads put into nurture.", n) % {"n": n}


def _discarded(n: int) -> str:
    return ngettext("%(n)d lead discarded.", "%(n)d leads discarded.", n) % {"n": n}


DEEDS = {
    deed.name: deed
    for deed in (
        Deed("accept", gettext_lazy("Accept"), "check", "a", accept, _accepted),
        Deed("return", gettext_lazy("Give back"), "undo-2", "r", give_back, _returned, "returned"),
        Deed("take", gettext_lazy("Take"), "user-check", "a", take, _taken),
        Deed("up", gettext_lazy("State up"), "arrow-up", "u", up, _raised),
        Deed("down", gettext_lazy("State down"), "arrow-down", "shift+u", down, _lowered),
        Deed("give", gettext_lazy("Give to"), "user-plus", "o", give, _given, "owner"),
        Deed("hand", gettext_lazy("Hand over"), "send", "h", hand, _handed, "taker"),
        Deed("label", gettext_lazy("Label"), "tag", "l", as_in_lists("label"), _labelled, "labels"),
        Deed("park", gettext_lazy("Nurture"), "calendar-clock", "p", as_in_lists("parked"), _parked, "parked"),
        Deed("discard", gettext_lazy("Discard"), "archive", "d", as_in_lists("discarded"), _discarded, "discarded"),
    )
}
