"""What a lead's page says of where it was said to come from before: "Source: was Trade fair until 3 Nov …"."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.crm.models import Lead
from leadline.crm.models.origins import changed_origins
from leadline.web.frame.formats import day
from leadline.web.records.rows import named

KINDS = {"source_id": "source", "campaign_id": "campaign", "originator_id": "user"}


def origins(lead: Lead) -> list[str]:
    """A sentence for each change, the latest first; none where nothing was changed."""
    heads = {"source_id": _("Source"), "campaign_id": _("Campaign"), "originator_id": _("Originator")}
    return [
        _("%(field)s: was %(value)s until %(day)s, changed by %(who)s")
        % {
            "field": heads[was.name],
            "value": named(KINDS[was.name], was.pk) or "…",
            "day": day(was.until),
            "who": named("user", was.by_id) or _("Leadline"),
        }
        for was in changed_origins(lead)
    ]
