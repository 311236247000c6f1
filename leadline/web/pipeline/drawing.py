"""Cards and heads drawn by themselves, by the same macros as the whole board."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.template import engines
from django.utils import timezone

from leadline.accounts.models import Role, User
from leadline.crm.models import base_currency
from leadline.web.pipeline.asked import Asked
from leadline.web.pipeline.cards import Card
from leadline.web.pipeline.heads import Head, whole
from leadline.web.pipeline.wording import head_money, time_of_day


def drawn(cards: Iterable[Card], view: str, user: User) -> list[dict[str, Any]]:
    """Each card with its column and its rank in it, for a script that puts it in its place."""
    macro, acts = _macros().card, may_act(user)
    return [{"id": c.pk, "lane": c.lane, "rank": c.rank, "html": str(macro(c, view, acts))} for c in cards]


def drawn_heads(asked: Asked, figures: dict[str, Head]) -> dict[str, Any]:
    """The figures of every head, those of the whole, and as of when."""
    currency, macros = base_currency(), _macros()
    return {
        "heads": {
            lane.key: str(macros.figures(asked, lane, figures[lane.key], currency, head_money)) for lane in asked.lanes
        },
        "whole": str(macros.whole(whole(figures.values()), currency, head_money)),
        "as_of": time_of_day(timezone.now()),
    }


def may_act(user: User) -> bool:
    """Whether to offer acts at all; whether one may act on a deal, its verb decides."""
    return user.is_active and user.role != Role.READER


@cache
def _template() -> Any:
    jinja: Any = engines["jinja2"]
    return jinja.env.get_template("pipeline/parts.html")


def _macros() -> Any:
    """Made anew for each answer: a module keeps the words of the language in which it was made."""
    return _template().make_module()
