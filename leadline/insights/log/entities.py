"""What the warehouse keeps of each kind of record: its tracked keys and their DuckDB types.

Names and free text of people stay out: no number needs them, and what is not copied need not be erased twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ID, TEXT, DAY, TIME, WHOLE, FLAG = "BIGINT", "VARCHAR", "DATE", "TIMESTAMP", "INTEGER", "BOOLEAN"
MONEY, AMOUNT, RATIO = "DECIMAL(18,2)", "DECIMAL(18,3)", "DOUBLE"
PRICE = "DECIMAL(20,10)"
IDS, DOCUMENT = "BIGINT[]", "JSON"


@dataclass(frozen=True)
class Entity:
    """One kind of record: the name it has in the log and, for each key of interest, the type of its column.

    `renamed` are keys whose columns have a name of their own. Of `digests` only a number is kept, equal for texts that
    are equal but for case and the space around them.
    """

    name: str
    keys: Mapping[str, str]
    renamed: Mapping[str, str] = field(default_factory=dict)
    digests: frozenset[str] = frozenset()

    @property
    def columns(self) -> dict[str, str]:
        """Column name to type: `owner_id` of the log is the column `owner`."""
        return {self.column(key): ID if key in self.digests else kind for key, kind in self.keys.items()}

    def column(self, key: str) -> str:
        """The column that keeps a tracked key."""
        return self.renamed.get(key, key.removesuffix("_id"))

    def bit(self, key: str) -> int:
        """The bit of `touched` that says that a change sets this key."""
        return 1 << list(self.keys).index(key)

    @property
    def log(self) -> str:
        """The table of its parsed changes."""
        return f"{self.name}_log"

    @property
    def versions(self) -> str:
        """The table of its recorded states."""
        return f"{self.name}_versions"


_SALE = {
    "owner_id": ID,
    "originator_id": ID,
    "organization_id": ID,
    "person_id": ID,
    "source_id": ID,
    "campaign_id": ID,
    "value": MONEY,
    "currency": TEXT,
    "created_at": TIME,
    "closed_at": TIME,
    "come_back_on": DAY,
    "label_ids": IDS,
    "custom": DOCUMENT,
    "deleted_at": TIME,
    "merged_into_id": ID,
}
DEAL = Entity(
    "deal",
    {
        "pipeline_id": ID,
        "stage_id": ID,
        "status": TEXT,
        "revenue_type": TEXT,
        "value_base": MONEY,
        "expected_close_on": DAY,
        "lost_reason_id": ID,
        "competitor": TEXT,
        "revisit_on": DAY,
        **_SALE,
        "title": TEXT,
    },
    renamed={"title": "title_key"},
    digests=frozenset({"title"}),
)
LEAD = Entity("lead", {"stage": TEXT, "status": TEXT, "deal_id": ID, "discard_reason_id": ID, **_SALE})
ACTIVITY = Entity(
    "activity",
    {
        "type_id": ID,
        "owner_id": ID,
        "deal_id": ID,
        "lead_id": ID,
        "person_id": ID,
        "organization_id": ID,
        "due_at": TIME,
        "done_at": TIME,
        "minutes": WHOLE,
        "counts_as": TEXT,
        "created_at": TIME,
        "deleted_at": TIME,
    },
    renamed={"type_id": "activity_type"},
)
NOTE = Entity("note", {"deal_id": ID, "lead_id": ID, "deleted_at": TIME})


def _named(name: str, **keys: str) -> Entity:
    return Entity(name, {"name": TEXT, **keys, "deleted_at": TIME})


NAMED = (
    _named("organization", industry=TEXT, merged_into_id=ID),
    _named("product", code=TEXT),
    _named("pipeline", position=WHOLE),
    _named("stage", pipeline_id=ID, position=WHOLE, rot_days=WHOLE, probability=RATIO),
    _named("source"),
    _named("campaign", source_id=ID),
    _named("lost_reason"),
    _named("discard_reason"),
    _named("lack"),
    _named("label"),
    _named("activity_type"),
    _named("team", parent_id=ID),
    _named("user", email=TEXT, role=TEXT, team_id=ID, is_active=FLAG, hired_on=DAY, left_on=DAY, carries_quota=FLAG),
    _named("custom_field", entity=TEXT, key=TEXT, kind=TEXT, options=DOCUMENT),
)
LINE = Entity(
    "deal_product",
    {"deal_id": ID, "product_id": ID, "quantity": AMOUNT, "unit_price": MONEY, "discount": AMOUNT, "deleted_at": TIME},
)
CURRENCY = Entity("currency", {"code": TEXT, "is_base": FLAG, "deleted_at": TIME})
RATE = Entity("rate", {"currency": TEXT, "on_date": DAY, "rate": PRICE, "deleted_at": TIME}, renamed={"rate": "price"})
TARGET = Entity(
    "target",
    {
        "metric": TEXT,
        "user_id": ID,
        "team_id": ID,
        "pipeline_id": ID,
        "start_on": DAY,
        "end_on": DAY,
        "amount": MONEY,
        "deleted_at": TIME,
    },
    renamed={"user_id": "member"},
)
HAND_OFF = Entity(
    "hand_off",
    {
        "lead_id": ID,
        "deal_id": ID,
        "giver_id": ID,
        "taker_id": ID,
        "giver_role": TEXT,
        "taker_role": TEXT,
        "state": TEXT,
        "handed_at": TIME,
        "answered_at": TIME,
        "lacks": IDS,
        "deleted_at": TIME,
    },
)
PLAYBOOK = Entity(
    "playbook", {"stage_id": ID, "version": WHOLE, "items": DOCUMENT, "published_at": TIME, "deleted_at": TIME}
)
ANSWER = Entity("answer", {"deal_id": ID, "key": TEXT, "value": DOCUMENT, "deleted_at": TIME})
PARTICIPANT = Entity("participant", {"deal_id": ID, "role": TEXT, "deleted_at": TIME})
FILE = Entity("file", {"deal_id": ID, "created_at": TIME, "deleted_at": TIME})
PROCESS = (HAND_OFF, PLAYBOOK, ANSWER, PARTICIPANT, FILE)  # how a team works
ENTITIES = {
    entity.name: entity for entity in (DEAL, LEAD, ACTIVITY, NOTE, LINE, CURRENCY, RATE, TARGET, *PROCESS, *NAMED)
}
