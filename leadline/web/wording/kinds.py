"""The words for kinds of record, one and several."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.history.registry import MEMBERS, recorded_models

Word = str | Promise

# In the order in which lists of kinds read best: what is sold first, what shapes the company last.
WORDS: dict[str, tuple[Word, Word]] = {
    "deal": (_("deal"), _("Deals")),
    "lead": (_("lead"), _("Leads")),
    "person": (_("person"), _("People")),
    "organization": (_("organization"), _("Organizations")),
    "activity": (_("activity"), _("Activities")),
    "note": (_("note"), _("Notes")),
    "file": (_("file"), _("Files")),
    "participant": (_("participant"), _("Participants")),
    "deal_product": (_("product line"), _("Product lines")),
    "product": (_("product"), _("Products")),
    "pipeline": (_("pipeline"), _("Pipelines")),
    "stage": (_("stage"), _("Stages")),
    "hand_off": (_("hand-off"), _("Hand-offs")),
    "playbook": (_("playbook"), _("Playbooks")),
    "answer": (_("answer to a playbook"), _("Answers to playbooks")),
    "custom_field": (_("field"), _("Fields")),
    "source": (_("source"), _("Sources")),
    "campaign": (_("campaign"), _("Campaigns")),
    "lost_reason": (_("lost reason"), _("Lost reasons")),
    "discard_reason": (_("discard reason"), _("Discard reasons")),
    "lack": (_("thing a lead lacks"), _("What leads lack")),
    "label": (_("label"), _("Labels")),
    "activity_type": (_("activity type"), _("Activity types")),
    "outcome": (_("outcome"), _("Outcomes")),
    "goal": (_("goal"), _("Goals")),
    "block": (_("time block"), _("Time blocks")),
    "sitting": (_("sitting"), _("Sittings")),
    "ten_entry": (_("entry of 1st & 10"), _("Entries of 1st & 10")),
    "opening": (_("opening"), _("Openings")),
    "hour_rate": (_("hourly rate"), _("Hourly rates")),
    "rule": (_("rule"), _("Rules")),
    "telling": (_("notice of a rule"), _("Notices of rules")),
    "currency": (_("currency"), _("Currencies")),
    "rate": (_("rate"), _("Rates")),
    "target": (_("target"), _("Targets")),
    "finding": (_("finding"), _("Findings")),
    "own_forecast": (_("own forecast"), _("Own forecasts")),
    "view": (_("view"), _("Views")),
    "report": (_("report"), _("Reports")),
    "dashboard": (_("dashboard"), _("Dashboards")),
    "schedule": (_("schedule"), _("Schedules")),
    "user": (_("user"), _("Users")),
    "team": (_("team"), _("Teams")),
    "escalation": (_("late lead"), _("Late leads")),
    "absence": (_("absence"), _("Absences")),
    "pod": (_("pod"), _("Pods")),
    "door": (_("form or webhook"), _("Forms and webhooks")),
    "fit_criterion": (_("criterion of the ideal client"), _("Criteria of the ideal client")),
    "assignment_rule": (_("assignment rule"), _("Assignment rules")),
    "visibility": (_("visibility"), _("Who sees what")),
    "erasure": (_("erasure"), _("Erasures")),
}


def kind_word(kind: str) -> str:
    """ "deal"; for a kind without a word of its own what its model is called."""
    return str(_of(kind)[0])


def kind_plural(kind: str) -> str:
    """ "Deals", as a heading or a choice."""
    return str(_of(kind)[1])


def kinds() -> list[str]:
    """Every kind that the log may tell of, in order."""
    known = {*recorded_models(), *(model.ENTITY for model in MEMBERS), "erasure"}
    return [*(kind for kind in WORDS if kind in known), *sorted(known - WORDS.keys())]


def _of(kind: str) -> tuple[Word, Word]:
    if kind in WORDS:
        return WORDS[kind]
    model = recorded_models().get(kind)
    word = str(model._meta.verbose_name) if model else kind.replace("_", " ")
    return word, str(model._meta.verbose_name_plural).capitalize() if model else word.capitalize()
