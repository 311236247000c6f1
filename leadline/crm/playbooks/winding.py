"""Many deals are asked something else since a playbook was published: their scores are wound beside requests."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from leadline.crm.models import Deal, Playbook
from leadline.crm.playbooks.scoring import CHUNK, wind_scores
from leadline.history import beside
from leadline.history.writing import locked, writing

PAUSE = 5  # seconds


def restaged(pipeline_ids: Iterable[int]) -> None:
    """The scores of a pipeline wait where its stages are others than they were: one playbook stands for all."""
    for pk in pipeline_ids:
        books = Playbook.objects.kept().filter(stage__pipeline=pk, published_at__isnull=False).order_by("pk")
        Playbook.objects.filter(pk__in=list(books.values_list("pk", flat=True)[:1])).update(unwound_at=timezone.now())


def wind_due() -> int:
    """Winds the scores behind each playbook that waits for it; how many playbooks there were.

    Some hundreds of deals at a time are locked, so that nobody waits long. Winding twice does no harm: a server that is
    stopped on the way begins anew, and several servers may do the same.
    """
    waiting = list(Playbook.objects.filter(unwound_at__isnull=False).select_related("stage").order_by("unwound_at"))
    for book in waiting:
        last = 0
        while ids := list(book.concerned().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
            with writing():
                list(locked(Deal.objects.filter(pk__in=ids).order_by("pk")).values_list("pk"))
                wind_scores(ids)
            last = ids[-1]
        # Published or taken back anew meanwhile, it waits again.
        Playbook.objects.filter(pk=book.pk, unwound_at=book.unwound_at).update(unwound_at=None)
    return len(waiting)


def in_background() -> None:
    """Looks every few seconds as long as the server runs."""
    beside.again("winding scores", PAUSE, wind_due)
