"""What is said below numbers of leads."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.web.frame import formats
from leadline.web.insights.declaring import Behind, Note
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.links import behind


def of_pipelines(inquiry: Inquiry) -> list[Note]:
    """That a pipeline, where one is chosen, narrows no leads."""
    if not inquiry.asked.pipeline:
        return []
    return [Note(_("Leads belong to no pipeline until they are accepted: their numbers are those of all."))]


def notes(inquiry: Inquiry) -> list[Note]:
    """Leads without a source; leads where a pipeline is chosen; lags that begin with a creation."""
    found = of_pipelines(inquiry)
    unknown = sum(row["n"] for row in inquiry.report("leads_added", "source").rows if row["source"] is None)
    if unknown:
        text = ngettext("%(n)s lead has no source.", "%(n)s leads have no source.", unknown)
        href = behind(inquiry.asked, Behind("leads_added"), {"source": None})
        found.append(Note(text % {"n": formats.number(unknown)}, href))
    (lag,) = inquiry.report("lag").rows
    if lag["from_creation"]:
        text = ngettext(
            "Of %(n)s won deal no conversation is logged before its close: its lag begins with its creation.",
            "Of %(n)s won deals no conversation is logged before their close: their lag begins with their creation.",
            lag["from_creation"],
        )
        href = behind(inquiry.asked, Behind("lag", "from_creation"), {})
        found.append(Note(text % {"n": formats.number(lag["from_creation"])}, href))
    return found
