"""Deals that came of leads: the deal inherits, the lead is marked as converted."""

from leadline.crm.models import Lead
from leadline.imports.planning.staging import Staged
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import states
from leadline.imports.writing.everything import Everything

from django.utils.translation import gettext as _  # isort: skip

INHERITED = ("source_id", "campaign_id", "originator_id", "organization_id", "person_id")


class Conversions:
    """The leads that a chunk of deals names."""

    def __init__(self, all_: Everything, chunk: list[Staged]) -> None:
        self.all_ = all_
        self.leads: dict[int, State] = {}
        named = [row.body["lead.id"] for row in chunk if "lead.id" in row.body]
        if named:
            all_.leads.look_up(("x:" + text, text) for text in named)
            self.leads = states(Lead, all_.leads.all_of((("x:" + text, text) for text in named), fresh=True))

    def lead(self, row: Staged) -> tuple[int, State] | None:
        """The lead that a row names, if it is there."""
        if "lead.id" not in row.body:
            return None
        pk = self.all_.leads.get("x:" + row.body["lead.id"])
        if pk is None:
            self.all_.context.fault(
                row, "lead.id", row.body["lead.id"], _("there is no lead with this id"),
                _("Import the file of leads as well. The row is in without this link."),
            )  # fmt: skip
            return None
        return pk, self.leads.get(pk, {})

    def inherit(self, row: Staged, wanted: State) -> None:
        """What the deal's row leaves open comes from the lead."""
        found = self.lead(row) if "lead.id" in row.body else None
        if found:
            for name in INHERITED:
                if not wanted.get(name) and found[1].get(name):
                    wanted[name] = found[1][name]
            if found[1].get("title"):
                wanted.setdefault("title", found[1]["title"])

    def convert(self, row: Staged, deal: int, wanted: State) -> None:
        """The lead became this deal: when it was made, or, where that is not known, when it closed."""
        context = self.all_.context
        pk = self.all_.leads.get("x:" + row.body["lead.id"]) if "lead.id" in row.body else None
        if pk is None or pk not in self.leads:
            return
        lead = self.leads[pk]
        if lead.get("deal_id"):
            return
        at = lead.get("closed_at") or wanted.get("created_at") or wanted.get("closed_at") or context.stamp
        warn_of_time(self.all_, row, lead, wanted)
        changed: State = {"status": "converted", "deal_id": deal, "closed_at": at, "stage": "sal"}
        if wanted.get("originator_id") and not lead.get("originator_id"):
            changed["originator_id"] = wanted["originator_id"]
        changed = {name: value for name, value in changed.items() if lead.get(name) != value}
        context.update(Lead, pk, lead, changed, max(at, lead.get("created_at") or at))


def warn_of_time(all_: Everything, row: Staged, lead: State, wanted: State) -> None:
    """A deal won before its lead was known."""
    begun, ended = lead.get("created_at") or "", wanted.get("closed_at") or ""
    if begun and ended and ended < begun:
        all_.context.fault(
            row, "won_at", ended[:10],
            _("it was closed before its lead was first known (%(day)s)") % {"day": begun[:10]},
            _("Correct one of the dates. The row is in with both as they are; its duration counts as none."),
        )  # fmt: skip
