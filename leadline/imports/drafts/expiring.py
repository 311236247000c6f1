"""Drafts that nobody has touched for a day are given up, with their files."""

from datetime import timedelta
from shutil import rmtree

from django.utils import timezone

from leadline.imports import locking
from leadline.imports.drafts import folder, held
from leadline.imports.models import Draft, Stand

KEPT = timedelta(days=1)


def expire() -> int:
    """Remove what is older; returns how many drafts. Those being written are left."""
    old = Draft.objects.filter(touched_at__lt=timezone.now() - KEPT).exclude(stand=Stand.WRITING)
    for draft in old:
        give_up(draft)
    return len(old)


def give_up(draft: Draft) -> None:
    """The draft, its plan and its files."""
    held.give_up(draft.pk)
    folder.remove(draft)


def sweep() -> None:
    """Folders that belong to no draft: a process died between the row and its files."""
    there = set(map(str, Draft.objects.values_list("pk", flat=True)))
    for path in (locking.folder() / "drafts").glob("*"):
        if path.name not in there:
            rmtree(path, ignore_errors=True)
