"""How often outcomes were said: activities keep the word, not a link to the row."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count

from leadline.accounts.models import User
from leadline.activities.models import Activity, Outcome


def outcome_uses(user: User) -> dict[str, Counter[int]]:
    """By kind of record, how many of those that the user sees say each outcome of the list, large or small."""
    said = Activity.objects.visible_to(user).kept().exclude(outcome="").order_by()
    words: Counter[str] = Counter()
    for word, n in said.values_list("outcome").annotate(n=Count("pk")):
        words[word.strip().casefold()] += n
    rows = Outcome.objects.kept().values_list("pk", "name")
    return {"activity": Counter({pk: words[name.casefold()] for pk, name in rows if words[name.casefold()]})}
