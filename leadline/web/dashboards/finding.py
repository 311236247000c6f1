"""Reports and dashboards that somebody may see, and may change."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models.sharing import Shared
from leadline.web.frame.doing import reader_of

Kept = TypeVar("Kept", bound=Shared)


def seen(request: HttpRequest, model: type[Kept], pk: int) -> Kept:
    """Raises Http404 for one that is not there or not open to the reader."""
    rows: Any = model.objects
    found: Kept = get_object_or_404(rows.visible_to(reader_of(request)).kept(), pk=pk)
    return found


def changed_by(user: User, kept: Shared) -> bool:
    """Its owner changes it, and an administrator."""
    return kept.owner_id == user.pk or user.is_administrator


def to_change(request: HttpRequest, model: type[Kept], pk: int) -> Kept:
    """As `seen`. Raises PermissionDenied for one that others share."""
    found = seen(request, model, pk)
    if not changed_by(reader_of(request), found):
        raise PermissionDenied(_("Only who made it may change it."))
    return found
