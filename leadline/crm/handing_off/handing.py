"""Handing a lead or a won deal to somebody: nothing changes hands before they accept."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.models import Role, SalesRole, User
from leadline.accounts.permissions import require
from leadline.crm.handing_off.due import due_at
from leadline.crm.handing_off.whom import in_turn, taker_for
from leadline.crm.models import HandOff, Lead, LeadStage
from leadline.crm.offered import Handed, may_be_handed, waiting_of
from leadline.history.writing import locked, writing

DEVELOPING = frozenset({SalesRole.INBOUND, SalesRole.OUTBOUND})


def hand(record: Handed, to: User | None = None, *, by: By, note: str = "") -> HandOff:
    """Offer it to `to`, else to whose turn it is; one act. A lead that goes to who sells is qualified by that (SQL).

    Its giver is whose it is, else who hands it. Raises ValidationError for a record or a person that cannot be handed
    to, for one that waits for an answer already, and where nobody is named and nobody's turn it is; PermissionDenied.
    """
    doer = actor(by).together()
    with writing():
        list(locked(type(record).objects.filter(pk=record.pk)).values_list("pk"))  # of two the second finds it waiting
        record.refresh_from_db()
        require(doer, "change", record)
        _require_free(record)
        giver = record.owner or doer.user
        if to is None:
            in_turn()
            to = taker_for(record, giver)
        taker = _able(to, record)
        now = timezone.now()
        if isinstance(record, Lead) and qualifies(taker) and record.stage in (LeadStage.TARGET, LeadStage.MQL):
            record.edit(by=doer, stage=LeadStage.SQL)
        return HandOff(
            **{record.ENTITY: record},
            giver=giver,
            taker=taker,
            giver_role=giver.sales_role if giver else "",
            taker_role=taker.sales_role,
            handed_at=now,
            due_at=due_at(record, taker, now),
            note=note.strip(),
        ).add(by=doer)


def able(user: User) -> bool:
    """Whether this person can be handed anything: works here, and not only reads."""
    return user.may_own and user.role != Role.READER


def qualifies(taker: User) -> bool:
    """Whether what this person takes is a qualified lead: development hands on among itself what is none yet."""
    return taker.sales_role not in DEVELOPING


def _require_free(record: Handed) -> None:
    if not may_be_handed(record):
        if isinstance(record, Lead):
            raise ValidationError({"lead": _("%(lead)s is not open: it cannot be handed over.") % {"lead": record}})
        told = _("%(deal)s is not won. Only won deals are handed over; give others another owner.")
        raise ValidationError({"deal": told % {"deal": record}})
    if (waiting := waiting_of(record)) is not None:
        told = _("%(record)s waits for the answer of %(taker)s. Take it back first.")
        raise ValidationError({record.ENTITY: told % {"record": record, "taker": waiting.taker}})


def _able(to: User | None, record: Handed) -> User:
    if to is None:
        raise ValidationError({"taker": _("Nobody's turn it is. Name whoever should have it.")})
    if not able(to):
        raise ValidationError({"taker": _("%(user)s cannot be given anything. Choose somebody else.") % {"user": to}})
    if isinstance(record, Lead) and to.pk == record.owner_id:
        raise ValidationError({"taker": _("%(user)s has it already. Choose somebody else.") % {"user": to}})
    return to
