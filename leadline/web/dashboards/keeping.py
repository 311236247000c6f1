"""Keeping what a page or a panel shows: as a report, or on a dashboard."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leadline.accounts.models import User
from leadline.crm.models import Dashboard, SavedReport
from leadline.history.numbers import number_of
from leadline.web.dashboards.finding import changed_by, to_change
from leadline.web.dashboards.places import Place, place_of, question
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.insights.forms import Filter
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.sections import section
from leadline.web.records.answering import did

REPORT, NEW = "report", "new"
MOST = 2_000  # characters of a query


class KeepForm(forms.Form):
    """A name, where it goes, and who sees it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    to = forms.ChoiceField(label=gettext_lazy("Keep it as"))
    board = forms.CharField(label=gettext_lazy("Name of the dashboard"), max_length=120, required=False)
    shared = forms.BooleanField(label=gettext_lazy("Everybody may see it"), required=False)

    def __init__(self, reader: User, place: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.reader, self.query = place, reader, place.query
        self.asked = Filter(QueryDict(place.query), reader, place.page)
        choices: list[tuple[str, Any]] = [(REPORT, _("Report"))]
        if place.panel:  # a whole page is no tile
            boards = Dashboard.objects.visible_to(reader).kept()
            choices += [
                (str(board.pk), _("On “%(name)s”") % {"name": board}) for board in boards if changed_by(reader, board)
            ]
            choices.append((NEW, _("On a new dashboard")))
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("to") == NEW and not given.get("board", "").strip():
            self.add_error("board", _("Give the dashboard a name."))
        if len(self.query) > MOST:
            self.add_error(None, _("This view asks too much to be kept: its address is too long."))
        elif said := self._unanswered():  # it would show an error for ever
            self.add_error(None, _("What this view asks cannot be answered: %(why)s") % {"why": said})
        return given

    def _unanswered(self) -> str:
        """Why there is no answer to what is asked, by its filter or by the panel itself; "" where there is one."""
        if not self.asked.is_valid():
            return " ".join(str(text) for texts in self.asked.errors.values() for text in texts)
        if self.place.panel is None:
            return ""
        found = section(self.place.panel, Inquiry(self.asked.asked(), self.reader, self.place.page)).drawn
        return str(found["error"]) if found and found.get("error") else ""


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """GET: the form, for the place in the address. POST: keeps it."""
    given = request.POST if request.method == "POST" else request.GET
    place = place_of(given.get("place", ""), question(given.get("query", "")))
    if place is None:
        raise Http404
    form = KeepForm(reader_of(request), place, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return _kept(request, place, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = {"form": form, "place": place, "name": given.get("place", ""), "title": place.title}
    return page(request, "dashboards/keep.html", "dashboards/_keep.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, place: Place, given: dict[str, Any]) -> HttpResponse:
    by, name = doer(request), " ".join(given["name"].split())
    at = f"{place.page.name}.{place.panel.name}" if place.panel else place.page.name
    if given["to"] == REPORT:
        report = SavedReport(name=name, shared=given["shared"], place=at, query=place.query).add(by=by)
        return did(request, by, _("Report “%(name)s” saved.") % {"name": report.name}, place.address())
    own = "" if place.panel and name == str(place.panel.title) else name
    tile = {"panel": at, "query": place.query, "title": own, "wide": False}
    if given["to"] == NEW:
        board = Dashboard(name=" ".join(given["board"].split()), shared=given["shared"], tiles=[tile]).add(by=by)
    else:
        board = to_change(request, Dashboard, number_of(given["to"]) or 0)
        board.edit(by=by, tiles=[*board.tiles, tile])
    to = {"href": reverse("dashboard", args=(board.pk,)), "text": _("Open it")}
    return did(request, by, _("On dashboard “%(name)s”.") % {"name": board.name}, place.address(), link=to)
