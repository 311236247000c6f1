"""Saying one's own number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.accounts.models import User
from leadline.crm.forecasting import Of, say
from leadline.crm.models.own_forecast import Whose
from leadline.web.editing.amounts import amount
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.frame.refusals import by_script
from leadline.web.insights.asked import Asked
from leadline.web.insights.forecasting.own import whose
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.known import find
from leadline.web.insights.sections import section


@require_POST
def own_forecast_say(request: HttpRequest) -> HttpResponse:
    """Sets, changes or (without an amount) takes back what the reader says. Raises PermissionDenied."""
    by, user = doer(request), reader_of(request)
    try:
        row = say(user, _of(request, user), _amount(request.POST.get("amount", "")), by=by)
    except ValidationError as error:
        if not by_script(request):
            raise
        return _panel(request, 422, {"wrong": error.messages, "typed": request.POST})
    if not by_script(request):
        return redirect("insights_forecast")
    said = _("Your number is kept.") if row and not row.deleted_at else _("Your number is taken back.")
    return done(_panel(request), by, said)


def _panel(request: HttpRequest, status: int = 200, more: dict[str, Any] | None = None) -> HttpResponse:
    page, panel = find("forecast.own")
    drawn = section(panel, Inquiry(Asked(), reader_of(request), page))
    return render(request, "insights/_panel.html", {"section": drawn, **(more or {})}, status=status)


def _of(request: HttpRequest, user: User) -> Of:
    start, _bar, end = request.POST.get("period", "").partition("_")
    try:
        days = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    except ValueError:
        raise ValidationError({"period": _("Choose a month or a quarter.")}) from None
    chosen = request.POST.get("whose", Whose.OWN)
    if chosen not in {choice.value for choice in whose(user)}:
        raise ValidationError({"whose": _("Choose whose bookings you mean, of those that you see.")})
    return Of(chosen, *days, team_id=user.team_id if chosen == Whose.TEAM else None)


def _amount(text: str) -> Decimal | None:
    """1,200.50 or 12k; None for nothing. Raises ValidationError beside the field."""
    if not text.strip():
        return None
    try:
        return Decimal(amount(text))
    except ValidationError as error:
        raise ValidationError({"amount": error.messages}) from None
