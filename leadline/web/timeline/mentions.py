"""Colleagues named in a note by @Name: found in what was typed, and made to stand out where it is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import escape

import nh3
from markupsafe import Markup

from leadline.accounts.models import User
from leadline.crm.models.note import ATTRIBUTES, SCHEMES, TAGS

STANDING_OUT = "mention"


def mentioned(text: str, chosen: Collection[int]) -> list[int]:
    """The ids of active colleagues whose @Name stands in the text; of namesakes the one chosen from the list."""
    if "@" not in text:
        return []
    people = User.objects.filter(is_active=True).exclude(name="").values_list("pk", "name")
    by_name: dict[str, list[int]] = {}
    for pk, name in people:
        by_name.setdefault(" ".join(name.split()), []).append(pk)
    found: set[int] = set()
    for name in _names_in(text, by_name):
        namesakes = by_name[name]
        picked = [pk for pk in namesakes if pk in chosen]
        found.update(picked or (namesakes if len(namesakes) == 1 else ()))
    return sorted(found)


def shown(html: str, ids: Collection[int], names: Mapping[int, str]) -> Markup:
    """A note's HTML with the named standing out. Sanitised again: what is added may only be a class of ours."""
    wanted = sorted({names[pk] for pk in ids if names.get(pk)}, key=len, reverse=True)
    if wanted:
        pattern = re.compile("@(?:" + "|".join(re.escape(escape(name, quote=False)) for name in wanted) + r")(?!\w)")
        html = pattern.sub(lambda found: f'<span class="{STANDING_OUT}">{found[0]}</span>', html)
    return Markup(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            allowed_classes={"span": {STANDING_OUT}},
            url_schemes=SCHEMES,
            link_rel="noopener noreferrer nofollow",
        )
    )


def _names_in(text: str, known: Collection[str]) -> list[str]:
    """The longest name wins: "@Anna Bee" is not Anna."""
    if not known:
        return []
    pattern = "@(" + "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True)) + r")(?!\w)"
    spelled = {name.casefold(): name for name in known}
    found = re.findall(pattern, " ".join(text.split()), flags=re.IGNORECASE)
    return [spelled[name.casefold()] for name in found if name.casefold() in spelled]
