"""Stage changes of deals that have no row in this import: their deals are here already, or nowhere."""

from django.utils.translation import gettext as _

from leadline.crm.models import Deal
from leadline.imports.planning.staging import Event
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import states
from leadline.imports.writing.everything import Everything
from leadline.imports.writing.past import Pasts
from leadline.imports.writing.steps import steps_of
from leadline.imports.writing.touching import Touches


def bring_in(all_: Everything, deals: list[str]) -> None:
    """The stage changes of these deals (their keys)."""
    events = all_.context.staging.events_of(deals)
    all_.deals.look_up((key, key[2:]) for key in deals)
    found = {key: all_.deals.get(key) for key in deals}
    known = states(Deal, filter(None, found.values()))
    complete_stages(all_, events, found, known)
    pasts = Pasts(all_, known)
    for key, some in events.items():
        pk = found[key]
        if pk is None or pk not in known:
            for event in some:
                blame(all_, event, key)
            continue
        pasts.add(pk, known[pk], steps_of(all_, some, known[pk]["pipeline_id"], known[pk]["currency"]))
    Touches(all_.context).by_moves().write(Deal)


def complete_stages(
    all_: Everything, events: dict[str, list[Event]], found: dict[str, int | None], known: dict[int, State]
) -> None:
    """Stages that the history names and the deals' pipelines do not have yet."""
    if all_.stages.told:
        return
    words: dict[int, dict[str, None]] = {}
    for key, some in events.items():
        if found[key] in known:
            pipeline = known[found[key] or 0]["pipeline_id"]
            for event in some:
                word = event.body.get("stage.id") or event.body.get("stage", "")
                if not all_.stages.parting(word):
                    words.setdefault(pipeline, {})[word] = None
    for pipeline, names in words.items():
        all_.stages.complete(pipeline, [(name, None) for name in names])


def blame(all_: Everything, event: Event, key: str) -> None:
    """A stage change of nothing."""
    all_.context.fault(
        event, "deal.id" if "deal.id" in event.body else "deal", key[2:], _("there is no such deal"),
        _("Correct the id, or import the deal as well."), fatal=True,
    )  # fmt: skip
