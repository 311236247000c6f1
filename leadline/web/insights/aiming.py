"""What a target is held against, in a sentence: wherever one is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.crm.models import Pipeline
from leadline.insights.aims import Aim


def scope(aim: Aim, pipeline: str) -> list[str]:
    """Whose target it is, if not the company's, and what counts towards one of all pipelines; `pipeline` is planned."""
    said = []
    if aim.person is not None:
        said.append(_("It is held against the deals of the person whose target it is."))
    elif aim.team is not None:
        said.append(_("It is held against the deals of the team whose target it is."))
    if Pipeline.objects.kept().count() < 2:
        return said
    whole = _(
        "It is for all pipelines: what is won in any counts, what is still to come is planned in %(pipeline)s alone."
    )
    part = _("It is for %(pipeline)s alone: what is won elsewhere does not count.")
    said.append((whole if aim.pipeline is None else part) % {"pipeline": pipeline})
    return said
