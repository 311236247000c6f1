"""Changes that stand: neither taken back nor taking another back."""

from __future__ import annotations

import datetime as dt

from leadline.insights.store.states import literal


def happened(as_of: dt.datetime | None) -> str:
    """A condition: by then."""
    return f"occurred_at <= {literal(as_of)}" if as_of else "true"


def undone(log: str, as_of: dt.datetime | None) -> str:
    """SELECT the ids of the changes that were taken back by then."""
    return f"SELECT undoes FROM {log} WHERE undoes IS NOT NULL AND {happened(as_of)}"


def stands(log: str, as_of: dt.datetime | None) -> str:
    """A condition on rows of a log: a slip and its undo touch nothing, push nothing, bring nobody further."""
    return f"undoes IS NULL AND id NOT IN ({undone(log, as_of)}) AND {happened(as_of)}"
