"""A playbook is drafted, then published as the next version; what is published is never changed (R2)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.crm.models import Playbook, Stage
from leadline.crm.playbooks.versions import published
from leadline.history.writing import locked, writing


def draft_of(stage: Stage) -> Playbook | None:
    """What is being written for this stage and not published yet."""
    found: Playbook | None = Playbook.objects.kept().filter(stage=stage, published_at=None).order_by("-version").first()
    return found


def begin(stage: Stage, *, by: By) -> Playbook:
    """The draft of a stage: the one that is there, or a new one that begins as the newest version stands."""
    with writing():
        list(locked(Stage.objects.filter(pk=stage.pk).order_by()).values_list("pk"))
        if draft := draft_of(stage):
            return draft
        last = next(iter(published(stage.pk)), None)
        draft = Playbook(stage=stage, version=last.version + 1 if last else 1)
        if last:
            draft.guidance, draft.links, draft.items = last.guidance, last.links, last.items
        return draft.add(by=by)


def publish(draft: Playbook, *, by: By, for_standing: bool = False, at: dt.datetime | None = None) -> Playbook:
    """From now on deals that enter the stage are asked this; `for_standing`: those that stand there, too.

    Raises ValidationError for what is published already, PermissionDenied.
    """
    with draft.changing(by, at=at) as when:
        if draft.published_at:
            raise ValidationError(_("This version is published already."))
        draft.published_at, draft.for_standing = when, for_standing
    return draft
