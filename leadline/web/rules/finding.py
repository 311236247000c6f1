"""The rule of an address."""

from __future__ import annotations

from django.http import Http404

from leadline.rules.models import Rule


def rule_or_404(pk: int, *, trashed: bool = False) -> Rule:
    """One that is there, or one in the trash."""
    found: Rule | None = Rule.objects.filter(pk=pk, deleted_at__isnull=not trashed).first()
    if found is None:
        raise Http404
    return found
