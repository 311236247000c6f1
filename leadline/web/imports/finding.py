"""Whose files and imports somebody may see: their own drafts, their own imports; an administrator every import."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.imports import permitting
from leadline.imports.models import Draft, Import, State
from leadline.web.frame.doing import reader_of


def draft_of(request: HttpRequest, pk: int) -> Draft:
    """Raises Http404 for anybody else's, PermissionDenied for who may import nothing any more."""
    user = reader_of(request)
    draft = get_object_or_404(Draft.objects.select_related("by", "arrival"), pk=pk, by=user)
    permitting.check(user, [])
    return draft


def may_import(user: User) -> bool:
    """Whether somebody may import anything at all."""
    try:
        permitting.check(user, [])
    except PermissionDenied:
        return False
    return True


def imports_of(user: User) -> QuerySet[Import]:
    """Imports that were begun, latest first."""
    found = Import.objects.select_related("by").exclude(state=State.PLANNED, started_at=None)
    return found if user.is_administrator else found.filter(by=user)


def import_of(request: HttpRequest, pk: int) -> Import:
    """Raises Http404 for one that is not to be seen. One that waits for its turn is there for who began it."""
    user = reader_of(request)
    found = Import.objects.select_related("by")
    return get_object_or_404(found if user.is_administrator else found.filter(by=user), pk=pk)


def may_load_example(user: User) -> bool:
    """Into an empty Leadline, by an administrator: the example has colleagues and a pipeline of its own."""
    return user.is_administrator and not Deal.objects.exists()
