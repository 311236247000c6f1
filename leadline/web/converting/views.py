"""Converting, both ways, each undone as one act."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.actors import Actor
from leadline.crm.converting import convert_to_deal, convert_to_lead
from leadline.crm.models import Deal, Lead, Stage
from leadline.crm.parties import settle
from leadline.history.numbers import number_of
from leadline.history.writing import writing
from leadline.web.converting.choosing import chosen, offers
from leadline.web.dealing.stages import stage_groups
from leadline.web.editing.amounts import amount
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.frame.refusals import by_field
from leadline.web.records.answering import did
from leadline.web.records.finding import find


@require_http_methods(["GET", "HEAD", "POST"])
def convert(request: HttpRequest, pk: int) -> HttpResponse:
    """The stage it begins in, its title and value; everything else goes with it."""
    lead, errors = find(Lead, request, pk), {}
    stay = bool((request.POST if request.method == "POST" else request.GET).get("stay"))  # in the inbox, for the next
    if request.method == "POST":
        by = doer(request)
        try:
            deal, joined = _converted(lead, request, by)
        except ValidationError as error:
            errors = by_field(error)
        else:
            text = _("%(lead)s is a deal now.") % {"lead": lead}
            for record in joined:
                text += " " + _("%(record)s was there already and is used.") % {"record": record}
            place = record_url(deal)
            if stay:
                link = {"href": place, "text": _("Open the deal")}
                return did(request, by, text, place, kind="lead", id=pk, link=link)
            return did(request, by, text, place, go=place)
    context = {
        "lead": lead,
        "stay": stay,
        "given": request.POST,
        "errors": errors,
        "stages": stage_groups(),
        "parties": offers(lead, reader_of(request), request.POST),
    }
    return page(request, "converting/convert.html", "converting/_convert.html", context, status=422 if errors else 200)


@require_POST
def unconvert(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to being a lead: the one it came from, or a new one."""
    deal, by = find(Deal, request, pk), doer(request)
    lead = convert_to_lead(deal, by=by)
    return did(request, by, _("%(deal)s is a lead again.") % {"deal": deal}, record_url(lead), go=record_url(lead))


def _converted(lead: Lead, request: HttpRequest, by: Actor) -> tuple[Deal, list[Any]]:
    """All or nothing: where the value cannot be, the lead stays a lead. With those that need not be made anew."""
    stage = Stage.objects.kept().filter(pk=number_of(request.POST.get("stage", "")) or 0).first()
    if stage is None:
        raise ValidationError({"stage": _("Choose the stage in which it begins.")})
    title = request.POST.get("title", "").strip()
    if not title:
        raise ValidationError({"title": _("A deal needs a title.")})
    wanted: dict[str, Any] = {"title": title, "value": _amount(request.POST.get("value", ""))}
    user = reader_of(request)
    person, organization = (chosen(name, request.POST, user) for name in ("person", "organization"))
    with writing():
        joined = settle(lead, person, organization, by=by, user=user)
        deal = convert_to_deal(lead, by=by, stage=stage)
        return deal.edit(by=by, **wanted), joined


def _amount(text: str) -> Decimal | None:
    return Decimal(amount(text)) if text.strip() else None
