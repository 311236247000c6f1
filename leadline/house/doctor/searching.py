"""Does the search know what the rows say?"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError

from leadline.crm.searching.state import disagreements, state
from leadline.house.doctor.finding import Finding, bad, good

ABOUT = "search"
MEND = f"Build it anew: {settings.COMMAND} search --rebuild"


def look() -> Iterator[Finding]:
    """How far the index is behind the log, and, where it is not, whether it says what the rows say."""
    try:
        found = state()
        wrong = disagreements()
    except DatabaseError as error:
        yield bad(ABOUT, f"the index cannot be read: {' '.join(str(error).split())}", MEND)
        return
    for kind, pk in wrong:
        yield bad(ABOUT, f"{kind} {pk} is found by other words than it has", MEND)
    if not found.built:
        yield good(ABOUT, f"{found.documents:,} records are known; a server that runs reads the others")
    elif found.behind:
        yield good(
            ABOUT, f"{found.documents:,} records are known; {found.behind:,} changes come with the next question"
        )
    elif not wrong:
        yield good(ABOUT, f"{found.documents:,} records are found by what they say")
