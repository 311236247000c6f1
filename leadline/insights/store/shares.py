"""Which part of a deal's value is each product's."""

from __future__ import annotations

import datetime as dt

from leadline.insights.store.states import line_states


def product_shares(as_of: dt.datetime | None) -> str:
    """SELECT deal, product, from_share, to_share: which part of a deal's value is each product's.

    By the lines' amounts (quantity x price less discount), in equal parts where a deal has none. The parts of a deal
    follow each other from 0 to exactly 1, so that values shared out by them add up again.
    """
    return f"""
        SELECT deal, product, coalesce(lag(upto) OVER line, 0) AS from_share,
            CASE WHEN lead(product) OVER line IS NULL THEN 1 ELSE upto END AS to_share
        FROM (
            SELECT deal, product, CASE WHEN sum(amount) OVER whole > 0
                THEN sum(amount) OVER line / sum(amount) OVER whole
                ELSE row_number() OVER line / count(*) OVER whole END AS upto
            FROM (
                SELECT deal, product,
                    sum(coalesce(quantity * unit_price * (1 - coalesce(discount, 0) / 100), 0)) AS amount
                FROM ({line_states(as_of)}) WHERE NOT gone GROUP BY deal, product
            ) WINDOW line AS (PARTITION BY deal ORDER BY product), whole AS (PARTITION BY deal)
        ) WINDOW line AS (PARTITION BY deal ORDER BY product)"""
