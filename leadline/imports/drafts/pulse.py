"""Saying how far a draft is read, and hearing whether it is still wanted."""

from __future__ import annotations

import time

from leadline.imports.models import Draft

OFTEN = 0.4  # seconds between two words


class Overtaken(Exception):
    """The draft was decided upon anew, or is gone: what is being read is of no use any more."""


class Pulse:
    """Counts rows of one reading. Raises `Overtaken` from within it."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.revision = draft, draft.revision
        self.done, self.said = 0, 0.0

    def __call__(self, _label: str, rows: int) -> None:
        """So many rows more."""
        self.done += rows
        if time.monotonic() - self.said >= OFTEN:
            self.said = time.monotonic()
            self.say(done=self.done)

    def say(self, **values: object) -> None:
        """Set these of the draft's row, unless it was decided upon anew."""
        if not Draft.objects.filter(pk=self.draft.pk, revision=self.revision).update(**values):
            raise Overtaken
