"""The page Time spent, its files, the rows behind its numbers, and the rates that leaders set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadline.accounts.models import User
from leadline.activities.models import Activity, HourRate
from leadline.activities.rates import set_rate
from leadline.crm.models import Currency, base_currency
from leadline.history.numbers import number_of
from leadline.insights.ask_time import behind, meeting_costs, people_of, time_spent
from leadline.insights.looking import one_look
from leadline.web.activities.rows import rows_of
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.places import record_url
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.insights.naming import attached
from leadline.web.records.answering import did
from leadline.web.time_spent.form import Question
from leadline.web.time_spent.tables import Table, by_period, by_person, chart, cost_lines

SHOWN = 100  # rows behind a number that are shown


@require_safe
def time_page(request: HttpRequest) -> HttpResponse:
    """By week or month, by person, and for leaders what internal meetings cost."""
    user = reader_of(request)
    form = Question(request.GET, user)
    with one_look():
        asked, query = form.asked(), form.keep()
        found = time_spent(asked)
        months = form.asked("month")
        costs = cost_lines(meeting_costs(months), months, query) if user.leads else []
    names = {one.pk: str(one) for one in form.people}
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "query": urlencode(query),
        "periods": by_period(found, asked, query),
        "people": by_person(found, names, query) if len(asked.people) > 1 else None,
        "costs": costs,
        "unrated": sum(line.cost.unrated for line in costs),
        "chart": chart(found, asked),
        "currency": base_currency(),
        "leads": user.leads,
    }
    return render(request, "time_spent/page.html", context, status=200 if form.is_valid() else 400)


@require_safe
def time_rows(request: HttpRequest) -> HttpResponse:
    """The activities and sittings that a number adds up: of a kind of work, or the meetings of a type."""
    user = reader_of(request)
    form = Question(request.GET, user)
    work, kind = request.GET.get("work"), number_of(request.GET.get("type", ""))
    if kind is not None and not user.leads:
        raise PermissionDenied
    asked = form.asked()
    found = behind(asked, None if work is None else work.replace("-", ""), kind)
    shown = list(found.people)[:SHOWN]
    rows = Activity.objects.visible_to(user).filter(pk__in=shown).order_by("-done_at")
    lines = [(row, found.people[row.pk]) for row in rows_of(rows, user)]
    context = {
        "form": form,
        "asked": asked,
        "lines": lines,
        "record_url": record_url,
        "sittings": found.sittings[:SHOWN],
        "count": found.count,
        "shown": len(shown),
        "hidden": len(shown) - len(lines),
        "query": urlencode(form.keep()),
    }
    return render(request, "time_spent/rows.html", context)


@require_safe
def time_csv(request: HttpRequest, table: str) -> StreamingHttpResponse:
    """`periods`, `people` or `costs` as a file for spreadsheets; hours with decimals."""
    user = reader_of(request)
    form = Question(request.GET, user)
    if table == "costs":
        if not user.leads:
            raise PermissionDenied
        header, lines = _costs(form)
    elif table in ("periods", "people"):
        header, lines = _times(form, table)
    else:
        raise Http404
    response = StreamingHttpResponse(csv_lines(header, lines), content_type="text/csv; charset=utf-8")
    start, end = form.days
    response.headers["Content-Disposition"] = attached(f"time-{table}-{start}-{end}.csv")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def time_rates(request: HttpRequest) -> HttpResponse:
    """What an hour costs, by default and of each person; leaders only."""
    user = reader_of(request)
    if not user.leads:
        raise PermissionDenied
    problem, wrong = "", request.POST.get("user", "")
    if request.method == "POST":
        by = doer(request)
        try:
            whose = _whose(user, wrong)
            set_rate(whose, request.POST.get("amount", ""), request.POST.get("currency", ""), by=by)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            back = reverse("time_rates")
            return did(request, by, _("Rate of %(name)s set.") % {"name": whose or _("everybody")}, back, go=back)
    known = {row.user_id: row for row in HourRate.objects.visible_to(user).kept()}
    codes = sorted({base_currency(), *Currency.objects.kept().values_list("code", flat=True)})
    context = {
        "rates": [(None, known.get(None)), *((one, known.get(one.pk)) for one in _active(user))],
        "codes": codes,
        "currency": base_currency(),
        "problem": problem,
        "wrong": wrong,
        "typed": request.POST.get("amount", ""),
    }
    return render(request, "time_spent/rates.html", context, status=422 if problem else 200)


def _active(user: User) -> list[User]:
    return [one for one in people_of(user).order_by("name", "pk") if one.may_own]


def _whose(user: User, text: str) -> User | None:
    """None: everybody without a rate of their own."""
    if not text:
        return None
    found = people_of(user).filter(pk=number_of(text) or 0).first()
    if found is None:
        raise Http404
    return found


def _times(form: Question, name: str) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    asked = form.asked()
    found = time_spent(asked)
    names = {one.pk: str(one) for one in form.people}
    table: Table = by_period(found, asked, {}) if name == "periods" else by_person(found, names, {})
    header = [_("Person") if name == "people" else _("From"), *(word for _work, word in table.works)]
    more = [_("Hours"), _("of which assumed"), _("of which in blocks"), _("Activities"), _("without minutes")]
    return [*header, *more], (
        [
            line.label,
            *(round(cell.hours, 2) for cell in line.cells),
            *(round(part / 60, 2) for part in (line.whole.minutes, line.whole.assumed, line.whole.sat)),
            line.whole.count,
            line.whole.unknown,
        ]
        for line in table.lines
    )


def _costs(form: Question) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    asked = form.asked("month")
    header = [
        _("Month"),
        _("Meeting"),
        _("Meetings"),
        _("Hours of people"),
        _("Cost"),
        _("Currency"),
        _("Hours without a rate"),
    ]
    return header, (
        [line.month, line.type, line.cost.meetings, round(line.cost.hours, 2), Decimal(str(round(line.cost.amount, 2))),
         base_currency(), round(line.cost.unrated, 2)]
        for line in cost_lines(meeting_costs(asked), asked, {})
    )  # fmt: skip
