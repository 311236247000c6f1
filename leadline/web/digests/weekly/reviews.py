"""Stages that are to be revised, with what the page of their review will say."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.crm.playbooks.reviewing import due_reviews
from leadline.web.digests.parts import MOST, Line, Part, Scope
from leadline.web.frame import formats


def reviews(scope: Scope) -> Part | None:
    """The longest due first; no reason to send a letter by itself."""
    due = due_reviews(scope.on_day)
    lines = tuple(
        Line(
            str(stage),
            str(stage.pipeline),
            f"{reverse('stage_review', args=[stage.pipeline_id])}#stage-{stage.pk}",
            other=_("since %(day)s") % {"day": formats.day(stage.review_on)},
        )
        for stage in due[:MOST]
    )
    count = formats.number(len(due))
    href = reverse("playbooks")
    return Part("reviews", _("Stages to review"), "clipboard-list", count, href, lines, quiet=True) if due else None
