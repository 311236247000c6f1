"""One criterion: what it looks at, who meets it, and what that weighs; saved as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.permissions import may, refusal
from leadline.crm import fitting
from leadline.crm.models import FitCriterion, FitOf
from leadline.crm.ordering import behind
from leadline.history.numbers import number_of
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.refusals import by_field
from leadline.web.lists.conditions import Conditions, conditions_in, conditions_of
from leadline.web.records.answering import did
from leadline.web.settings.frame import draw

FORM = "settings/ideal_client/_form.html"
MOST = 100  # a weight, up or down


@dataclass
class Draft:
    """A criterion as the form has it."""

    conditions: Conditions
    of: str = FitOf.ORGANIZATION
    name: str = ""
    weight: str = "10"
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The fields of a criterion. Raises ValidationError, with the mend."""
        problems: dict[str, list[str]] = {}
        weight, query = _weight(self.weight), ""
        if weight is None:
            problems["weight"] = [_("Write a whole number from −%(most)d to %(most)d that is not 0.") % {"most": MOST}]
        try:
            query = fitting.read(self.of, self.conditions.query).query()
        except ValidationError as error:
            problems["query"] = list(self.conditions.problems) or error.messages
        if problems:
            raise ValidationError(problems)
        words = "; ".join(self.conditions.told.values())
        return {"name": self.name or words[:120], "of": self.of, "query": query, "weight": weight}


def _weight(text: str) -> int | None:
    below = text.startswith(("-", "−"))
    number = number_of(text.lstrip("+-− ")) or 0
    return (-number if below else number) if 0 < number <= MOST else None


@require_http_methods(["GET", "HEAD", "POST"])
def criterion_add(request: HttpRequest) -> HttpResponse:
    """An empty one; kept behind the others."""
    _require(request)
    if request.method != "POST":
        return _draw(request, Draft(_only(FitOf.ORGANIZATION, conditions_of(FitOf.ORGANIZATION, ""))), None)
    return _saved(request, FitCriterion(position=behind(FitCriterion.objects.kept())))


@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(FitCriterion.objects.kept(), pk=pk)
    _require(request)
    return _saved(request, row) if request.method == "POST" else _draw(request, draft_of(row), row)


@require_POST
def criterion_form(request: HttpRequest) -> HttpResponse:
    """The form with one condition more or less, or about something else; nothing is kept."""
    _require(request)
    return _draw(request, draft_in(request.POST), edited(request.POST))


def edited(given: QueryDict) -> FitCriterion | None:
    """The criterion that the form is about; None for a new one."""
    return FitCriterion.objects.kept().filter(pk=number_of(given.get("criterion", "")) or 0).first()


def draft_of(row: FitCriterion) -> Draft:
    return Draft(_only(row.of, conditions_of(row.of, row.query)), row.of, row.name, str(row.weight))


def draft_in(given: QueryDict) -> Draft:
    """What the form holds, as it was typed."""
    of = given.get("criterion-of", "")
    of = of if of in FitOf.values else str(FitOf.ORGANIZATION)
    return Draft(
        _only(of, conditions_in(of, given)),
        of,
        " ".join(given.get("criterion-name", "").split())[:120],
        given.get("criterion-weight", "").strip()[:6],
    )


def _only(of: str, conditions: Conditions) -> Conditions:
    """Offers what says something of a client, and not what becomes of a deal."""
    allowed = fitting.asked_of(of)
    return replace(conditions, offers=[offer for offer in conditions.offers if offer[0] in allowed])


def _saved(request: HttpRequest, row: FitCriterion) -> HttpResponse:
    draft, by, new = draft_in(request.POST), doer(request), row.pk is None
    try:
        values = draft.values()
        if new:
            for name, value in values.items():
                setattr(row, name, value)
            row.add(by=by)
        else:
            row.edit(by=by, **values)
    except ValidationError as error:
        draft.wrong = by_field(error)
        return _draw(request, draft, None if new else row, status=422)
    text = _("“%(name)s” is saved. Fits are worked out again.") % {"name": row}
    return did(request, by, text, reverse("ideal_client"), go=reverse("ideal_client"))


def _draw(request: HttpRequest, draft: Draft, row: FitCriterion | None, status: int = 200) -> HttpResponse:
    context = {
        "draft": draft,
        "row": row,
        "conditions": draft.conditions,
        "kinds": FitOf.choices,
        "redraw_at": reverse("criterion_form"),
        "redraw": "#criterion-form",
        "save_at": reverse("criterion", args=[row.pk]) if row else reverse("criterion_add"),
    }
    return draw(request, "settings/ideal_client/criterion.html", context, part=FORM, status=status)


def _require(request: HttpRequest) -> None:
    """For those who may change criteria: others read them in the list."""
    if not may(reader_of(request), "change", FitCriterion()):
        raise PermissionDenied(refusal("change", FitCriterion.ENTITY))
