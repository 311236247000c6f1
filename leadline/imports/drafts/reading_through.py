"""A draft read from its first file to what an import of it would do."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from leadline.imports import permitting
from leadline.imports.drafts import folder, held
from leadline.imports.drafts.decisions import options_of
from leadline.imports.drafts.looking import Seen, all_sheets, look, shown
from leadline.imports.drafts.pulse import Pulse
from leadline.imports.drafts.remembering import remember
from leadline.imports.drafts.trying import problems, tried
from leadline.imports.importing import discard, planned, try_out
from leadline.imports.models import Draft, Stand


def read_through(draft: Draft) -> None:
    """Understand, check every row, try out; what was found is in the draft's row as soon as it is known.

    Raises `Overtaken` where it was decided upon anew meanwhile.
    """
    held.give_up(draft.pk)
    pulse = Pulse(draft)
    pulse.say(done=0, total=0)
    remember(draft, all_sheets(draft)[0])
    seen = look(draft, options_of(draft.decisions))
    if seen.broken:
        errors = [{"file": one.file, "reason": one.reason, "mend": one.mend} for one in seen.broken]
        pulse.say(stand=Stand.BROKEN, errors=errors, found_at=draft.revision)
        return
    found = shown(seen, draft.decisions)
    try:
        permitting.check(draft.by, [table.kind for table in seen.tables])
    except PermissionDenied as refused:
        found["refused"] = str(refused)
    if found.get("refused") or found["questions"] or not seen.tables:
        pulse.say(stand=Stand.READY, found=found, found_at=draft.revision)
        return
    # Twice: every row is read and checked, then tried beside the records that are here.
    pulse.say(found=found, total=2 * sum(table.rows for table in seen.tables))
    pulse.say(stand=Stand.READY, found={**found, **try_all(draft, seen, pulse)}, found_at=draft.revision)


def try_all(draft: Draft, seen: Seen, pulse: Pulse) -> dict[str, object]:
    """The plan, tried out; it is held until somebody says yes."""
    options = options_of(draft.decisions)
    arrival, plan = planned(folder.paths(draft), seen.tables, seen.notes, options, user=draft.by, progress=pulse)
    wrong: list[dict[str, object]] = []
    try:
        result = try_out(plan, draft.by, pulse, look=lambda staging: wrong.extend(problems(staging)))
        found = tried(plan, result, arrival, wrong)
    except BaseException:
        discard(arrival, plan)
        raise
    held.hold(draft, draft.revision, arrival, plan)
    return found
