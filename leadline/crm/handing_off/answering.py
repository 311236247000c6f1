"""A hand-off is accepted, given back with what it lacks, or taken back by who gave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.crm.converting import convert_to_deal
from leadline.crm.handing_off.handing import able, qualifies
from leadline.crm.models import Deal, HandOff, HandOffState, Lack, Lead, LeadStage, LeadStatus
from leadline.crm.offered import may_be_handed
from leadline.history.bulk import change_each
from leadline.history.writing import locked, writing


def accept(hand_off: HandOff, *, by: By, convert: bool = False) -> HandOff:
    """It is the taker's from now on; one act. A lead counts as accepted (SAL), and becomes a deal where `convert` says.

    Of a won deal its organization and its contact become the taker's; the deal keeps its owner, who won it. Raises
    ValidationError for one that is answered already, PermissionDenied for anybody but the taker or an administrator.
    """
    doer = actor(by).together()
    with writing():
        _waits(hand_off)
        if not answers(hand_off, doer.user):
            raise PermissionDenied(_("Only %(taker)s answers this.") % {"taker": hand_off.taker})
        record = hand_off.lead or hand_off.deal
        if record is None or not may_be_handed(record):
            raise ValidationError(_("%(record)s is not open to this any more.") % {"record": record or hand_off})
        if not able(hand_off.taker):  # let go, or a reader by now: an administrator answers for them
            told = _("%(taker)s cannot be given anything any more. Give it back, or hand it to somebody else.")
            raise ValidationError(told % {"taker": hand_off.taker})
        _end(hand_off, HandOffState.ACCEPTED, doer)
        if isinstance(record, Lead):
            _take_lead(record, hand_off.taker, doer)
            if convert:
                convert_to_deal(record, by=doer)
        else:
            _take_customer(record, hand_off.taker, doer)
    return hand_off


def give_back(hand_off: HandOff, lacks: Iterable[Lack], note: str = "", *, by: By) -> HandOff:
    """It stays with who gave it, and says what is missing: one or several of the list, a note, or both.

    Raises ValidationError where nothing is said, or it is answered already; PermissionDenied as `accept`.
    """
    doer, wanted, said = actor(by).together(), sorted({lack.pk for lack in lacks}), note.strip()
    if not wanted and not said:
        raise ValidationError({"lacks": _("Say what is missing: choose it, or write a note.")})
    with writing():
        _waits(hand_off)
        if not answers(hand_off, doer.user):
            raise PermissionDenied(_("Only %(taker)s answers this.") % {"taker": hand_off.taker})
        _end(hand_off, HandOffState.RETURNED, doer, lacks=wanted, answer_note=said)
    return hand_off


def withdraw(hand_off: HandOff, *, by: By) -> HandOff:
    """Taken back before it was answered, by who gave it or who may change the record. Raises as `accept`."""
    doer = actor(by).together()
    with writing():
        _waits(hand_off)
        if not may_withdraw(hand_off, doer.user):
            raise PermissionDenied(_("Only %(giver)s takes this back.") % {"giver": hand_off.giver or _("its owner")})
        _end(hand_off, HandOffState.WITHDRAWN, doer)
    return hand_off


def answers(hand_off: HandOff, user: User | None) -> bool:
    """Whether this person (None: Leadline itself) accepts it or gives it back: its taker, and administrators."""
    return user is None or (user.is_active and (user.pk == hand_off.taker_id or user.is_administrator))


def may_withdraw(hand_off: HandOff, user: User | None) -> bool:
    """Whether this person (None: Leadline itself) takes it back."""
    if user is None or (user.is_active and user.pk == hand_off.giver_id):
        return True
    return user.pk != hand_off.taker_id and may(user, "change", hand_off)


def _waits(hand_off: HandOff) -> None:
    """Raises ValidationError for one that has been answered meanwhile: two people answer once."""
    now = locked(HandOff.objects.filter(pk=hand_off.pk)).select_related("lead", "deal", "giver", "taker").first()
    if now is None or now.deleted_at is not None or now.state != HandOffState.WAITING:
        state = now.get_state_display() if now is not None and now.deleted_at is None else _("Taken back")
        raise ValidationError(_("This is answered already: %(state)s.") % {"state": state})
    for name in ("lead", "deal", "giver", "taker", "state"):
        setattr(hand_off, name, getattr(now, name))


def _end(hand_off: HandOff, state: HandOffState, doer: Actor, **values: Any) -> None:
    ended = {"state": state, "answered_at": timezone.now(), **values}
    change_each(HandOff.objects.filter(pk=hand_off.pk), _setter(ended), by=doer)
    for name, value in ended.items():
        setattr(hand_off, name, value)


def _take_lead(lead: Lead, taker: User, doer: Actor) -> None:
    """Nobody asks whether the taker may change it: it was handed to them by who may."""
    values: dict[str, Any] = {"owner": taker}
    if qualifies(taker) and lead.status == LeadStatus.OPEN:
        values["stage"] = LeadStage.SAL
    change_each(Lead.objects.filter(pk=lead.pk), _setter(values), by=doer)
    lead.refresh_from_db()


def _take_customer(deal: Deal, taker: User, doer: Actor) -> None:
    for record in (deal.organization, deal.person):
        if record is not None and record.deleted_at is None:
            change_each(type(record).objects.filter(pk=record.pk), _setter({"owner": taker}), by=doer)


def _setter(values: dict[str, Any]) -> Callable[[Any], None]:
    def change(record: Any) -> None:
        for name, value in values.items():
            setattr(record, name, value)

    return change
