"""Leads as they stand, with the way they have come."""

from __future__ import annotations

import datetime as dt

from leadline.insights.log.entities import CURRENCY, LEAD, RATE
from leadline.insights.store.slips import undone
from leadline.insights.store.states import literal, states


def leads(as_of: dt.datetime | None) -> str:
    """SELECT the leads that are neither deleted nor merged, with mql_at, sql_at, sal_at, handed_at and value_base.

    `…_at`: when it first came to that stage or beyond it, so that the funnel never widens; a converted lead has been
    accepted (SAL), also if it is a lead again. A lead stands where it was first seen from its creation on, where that
    is known. `handed_at`: when its owner got it from another, or from nobody; null for one who had it from the
    beginning. `value_base`: its value in the base currency, at the rate of the day it was created; null without one.
    """
    return f"""
        SELECT stood.* EXCLUDE (gone), mql_at, sql_at, sal_at,
            CASE WHEN owner IS NOT NULL THEN handed_at END AS handed_at,
            CAST(CASE WHEN currency = base THEN value ELSE value * price END AS DECIMAL(18, 2)) AS value_base
        FROM ({states(LEAD, as_of)}) AS stood
        LEFT JOIN ({lead_paths(as_of)}) AS paths USING (lead)
        LEFT JOIN ({_worth(as_of)}) AS worth USING (lead)
        WHERE NOT gone"""


def lead_paths(as_of: dt.datetime | None) -> str:
    """SELECT lead, mql_at, sql_at, sal_at, handed_at. What happened at one moment is one step: the last that it was."""
    known = f"valid_from <= {literal(as_of)}" if as_of else "true"
    slips = f"SELECT record, occurred_at FROM {LEAD.log} WHERE id IN ({undone(LEAD.log, as_of)})"
    return f"""
        SELECT lead, {_reached("mql", "sql", "sal")} AS mql_at, {_reached("sql", "sal")} AS sql_at,
            {_reached("sal")} AS sal_at, max(CASE WHEN owner <> coalesce(had, -1) THEN since END) AS handed_at
        FROM (
            SELECT lead, stage, status, owner,
                CASE WHEN row_number() OVER own > 1 THEN lag(owner) OVER own ELSE owner END AS had,
                CASE WHEN row_number() OVER own = 1 THEN coalesce(created_at, valid_from) ELSE valid_from END AS since
            FROM (
                SELECT * FROM {LEAD.versions} WHERE {known} AND (lead, valid_from) NOT IN ({slips})
                QUALIFY row_number() OVER (PARTITION BY lead, valid_from ORDER BY seq DESC) = 1
            ) WINDOW own AS (PARTITION BY lead ORDER BY seq)
        ) AS stood GROUP BY lead"""


def _reached(*stages: str) -> str:
    beyond = " OR ".join(f"stage = '{stage}'" for stage in stages)
    return f"min(CASE WHEN {beyond} OR status = 'converted' THEN since END)"


def _worth(as_of: dt.datetime | None) -> str:
    """SELECT lead, base, price: the base currency and what one unit of the lead's was worth in it."""
    base = f"SELECT max(code) AS base FROM ({states(CURRENCY, as_of)}) WHERE is_base AND NOT gone"
    rates = f"""
        SELECT currency AS of_currency, on_date, price,
            lead(on_date) OVER (PARTITION BY currency ORDER BY on_date) AS until
        FROM ({states(RATE, as_of)}) WHERE NOT gone"""
    return f"""
        SELECT lead, base, price FROM ({states(LEAD, as_of)}) AS valued
        CROSS JOIN (
            SELECT coalesce(marked.base, used.base) AS base FROM ({base}) AS marked CROSS JOIN (
                SELECT CASE WHEN min(currency) = max(currency) THEN min(currency) END AS base
                FROM ({states(LEAD, as_of)}) WHERE value IS NOT NULL AND NOT gone
            ) AS used
        ) AS based
        LEFT JOIN ({rates}) AS rated
            ON of_currency = currency AND on_date <= CAST(created_at AS DATE)
            AND (until IS NULL OR CAST(created_at AS DATE) < until)"""
