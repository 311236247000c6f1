"""What stands in the stream."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from leadline.web.timeline.paging import EPOCH, Mark
from leadline.web.wording.telling import Told


@dataclass
class Entry:
    """One entry: `kind` is change, note, file, activity, planned or gone (it hung here and is in the trash).

    `row` is what it shows: a Change, Note, File or Activity; `who` wrote, attached or did it; `on` another record that
    it hangs on as well. Changes of one act stand together in `changes`, and in words in `told`. `undone`: taken back
    since. `takes_back`: it is itself a taking back. `undo`: the id of the change by which it can be taken back.
    """

    kind: str
    mark: Mark
    row: Any
    who: str = ""
    told: list[Told] = field(default_factory=list)
    changes: list[Any] = field(default_factory=list)
    undone: bool = False
    takes_back: bool = False
    undo: int | None = None
    on: Any = None

    @property
    def at(self) -> dt.datetime:
        return self.mark.at

    @property
    def dated(self) -> bool:
        """Whether anybody knows when it was."""
        return self.mark.at > EPOCH


@dataclass
class Page:
    """A page of the stream, newest first; `following` is the mark behind which the next one begins."""

    entries: Sequence[Entry]
    following: Mark | None
