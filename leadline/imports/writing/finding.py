"""Finding records by the keys that files use: external id, e-mail address, domain, name.

Keys are remembered in the staging file, so that hundreds of thousands of them need no memory. A chunk of rows asks for
all its keys at once.
"""

from collections.abc import Iterable
from typing import Any

from leadline.imports.planning.staging import in_parts
from leadline.imports.values import spelling
from leadline.imports.writing.context import Context

# Up to so many records, names are compared by their normal form; beyond that as they are written.
COMPARED = 100_000
COLUMNS = {"x": "external_id", "e": "first_email", "d": "domain", "n": "name"}


class Index:
    """Records of one model by key: "x:<external id>", "e:<e-mail>", "d:<domain>", "n:<normal name>"."""

    def __init__(self, context: Context, model: Any, ways: str, name: str = "name") -> None:
        self.context = context
        self.model = model
        self.entity = model.ENTITY
        self.columns = {**COLUMNS, "n": name}
        self.found: dict[str, tuple[int, bool]] = {}
        self.kept: list[tuple[str, int]] = []
        self.all_names = False
        rows = model.objects.filter(deleted_at=None)
        # A way by which nothing can be found need not be asked about: mostly so in a first import.
        self.ways = "".join(way for way in ways if rows.exclude(**{self.columns[way]: ""}).exists())
        if "n" in self.ways and rows.count() <= COMPARED:
            self.all_names = True
            pairs = rows.order_by("pk").values_list(name, "pk").iterator(chunk_size=5000)
            context.staging.remember(self.entity, (("n:" + spelling.key(text), pk) for text, pk in pairs), fresh=False)

    def look_up(self, keys: Iterable[tuple[str, str]]) -> None:
        """Find all of these (key, text as written) at once; afterwards `get` answers for this chunk."""
        wanted = dict(keys)
        self.context.staging.remember(self.entity, self.kept)
        self.kept.clear()
        self.found = self.context.staging.recall(self.entity, list(wanted))
        for way in self.ways:
            if way == "n" and self.all_names:
                continue
            missing = {
                key: text for key, text in wanted.items() if key[0] == way and key[1] == ":" and key not in self.found
            }
            self.from_database(way, missing)

    def from_database(self, way: str, missing: dict[str, str]) -> None:
        """One query per five hundred keys of one way."""
        column = self.columns[way]
        for some in in_parts(list(missing.items()), 500):
            texts = {text: key for key, text in some}
            rows = self.model.objects.filter(**{f"{column}__in": list(texts), "deleted_at": None}).order_by("-pk")
            for text, pk in rows.values_list(column, "pk"):
                self.found[texts[text]] = (pk, False)

    def get(self, *keys: str) -> int | None:
        """The record of the first key that is known."""
        for key in keys:
            if key in self.found:
                return self.found[key][0]
        return None

    def all_of(self, keys: Iterable[tuple[str, str]], fresh: bool = False) -> list[int]:
        """Every record that one of these keys means; those that this import has made only when asked for."""
        found = (self.found[key] for key, _text in keys if key in self.found)
        return [pk for pk, new in found if fresh or not new]

    def keep(self, pk: int, keys: Iterable[str]) -> None:
        """From now on these keys mean this record."""
        new = [key for key in keys if key and len(key) > 2]
        for key in new:
            self.found.setdefault(key, (pk, True))
            self.kept.append((key, pk))
