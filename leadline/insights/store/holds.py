"""Who had a lead from when until when."""

from __future__ import annotations

import datetime as dt

from leadline.insights.log.entities import LEAD
from leadline.insights.store.slips import undone
from leadline.insights.store.states import literal


def lead_holds(as_of: dt.datetime | None) -> str:
    """SELECT lead, owner, since, until: one row for each time that a clock ran, which the first touch stops (R39).

    `since` is null for who had the lead from the beginning, `until` for who has it by then. What happened at one moment
    is one step, slips are left out. No clock runs for nobody where somebody got the lead later, nor for who got it when
    it was closed.
    """
    known = f"valid_from <= {literal(as_of)}" if as_of else "true"
    slips = f"SELECT record, occurred_at FROM {LEAD.log} WHERE id IN ({undone(LEAD.log, as_of)})"
    return f"""
        SELECT lead, owner, since, until
        FROM (
            SELECT lead, owner, status, CASE WHEN had_any THEN valid_from END AS since,
                lead(valid_from) OVER (PARTITION BY lead ORDER BY seq) AS until
            FROM (
                SELECT lead, owner, status, valid_from, seq, lag(owner) OVER own AS had, lag(true) OVER own AS had_any
                FROM (
                    SELECT lead, owner, status, valid_from, seq FROM {LEAD.versions}
                    WHERE {known} AND (lead, valid_from) NOT IN ({slips})
                    QUALIFY row_number() OVER (PARTITION BY lead, valid_from ORDER BY seq DESC) = 1
                ) AS steps WINDOW own AS (PARTITION BY lead ORDER BY seq)
            ) AS followed WHERE had_any IS NULL OR coalesce(owner, -1) <> coalesce(had, -1)
        ) AS held
        WHERE (since IS NULL OR status = 'open') AND (owner IS NOT NULL OR until IS NULL)"""
