"""Stage by stage: everyone, some people, or the mix they are given (R18), in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.web.frame import formats
from leadline.web.insights.declaring import Row
from leadline.web.insights.why.first import far
from leadline.web.insights.why.words import SCOPES

if TYPE_CHECKING:
    from leadline.insights.findings.told import Stage


def row(stage: Stage, closed: int) -> Row:
    """The numbers of a stage, and what they say where so many deals are closed."""
    return {
        "stage": stage.stage.label if stage.stage else _("Deals without stages"),
        "said": said(stage, closed),
        "level": stage.level,
        "was": stage.was,
        "spread": stage.spread.value, "spread_low": stage.spread.low, "spread_high": stage.spread.high,
        "between": stage.between.value, "between_low": stage.between.low, "between_high": stage.between.high,
        "people": stage.people,
    }  # fmt: skip


def said(stage: Stage, closed: int) -> str:
    """Whose it is that too few go on, or that nothing stands out."""
    names = ", ".join(who.label for who in stage.who)
    if stage.scope == "people" and names:
        return f"{names}. {SCOPES['people']}"
    if stage.scope == "people":
        return _("People differ more here than they usually do: it is a skill to be coached.")
    if stage.scope == "mix":
        return _("%(names)s: it is the mix of what they are given, not their skill.") % {"names": names}
    if stage.scope == "unknown" and stage.more > far(closed):
        return _("Cannot be told yet. It would take far more closed deals than there are.")
    if stage.scope == "unknown":
        return ngettext(
            "Cannot be told yet. About %(count)s more closed deal would tell.",
            "Cannot be told yet. About %(count)s more closed deals would tell.",
            stage.more,
        ) % {"count": formats.number(int(float(f"{stage.more:.2g}")))}
    return str(SCOPES.get(stage.scope, _("Neither the stage nor anybody stands out.")))
