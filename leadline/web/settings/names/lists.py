"""What each list keeps, and the words on its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.activities.models import ActivityType, Outcome
from leadline.crm.models import Campaign, DiscardReason, Label, Lack, LostReason, Source
from leadline.history.recorded import Recorded

Word = str | Promise


@dataclass(frozen=True)
class NamedList:
    """One list. `page` names the address it stands at; `ordered` ones are put in order; `extra` is how a row looks.

    `facts` are further fields, edited in the row (names.facts); rows of `joined` ones can be merged.
    """

    key: str
    page: str
    model: type[Recorded]
    title: Word
    intro: Word
    new: Word
    none: Word
    ordered: bool = False
    extra: str = ""
    facts: tuple[str, ...] = ()
    joined: bool = True


LISTS = {
    found.key: found
    for found in (
        NamedList(
            "sources",
            "sources",
            Source,
            _("Sources and campaigns"),
            _(
                "Where deals and leads come from, and the campaigns of each source. Reports compare them. A source may"
                " say how soon its leads are answered, in minutes of work, and when whoever leads hears of the others."
            ),
            _("New source"),
            _("No source yet. Name where your deals come from: referral, web, fair, outreach."),
            facts=("answer_within", "escalate_after"),
        ),
        NamedList(
            "campaigns", "sources", Campaign, _("Campaigns"), "", _("New campaign"), _("This source has no campaign.")
        ),
        NamedList(
            "lost-reasons",
            "lost_reasons",
            LostReason,
            _("Lost reasons"),
            _("What people choose from when a deal is lost. A short list of plain reasons tells most."),
            _("New reason"),
            _("No reason yet. Name why deals are lost: price, no need, a competitor, no answer."),
        ),
        NamedList(
            "discard-reasons",
            "discard_reasons",
            DiscardReason,
            _("Discard reasons"),
            _("What people choose from when nothing will come of a lead. A short list of plain reasons tells most."),
            _("New reason"),
            _("No reason yet. Name why leads are discarded: no fit, cannot be reached, not now."),
        ),
        NamedList(
            "lacks",
            "lacks",
            Lack,
            _("What leads lack"),
            _(
                "What people choose from when they give back what was handed to them. Insights > Leads shows what is"
                " missing most, and from whom."
            ),
            _("New entry"),
            _("Nothing yet. Name what a lead must have when it is handed over: a budget, who decides, a date."),
        ),
        NamedList(
            "labels",
            "labels",
            Label,
            _("Labels"),
            _("Coloured words on deals, leads, people and organizations. A label that is deleted comes off them."),
            _("New label"),
            _("No label yet. Add one, and put it on records."),
            extra="colour",
        ),
        NamedList(
            "activity-types",
            "activity_types",
            ActivityType,
            _("Activity types"),
            _(
                "What people do and plan: the kinds to choose from, in this order. The kind of work says where time"
                " goes, the minutes how long one usually takes."
            ),
            _("New type"),
            _("No type yet. Name what your people do: call, meeting, demo."),
            ordered=True,
            extra="icon",
            facts=("work", "minutes"),
        ),
        NamedList(
            "outcomes",
            "outcomes",
            Outcome,
            _("Outcomes"),
            _(
                "What can come of an activity, to choose from by one key, in this order. What one counts as is what"
                " calls and conversations are counted by; what was said before keeps its word and its meaning."
            ),
            _("New outcome"),
            _("No outcome yet. Name what comes of a call: no answer, reached, a meaningful conversation."),
            ordered=True,
            facts=("counts_as",),
            joined=False,
        ),
    )
}


def list_of(key: str) -> NamedList:
    """Raises Http404 for a list that is none."""
    if key not in LISTS:
        raise Http404
    return LISTS[key]
