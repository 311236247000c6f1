"""What stands on every record's page, whatever its kind."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from leadline.accounts.models import Role
from leadline.accounts.permissions import may
from leadline.crm.fields import fields_of
from leadline.crm.fields.linked import Linked
from leadline.web.frame.doing import reader_of
from leadline.web.frame.names import linked
from leadline.web.records.fitting import fit_shown
from leadline.web.records.followers import following
from leadline.web.timeline import stream

# In the head of the page already, or said by it.
ELSEWHERE = frozenset({"name", "title", "status", "deal", "discard_note", "discard_reason", "come_back_on", "fit"})


def shell(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The record, its kind, what the reader may do with it, its facts, its stream, and who follows it."""
    reader = reader_of(request)
    fields = fields_of(record.ENTITY)
    facts = [field for field in fields.values() if field.name not in ELSEWHERE]
    linked().load_for([record], facts)
    changes = may(reader, "change", record) and record.deleted_at is None
    return {
        "record": record,
        "kind": record.ENTITY,
        "fields": fields,
        "facts": facts,
        "may_change": changes,
        "may_delete": may(reader, "delete", record),
        "may_add": reader.role != Role.READER and record.deleted_at is None,
        "survivor": survivor(record, linked()),
        "timeline": stream.of(request, record),
        "fit": fit_shown(reader, record),
        **following(reader, record),
    }


def survivor(record: Any, names: Linked) -> Any:
    """What the record was merged into, where it was; HIDDEN to who may not see that."""
    return names.get(record.ENTITY, getattr(record, "merged_into_id", None))
