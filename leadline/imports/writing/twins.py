"""Deals of files without ids: the same title, value and creation date make the same deal."""

from collections import defaultdict
from typing import Any

from leadline.crm.models import Deal
from leadline.history.values import plain
from leadline.imports.planning.staging import Staged
from leadline.imports.values import spelling

TOLD = ("value", "created_at")


def signature(body: dict[str, Any]) -> str:
    """The key of a row without an id."""
    return "s:" + "|".join([spelling.key(body.get("title", "")), *(str(body.get(name, "")) for name in TOLD)])


def find(chunk: list[Staged]) -> dict[int, int]:
    """The deals that are there for rows without ids, by the rows' numbers. Each deal stands for one row only.

    Titles are compared as they are written: a deal that was renamed is another deal.
    """
    rows = [row for row in chunk if not row.ext and row.body.get("title")]
    there: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    titles = list({row.body["title"] for row in rows})
    for start in range(0, len(titles), 500):
        found = Deal.objects.kept().filter(title__in=titles[start : start + 500]).order_by("pk")
        for pk, title, value, created in found.values_list("pk", "title", "value", "created_at"):
            there[title].append((pk, {"value": str(plain(value) or ""), "created_at": plain(created) or ""}))
    twins: dict[int, int] = {}
    for row in rows:
        candidates = there[row.body["title"]]
        for place, (pk, facts) in enumerate(candidates):
            if all(facts[name] == row.body[name] for name in TOLD if name in row.body):
                twins[row.id] = pk
                del candidates[place]
                break
    return twins
