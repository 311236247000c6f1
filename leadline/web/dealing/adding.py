"""A deal is added by one line."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadline.accounts.models import User
from leadline.crm.models import Currency, Deal, Pipeline, Stage, base_currency
from leadline.history.numbers import number_of
from leadline.history.statements import Statement
from leadline.web.dealing.answering import answer
from leadline.web.dealing.form import deal_new
from leadline.web.dealing.line import Line, read_line
from leadline.web.frame.doing import doer
from leadline.web.frame.formats import money
from leadline.web.pipeline.months import OVERDUE, put_into


@require_http_methods(["GET", "HEAD", "POST"])
def deal_add(request: HttpRequest) -> HttpResponse:
    """GET: the short form of `dealing.form`. POST: `title` is the line.

    `stage` or `pipeline` says where to (else the first stage of the first pipeline).
    `month` is a column of the forecast.
    """
    if request.method != "POST":
        return deal_new(request)
    by = doer(request)
    line = _read(request.POST.get("title", ""))
    if not line.title:
        raise ValidationError({"title": _("A deal needs a title.")})
    deal = Deal(
        title=line.title,
        value=line.value,
        currency=line.currency,
        **({"owner_id": line.owner} if line.owner else {"owner": by.user}),
        expected_close_on=_expected(request.POST.get("month", "")),
        **_place(request),
    )
    deal.add(by=by)
    return answer(request, by, [deal], _("%(title)s added.") % {"title": deal.title}, new=True)


@require_safe
def deal_line(request: HttpRequest) -> JsonResponse:
    """How a line would be read, before it is sent."""
    line = _read(request.GET.get("title", ""))
    value = "" if line.value is None else money(line.value, line.currency or base_currency())
    owner = User.objects.filter(pk=line.owner).first() if line.owner else None
    return JsonResponse({"title": line.title, "value": value, "owner": str(owner or ""), "note": _note(line)})


def _note(line: Line) -> str:
    """What is to be said of a name that means no one person."""
    if line.unknown:
        return _("no colleague is called %(name)s") % {"name": line.unknown}
    return _("more than one colleague is called %(name)s") % {"name": line.several} if line.several else ""


def _read(text: str) -> Line:
    currencies = {base_currency(), *(code for (code,) in _codes.rows())}
    people = dict(User.objects.who_may_own().values_list("pk", "name")) if "@" in text else {}
    return read_line(text, currencies, people)


_codes = Statement(lambda: Currency.objects.kept().values_list("code"))


def _place(request: HttpRequest) -> dict[str, Any]:
    """The stage that is named, the pipeline that is named, or nothing. Raises Http404 for one that is not there."""
    for name, model in (("stage", Stage), ("pipeline", Pipeline)):
        if given := request.POST.get(name, ""):
            found = model.objects.kept().filter(pk=number_of(given) or 0).first()
            if found is None:
                raise Http404
            return {name: found}
    return {}


def _expected(column: str) -> Any:
    if column in ("", OVERDUE):
        return None
    try:
        return put_into(column, None, timezone.localdate())
    except ValueError:
        raise ValidationError({"expected_close_on": _("Choose a month that has not passed.")}) from None
