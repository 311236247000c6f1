"""Imports whose process has died are taken back wholly: there is no half import."""

from datetime import timedelta

from django.utils import timezone

from leadline.imports.drafts import expiring
from leadline.imports.locking import alive, folder, holding
from leadline.imports.models import Draft, Import, Stand, State
from leadline.imports.undoing import remove

DIED = "The process that wrote it ended before it was done."


def recover() -> list[Import]:
    """Take back what dead processes left; called when Leadline starts. Returns the imports taken back."""
    found = []
    for arrival in Import.objects.filter(state__in=[State.WRITING, State.UNDOING]):
        if alive(arrival):
            continue
        with holding(arrival):
            if arrival.state == State.UNDOING:
                remove(arrival, State.UNDONE)
            else:
                remove(arrival, State.FAILED)
                Import.objects.filter(pk=arrival.pk).update(error=DIED)
        found.append(arrival)
    # A plan that nobody carried out within a day was given up.
    Import.objects.filter(state=State.PLANNED, created_at__lt=timezone.now() - timedelta(days=1)).delete()
    Draft.objects.filter(stand=Stand.WRITING).update(stand=Stand.READY)  # its process is gone
    expiring.expire()
    expiring.sweep()
    sweep()
    return found


def sweep() -> None:
    """Staging files that belong to no import under way."""
    waiting = set(
        Import.objects.filter(state__in=[State.PLANNED, State.WRITING, State.UNDOING]).values_list("pk", flat=True)
    )
    for path in folder().glob("*.staging"):
        if path.stem.isdigit() and int(path.stem) not in waiting:
            path.unlink(missing_ok=True)
