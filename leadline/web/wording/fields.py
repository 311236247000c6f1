"""The words for fields, by the names under which the log keeps them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.history.registry import MEMBERS, recorded_models

# What models do not name themselves; the rest is called as its model calls it.
WORDS: dict[str, Any] = {
    "activity_type": _("type"),
    "author": _("author"),
    "activity": _("activity"),
    "answer": _("answer"),
    "block": _("time block"),
    "campaign": _("campaign"),
    "counts_as": _("counts as"),
    "carries_quota": _("carries a quota"),
    "change": _("who changes"),
    "deal": _("deal"),
    "deleted_at": _("deleted"),
    "emails": _("e-mail addresses"),
    "external_id": _("number elsewhere"),
    "discard_note": _("note on why it is discarded"),
    "discard_reason": _("discard reason"),
    "giver": _("handed over by"),
    "giver_role": _("role of who hands over"),
    "handed_at": _("handed over"),
    "is_active": _("may sign in"),
    "kind": _("kind"),
    "label_ids": _("labels"),
    "lacks": _("what is missing"),
    "lead": _("lead"),
    "lost_note": _("note on the loss"),
    "lost_reason": _("lost reason"),
    "mention_ids": _("mentions"),
    "merged_into": _("merged into"),
    "organization": _("organization"),
    "originator": _("originator"),
    "owner": _("owner"),
    "parent": _("belongs to"),
    "parked_reason": _("reason for parking"),
    "person": _("person"),
    "phones": _("phones"),
    "pipeline": _("pipeline"),
    "position": _("position"),
    "product": _("product"),
    "revenue_type": _("kind of revenue"),
    "see": _("who sees"),
    "source": _("source"),
    "stage": _("stage"),
    "taker": _("handed to"),
    "taker_role": _("role of who takes it"),
    "team": _("team"),
    "type": _("type"),
    "value_base": _("value in the base currency"),
}


def model_of(kind: str) -> type[models.Model] | None:
    """The model that keeps a kind, people and teams included; None for what is only told of ("erasure")."""
    members: dict[str, type[models.Model]] = {model.ENTITY: model for model in MEMBERS}
    return recorded_models().get(kind) or members.get(kind)


def field_of(kind: str, name: str) -> Any:
    """The model's field of a name in the log ("owner_id"); None for one that is no longer there."""
    model = model_of(kind)
    if model is None:
        return None
    try:
        return model._meta.get_field(name.removesuffix("_id") if name != "external_id" else name)
    except FieldDoesNotExist:
        return None


def field_word(kind: str, name: str) -> str:
    """ "expected close" of a deal's "expected_close_on"."""
    field = field_of(kind, name)
    bare = field.name if field else name
    return str(WORDS.get(bare) or (field.verbose_name if field else bare.replace("_", " ")))
