"""How long letters are kept."""

from __future__ import annotations

import datetime as dt

from leadline.history.writing import writing
from leadline.mail.models import Edition, Letter, Run

KEPT = dt.timedelta(days=90)  # longer than a due time can lie back: what is done is not done again


def clear(now: dt.datetime) -> None:
    """Deletes letters, runs and digests that are older."""
    letters, runs = Letter.objects.filter(created_at__lt=now - KEPT), Run.objects.filter(due_at__lt=now - KEPT)
    editions = Edition.objects.filter(made_at__lt=now - KEPT)
    old = (letters, runs, editions)
    if any(rows.exists() for rows in old):  # most times there are none, and nobody is kept from writing
        with writing():
            for rows in old:
                rows.delete()
