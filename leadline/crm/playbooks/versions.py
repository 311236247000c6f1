"""Which version of a stage's playbook a deal has: the latest that was published before it entered the stage.

Or that was published for deals that stood there too. So old deals keep what they had (R2).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.utils import timezone

from leadline.crm.models import Deal, Playbook, Stage
from leadline.crm.models.clocks import changes_of, entered
from leadline.history.statements import Statement

LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
_published = Statement(
    lambda: Playbook.objects.kept().filter(stage=0, published_at__isnull=False).order_by("-version", "-pk")
)
_published_in = Statement(
    lambda: (
        Playbook.objects.kept()
        .filter(stage__pipeline=0, published_at__isnull=False)
        .order_by("stage_id", "-version", "-pk")
    )
)
Books = dict[int, list[Playbook]]  # by stage: its versions, the newest first


def published(stage_id: int) -> list[Playbook]:
    """The versions of a stage's playbook that were published, the newest first."""
    found: list[Playbook] = _published.records(stage_id)
    return found


def published_in(pipeline_id: int) -> Books:
    """The same of every stage of a pipeline that has one, in one question."""
    found: Books = defaultdict(list)
    for book in _published_in.records(pipeline_id):
        found[book.stage_id].append(book)
    return found


def version_for(deal: Deal, stage: Stage) -> Playbook | None:
    """The playbook that this deal has in this stage, whether it stands there, has passed it or is to come to it."""
    return versions_for([deal], [stage])[deal.pk, stage.pk]


def versions_for(
    deals: Sequence[Deal], stages: Sequence[Stage], books: Books | None = None
) -> dict[tuple[int, int], Playbook | None]:
    """The playbook of each of the deals in each of the stages, by the ids of both; the log is read where it decides.

    `books` are those of the stages, where they are known already.
    """
    now, found, asked = timezone.now(), {}, []
    if books is None:
        books = {stage.pk: published(stage.pk) for stage in stages}
    for deal in deals:
        for stage in stages:
            versions = books.get(stage.pk, ())
            if stage.pk != deal.stage_id and _behind(deal, stage) and _differ(versions):
                asked.append((deal, stage))
                continue
            here = not _ahead(deal, stage)
            found[deal.pk, stage.pk] = chosen(versions, (deal.stage_entered_at or LONG_AGO) if here else now)
    if asked:
        log = changes_of("deal", sorted({deal.pk for deal, _stage in asked}))
        for deal, stage in asked:
            since = entered(log[deal.pk], stage.pk) or deal.stage_entered_at or LONG_AGO
            found[deal.pk, stage.pk] = chosen(books.get(stage.pk, ()), since)
    return found


def chosen(versions: Sequence[Playbook], since: dt.datetime) -> Playbook | None:
    """Of published versions, the newest first, the one of a deal that entered the stage at this moment."""
    return next((book for book in versions if book.for_standing or (book.published_at or since) <= since), None)


def place(stage: Stage) -> tuple[int, int]:
    """By which stages of a pipeline follow each other."""
    return stage.position, stage.pk


def _behind(deal: Deal, stage: Stage) -> bool:
    return deal.stage is not None and place(stage) < place(deal.stage)


def _ahead(deal: Deal, stage: Stage) -> bool:
    return deal.stage is None or place(stage) > place(deal.stage)


def _differ(versions: Sequence[Playbook]) -> bool:
    """Whether it matters when a deal entered the stage."""
    return bool(versions) and not versions[0].for_standing
