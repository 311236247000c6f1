"""Are there imports that a process left half done?"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from leadline.house.doctor.finding import Finding, bad, good
from leadline.imports.locking import alive
from leadline.imports.models import Import, State

ABOUT = "imports"


def look() -> Iterator[Finding]:
    """Imports that are being written, but by nobody."""
    left = [arrival for arrival in Import.objects.filter(state=State.WRITING) if not alive(arrival)]
    for arrival in left:
        yield bad(
            ABOUT,
            f"import {arrival.pk} was cut short",
            f"The next start takes it back wholly: {settings.COMMAND} serve",
        )
    if not left:
        yield good(ABOUT, "none was left half done")
