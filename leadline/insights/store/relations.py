"""The relations that metrics read, as SELECTs over the versions: as things stand, or as of a moment."""

from __future__ import annotations

import datetime as dt

from leadline.insights.log.entities import DEAL, ENTITIES
from leadline.insights.store.stage_order import stage_order_sql
from leadline.insights.store.states import line_states, literal, stage_states, states

PLAINLY_NAMED = (
    "team", "source", "campaign", "organization", "product", "pipeline", "label", "lost_reason", "activity_type",
)  # fmt: skip
# Behind these ways stands a person's hand (accounts.actors.HUMAN_WAYS, which this floor's pure part cannot import).
HUMAN_WAYS = ("web", "api", "cli", "mail", "mcp")


def relations(as_of: dt.datetime | None) -> dict[str, str]:
    """Name to SELECT: deals, stage_order, deal_labels, names, members, fields, product_shares, touches."""
    return {
        "stage_order": stage_order_sql(f"({stage_states(as_of)})"),
        "deals": f"SELECT * EXCLUDE (gone) FROM ({states(DEAL, as_of)}) WHERE NOT gone",
        "deal_labels": f"SELECT deal, unnest(label_ids) AS label FROM ({states(DEAL, as_of)}) WHERE NOT gone",
        "members": f'SELECT "user" AS member, team FROM ({states(ENTITIES["user"], as_of, ever=True)})',
        "names": names(as_of),
        "fields": (
            f"SELECT key, name, kind FROM ({states(ENTITIES['custom_field'], as_of, ever=True)}) "
            "WHERE entity = 'deal' AND NOT gone"
        ),
        "product_shares": product_shares(as_of),
        "touches": touches(as_of),
    }


def names(as_of: dt.datetime | None) -> str:
    """SELECT kind, id, label, place of everything that numbers are broken down by. No two of a kind share a label."""
    simple = (
        "team",
        "source",
        "campaign",
        "organization",
        "product",
        "pipeline",
        "label",
        "lost_reason",
        "activity_type",
    )
    parts = [_plain(kind, as_of) for kind in simple]
    parts += [_users(as_of), _stages(as_of), _options(as_of)]
    alive = "count(*) FILTER (NOT gone) OVER same"
    return f"""
        SELECT kind, id, place,
            CASE WHEN count(*) OVER same > 1 AND (gone OR {alive} > 1)
                THEN concat(name, ' (', coalesce(hint, '#' || id), ')') ELSE name END AS label
        FROM ({" UNION ALL ".join(parts)})
        WINDOW same AS (PARTITION BY kind, name)"""


def _plain(kind: str, as_of: dt.datetime | None) -> str:
    return (
        f"SELECT '{kind}' AS kind, \"{kind}\" AS id, name, NULL::VARCHAR AS hint, 0 AS place, gone "
        f"FROM ({states(ENTITIES[kind], as_of, ever=True)})"
    )


def _users(as_of: dt.datetime | None) -> str:
    return (
        "SELECT 'owner', \"user\", coalesce(nullif(name, ''), email), email, 0, gone "
        f"FROM ({states(ENTITIES['user'], as_of, ever=True)})"
    )


def _stages(as_of: dt.datetime | None) -> str:
    pipelines = states(ENTITIES["pipeline"], as_of, ever=True)
    return f"""
        SELECT 'stage', s.stage, s.name, p.name, coalesce(p.position, 0) * 1000 + s.position, s.gone
        FROM ({states(ENTITIES["stage"], as_of, ever=True)}) s LEFT JOIN ({pipelines}) p USING (pipeline)"""


def _options(as_of: dt.datetime | None) -> str:
    shape = '[{"id": "BIGINT", "label": "VARCHAR"}]'
    return f"""
        SELECT 'field:' || key, o.id, o.label, NULL, 0, false
        FROM ({states(ENTITIES["custom_field"], as_of, ever=True)}), unnest(from_json(options, '{shape}')) AS u(o)
        WHERE kind IN ('choice', 'choices')"""


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


def touches(as_of: dt.datetime | None) -> str:
    """SELECT deal, touched_at, kind (activity, move, edit, note), actor: what somebody did about a deal.

    Imports, automatic changes and planned activities touch nothing; nor does the creation itself, nor a slip: a change
    that undoes another or was undone.
    """
    until = f" AND occurred_at <= {literal(as_of)}" if as_of else ""
    human = f"actor IS NOT NULL AND via IN {HUMAN_WAYS}{until}"
    moved = 1 << list(DEAL.columns).index("stage")
    done = f" AND done_at <= {literal(as_of)}" if as_of else ""
    return f"""
        SELECT deal, done_at AS touched_at, 'activity' AS kind, owner AS actor
        FROM ({states(ENTITIES["activity"], as_of)})
        WHERE done_at IS NOT NULL AND deal IS NOT NULL AND NOT gone{done}
        UNION ALL SELECT record, occurred_at, CASE WHEN touched & {moved} <> 0 THEN 'move' ELSE 'edit' END, actor
        FROM deal_log WHERE verb = 'change' AND {human} AND {_stands("deal_log", until)}
        UNION ALL SELECT deal, occurred_at, 'note', actor FROM note_log
        WHERE deal IS NOT NULL AND {human} AND {_stands("note_log", until)}"""


def _stands(log: str, until: str) -> str:
    return f"undoes IS NULL AND id NOT IN (SELECT undoes FROM {log} WHERE undoes IS NOT NULL{until})"
