"""What the files of an import left open, and what that keeps out of the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import ngettext

from leadline.crm.models import Deal
from leadline.history.models import Change
from leadline.imports.models import Import


def of(arrival: Import) -> Iterator[str]:
    """A line for each gap in the deals that this import made; one query each."""
    made = Change.objects.filter(act=arrival.act, entity=Deal.ENTITY, verb=Change.CREATE, undoes=None)
    deals = Deal.objects.kept().filter(pk__in=made.values("record_id"))
    undated = deals.filter(created_at=None).count()
    if undated:
        yield ngettext(
            "%(count)s deal has no creation date: it is left out of all that is counted by that date.",
            "%(count)s deals have no creation date: they are left out of all that is counted by that date.",
            undated,
        ) % {"count": undated}
    unplaced = deals.filter(stage=None).exclude(status="open").count()
    if unplaced:
        yield ngettext(
            "%(count)s closed deal has no stage: where it was won or lost is not recorded.",
            "%(count)s closed deals have no stage: where they were won or lost is not recorded.",
            unplaced,
        ) % {"count": unplaced}
