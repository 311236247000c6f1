"""A record by its number, as far as the reader sees it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from leadline.accounts.permissions import may
from leadline.crm.models import Deal, Lead, Organization, Person, Product
from leadline.history.recorded import Recorded
from leadline.web.frame.doing import reader_of

KINDS: dict[str, type[Recorded]] = {
    "deal": Deal,
    "lead": Lead,
    "person": Person,
    "organization": Organization,
    "product": Product,
}


def find(rows: Any, request: HttpRequest, pk: int) -> Any:
    """The record of a model or among some rows, in the trash or not.

    Raises Http404 for one that is not there or not open to the reader.
    """
    query: Any = rows._default_manager if isinstance(rows, type) and issubclass(rows, Recorded) else rows
    found = query.visible_to(reader_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def find_kept(rows: Any, request: HttpRequest, pk: int) -> Any:
    """The same, of what is not in the trash."""
    found = find(rows, request, pk)
    if found.deleted_at is not None:
        raise Http404
    return found


def find_deal_to_change(request: HttpRequest, pk: int) -> Deal:
    """A deal by its number, to put something on it or to take it off. Raises Http404, PermissionDenied."""
    deal: Deal = find(Deal, request, pk)
    if not may(reader_of(request), "change", deal):
        raise PermissionDenied(_("You may not change this deal."))
    return deal


def find_of_kind(kind: str, request: HttpRequest, pk: int) -> Any:
    """A record by the name of its kind. Raises Http404 also for a kind that has no page."""
    if kind not in KINDS:
        raise Http404
    return find(KINDS[kind], request, pk)
