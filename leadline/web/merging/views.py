"""Merging, in one dialog: which other one, what will be kept, done."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.crm.merging import merge as merge_records
from leadline.crm.models import Organization, Person
from leadline.history.numbers import number_of
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.names import linked
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.merging.comparing import compare
from leadline.web.records.answering import did
from leadline.web.records.finding import find_of_kind
from leadline.web.records.known import known_organizations, known_people

MERGEABLE = ("deal", "person", "organization")


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """`other` names the other record; `keep=other` lets that one survive."""
    if kind not in MERGEABLE:
        raise Http404
    this, other = find_of_kind(kind, request, pk), _other(request, kind, pk)
    if other is None:
        context = {"record": this, "kind": kind, "alike": _alike(request, this)}
        return page(request, "merging/merge.html", "merging/_choose.html", context | {"part": "merging/_choose.html"})
    asked = request.POST if request.method == "POST" else request.GET
    survivor, loser = (other, this) if asked.get("keep") == "other" else (this, other)
    if request.method == "POST":
        by = doer(request)
        merge_records(survivor, loser, by=by)
        text = _("%(loser)s is merged into %(survivor)s.") % {"loser": loser, "survivor": survivor}
        return did(request, by, text, record_url(survivor), go=record_url(survivor))
    rows = compare(survivor, loser)
    linked().load_for([survivor, loser], [row.field for row in rows])
    context = {"record": this, "other": other, "kind": kind, "survivor": survivor, "loser": loser, "rows": rows}
    return page(request, "merging/merge.html", "merging/_compare.html", context | {"part": "merging/_compare.html"})


def _other(request: HttpRequest, kind: str, pk: int) -> Any:
    other = number_of(request.POST.get("other", request.GET.get("other", "")))
    return None if other is None or other == pk else find_of_kind(kind, request, other)


def _alike(request: HttpRequest, record: Any) -> list[Any]:
    """Those that look like copies: of the same name or address."""
    reader, found = reader_of(request), []
    if isinstance(record, Person):
        found = known_people(reader, record.name, [mail["value"] for mail in record.emails])
    elif isinstance(record, Organization):
        found = known_organizations(reader, record.name, record.domain)
    return [other for other in found if other.pk != record.pk]
