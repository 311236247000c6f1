"""A draft written: the plan that is held, or one made anew where the process has changed since."""

from __future__ import annotations

from leadline.imports.drafts import folder, held
from leadline.imports.drafts.decisions import options_of
from leadline.imports.drafts.looking import look
from leadline.imports.drafts.pulse import Pulse
from leadline.imports.drafts.tidying import give_way
from leadline.imports.example.loading import write_files
from leadline.imports.importing import Stopped, carry_out, planned
from leadline.imports.models import Draft, Import, Stand
from leadline.imports.planning.plan import Plan


def write_down(draft: Draft) -> None:
    """All of it or nothing. Once it is in, the draft and its files are gone; else they wait for another try."""
    arrival = None
    try:
        arrival, plan = at_hand(draft)
        arrival.decisions = {**draft.decisions, "example": True} if draft.example else draft.decisions
        arrival.save(update_fields=["decisions"])
        Draft.objects.filter(pk=draft.pk).update(arrival=arrival)
        carry_out(arrival, plan, user=draft.by, progress=lambda label, rows: None)
    except Stopped:
        Draft.objects.filter(pk=draft.pk).update(stand=Stand.READY)
    except BaseException:
        Draft.objects.filter(pk=draft.pk).update(stand=Stand.READY)
        if arrival is None:
            raise  # nothing else would tell of it
    else:
        if draft.by.leads:
            give_way(draft.by.via("import"))
        folder.remove(draft)


def at_hand(draft: Draft) -> tuple[Import, Plan]:
    """The plan as it was shown, else made again from the files."""
    found = held.take(draft)
    if found is not None:
        return found.arrival, found.plan
    if draft.example and not draft.files:
        paths = write_files(folder.folder(draft), draft.by)
        draft.files = [{"name": path.name, "size": path.stat().st_size} for path in paths]
        draft.save(update_fields=["files"])
    options = options_of(draft.decisions)
    seen = look(draft, options)
    if seen.broken:
        raise seen.broken[0]
    pulse = Pulse(draft)
    pulse.say(total=sum(table.rows for table in seen.tables))
    return planned(folder.paths(draft), seen.tables, seen.notes, options, user=draft.by, progress=pulse)
