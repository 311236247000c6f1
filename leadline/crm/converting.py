"""A lead becomes a deal, and a deal that was none becomes a lead again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.permissions import require
from leadline.crm.models import CustomField, Deal, HandOff, Lead, LeadStage, LeadStatus, Organization, Person, Stage
from leadline.crm.models.custom_values import plain_value, words
from leadline.crm.models.parking import wait_no_more
from leadline.crm.offered import settle_converted
from leadline.crm.parties.turn import in_turn
from leadline.history.bulk import change_each
from leadline.history.recorded import Recorded
from leadline.history.registry import recorded_models
from leadline.history.writing import locked, writing

# What both have, under the same name.
SHARED = (
    "title",
    "owner_id",
    "originator_id",
    "organization_id",
    "person_id",
    "source_id",
    "campaign_id",
    "value",
    "currency",
    "label_ids",
)

PARTIES: dict[str, Any] = {"person_id": Person, "organization_id": Organization}


def convert_to_deal(lead: Lead, *, by: By, stage: Stage | None = None) -> Deal:
    """Accept a lead as a deal (SAL), in `stage` or the first one; one act.

    Owner, originator, person, organization, source, campaign, value, labels and own fields of the same name and kind go
    with it; notes, files and activities follow. Raises ValidationError for a lead that is converted already,
    PermissionDenied.
    """
    doer = actor(by).together()
    with writing():
        in_turn()  # whoever writes again by a door at this moment finds a deal, or is told in it
        list(locked(Lead.objects.filter(pk=lead.pk)).values_list("pk"))  # of two who convert it the second finds a deal
        lead.refresh_from_db()
        require(doer, "change", lead)
        if lead.status == LeadStatus.CONVERTED or lead.deleted_at:
            raise ValidationError({"status": _("%(lead)s is converted already, or in the trash.") % {"lead": lead}})
        settle_converted(lead, doer)
        deal = _deal_of(lead, stage, doer)
        with lead.changing(doer) as when:
            lead.status, lead.stage, lead.closed_at = LeadStatus.CONVERTED, LeadStage.SAL, when
            lead.deal, lead.discard_note = deal, ""
            wait_no_more(lead)
        _follow(Deal, deal, lead, doer)
    return deal


def convert_to_lead(deal: Deal, *, by: By) -> Lead:
    """Take a deal back to being a lead, the one it came from or a new one, and trash it; one act."""
    doer = actor(by).together()
    with writing():
        deal.refresh_from_db()
        require(doer, "delete", deal)
        lead = Lead.objects.kept().filter(deal=deal).order_by("pk").first()
        if lead is None:
            lead = Lead(stage=LeadStage.SQL, custom=_own_fields(deal, "lead"), **_shared(deal)).add(by=doer)
        else:
            with lead.changing(doer):
                lead.status, lead.stage, lead.closed_at, lead.deal = LeadStatus.OPEN, LeadStage.SQL, None, None
                for name, value in _shared(deal).items():
                    setattr(lead, name, value)
        _follow(Lead, lead, deal, doer)
        deal.trash(by=doer)
    return lead


def _deal_of(lead: Lead, stage: Stage | None, doer: Actor) -> Deal:
    """The new deal. Whom it is about goes with it also where its converter may not see them."""
    shared = _shared(lead)
    hidden = {name: shared.pop(name) for name in PARTIES if shared[name] and not _sees(doer, name, shared[name])}
    deal = Deal(stage=stage, custom=_own_fields(lead, "deal"), **shared).add(by=doer)
    return deal.edit(by=Actor(None, "rule", doer.act), **hidden) if hidden else deal


def _sees(doer: Actor, name: str, pk: int) -> bool:
    rows: Any = PARTIES[name].objects
    return doer.user is None or rows.visible_to(doer.user).filter(pk=pk).exists()


def _shared(record: Lead | Deal) -> dict[str, Any]:
    return {name: getattr(record, name) for name in SHARED}


def _own_fields(record: Lead | Deal, entity: str) -> dict[str, Any]:
    """Own fields that the other kind has as well: of the same name and kind, choices by their label."""
    theirs = {(field.name.casefold(), field.kind): field for field in CustomField.objects.kept().filter(entity=entity)}
    taken: dict[str, Any] = {}
    for field in CustomField.objects.kept().filter(entity=record.ENTITY, key__in=record.custom):
        other = theirs.get((field.name.casefold(), field.kind))
        if other is not None:
            taken[other.key] = _translated(field, other, record.custom[field.key])
    return taken


def _translated(field: CustomField, other: CustomField, value: Any) -> Any:
    if not field.options:
        return value
    labels = words(field, value).split(", ") if isinstance(value, list) else words(field, value)
    try:
        return plain_value(other, labels)
    except ValidationError:  # the other field has no such choice
        return None


def _follow(kind: type[Recorded], new: Lead | Deal, old: Lead | Deal, doer: Actor) -> None:
    """What can hang on a deal and on a lead follows; to a deal it stays on its lead as well."""

    def follow(thing: Any) -> None:
        setattr(thing, new.ENTITY, new)
        if kind is Lead:
            thing.deal = None

    for model in recorded_models().values():
        if {"deal_id", "lead_id"} <= set(model.TRACKED) and model is not HandOff:  # that is of the one or of the other
            change_each(model.objects.filter(**{old.ENTITY: old}), follow, by=doer.by_rule())
