"""Words of the files that name people and stages, with what each would be taken for: a person may decide otherwise."""

from __future__ import annotations

from typing import Any

from leadline.accounts.models import User
from leadline.crm.models import Stage
from leadline.imports.kinds import Kind
from leadline.imports.planning.plan import Plan
from leadline.imports.values import outcome, spelling
from leadline.imports.writing.users import from_address

MOST = 60

Json = dict[str, Any]


def words(plan: Plan) -> dict[str, list[Json]]:
    """Owners and stages that the files name, unless files of users or stages say what they are."""
    found = {}
    if not plan.of(Kind.USERS):
        found["owner"] = owners(plan)
    if not plan.of(Kind.STAGES):
        found["stage"] = stages(plan)
    return {name: some for name, some in found.items() if some}


def owners(plan: Plan) -> list[Json]:
    """Each name or address with the colleague it means, if there is one."""
    known: dict[str, str] = {}
    for name, email, external in User.objects.order_by("pk").values_list("name", "email", "external_id"):
        for key in (spelling.key(name), (email or "").lower(), external):
            if key:
                known.setdefault(key, name)
    return [
        {
            "word": word,
            "rows": rows,
            "is": known.get(word.lower()) or known.get(word) or known.get(spelling.key(word)) or "",
            "new": from_address(word) if "@" in word else word,
            "told": told,
        }
        for word, rows, told in _met(plan, "owner", "user")
    ]


def stages(plan: Plan) -> list[Json]:
    """Each word with the stage it means, or the outcome it is in truth."""
    known = {spelling.key(name): name for name in Stage.objects.kept().values_list("name", flat=True)}
    return [
        {
            "word": word,
            "rows": rows,
            "is": known.get(spelling.key(word), ""),
            "ending": outcome.ending(word),
            "told": told,
        }
        for word, rows, told in _met(plan, "stage", "stage")
    ]


def _met(plan: Plan, name: str, column: str) -> list[tuple[str, int, str | None]]:
    """The words, the rows that say them, what a person has said they mean; not those that are only such a meaning."""
    told = plan.options.values.get(name, {})
    counts = {**dict.fromkeys(told, 0), **plan.staging.words(column)}
    met = [(word, rows, told.get(word)) for word, rows in list(counts.items())[:MOST]]
    meant = set(told.values())
    return [(word, rows, known) for word, rows, known in met if word not in meant or word in told]
