"""What numbers are broken down by is shown under these names."""

from __future__ import annotations

import datetime as dt

from leadline.insights.log.entities import ENTITIES
from leadline.insights.store.states import states

PLAINLY = (
    "team", "source", "campaign", "organization", "product", "pipeline", "label", "lost_reason", "activity_type",
    "discard_reason", "lack",
)  # fmt: skip


def names(as_of: dt.datetime | None) -> str:
    """SELECT kind, id, label, place of everything that numbers are broken down by. No two of a kind share a label."""
    parts = [_plain(kind, as_of) for kind in PLAINLY]
    parts += [_users(as_of), _stages(as_of), _playbooks(as_of), _options(as_of)]
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


def _playbooks(as_of: dt.datetime | None) -> str:
    """Versions by their stage, in the order of stages."""
    stages = (
        f"SELECT id, place, name AS stage_name, hint FROM ({_stages(as_of)}) AS s (kind, id, name, hint, place, gone)"
    )
    return f"""
        SELECT 'playbook', playbook, concat(stage_name, ', version ', version), hint, place * 1000 + version, p.gone
        FROM ({states(ENTITIES["playbook"], as_of, ever=True)}) p JOIN ({stages}) AS named ON p.stage = named.id"""


def _options(as_of: dt.datetime | None) -> str:
    shape = '[{"id": "BIGINT", "label": "VARCHAR"}]'
    return f"""
        SELECT 'field:' || key, o.id, o.label, NULL, 0, false
        FROM ({states(ENTITIES["custom_field"], as_of, ever=True)}), unnest(from_json(options, '{shape}')) AS u(o)
        WHERE kind IN ('choice', 'choices')"""
