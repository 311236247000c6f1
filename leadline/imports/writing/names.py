"""Short lists (sources, campaigns, lost reasons, labels ...): found by any spelling, made where missing."""

from typing import Any

from leadline.imports.permitting import require_making
from leadline.imports.values import spelling
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import Context


class Names:
    """All rows of one short list, by key and by external id. `list_` is its name among the counted spellings."""

    def __init__(self, context: Context, model: Any, list_: str) -> None:
        self.context = context
        self.model = model
        self.by_key: dict[str, int] = {}
        self.by_external: dict[str, int] = {}
        self.labels: dict[int, str] = {}
        counts = context.staging.words(list_)
        self.spellings = spelling.merged(counts)
        for pk, name, external in self.existing():
            self.keep(pk, name, external)
        self.count_merged(counts)

    def existing(self) -> list[tuple[int, str, str]]:
        """(id, name, external id) of the rows there are."""
        rows = self.model.objects.filter(deleted_at=None).order_by("-pk")
        return list(rows.values_list("pk", "name", "external_id"))

    def keep(self, pk: int, name: str, external: str = "") -> None:
        """From now on the name means this row."""
        self.by_key[spelling.key(name)] = pk
        self.labels[pk] = name
        if external:
            self.by_external[external] = pk

    def count_merged(self, counts: dict[str, int]) -> None:
        """Spellings that will be taken for another one: shown in the preview."""
        for word in counts:
            shown = self.shown(word)
            if shown != word:
                self.context.merged[self.model.ENTITY].add(f"{word} → {shown}")

    def shown(self, text: str) -> str:
        """The spelling a name gets: that of the row there is, else the commonest in the files."""
        key = spelling.key(text)
        if key in self.by_key:
            return self.labels[self.by_key[key]]
        return self.spellings.get(key, text)

    def find(self, text: str) -> int | None:
        """The row meant by an id or a name."""
        return self.by_external.get(text) or self.by_key.get(spelling.key(text))

    def get(self, text: str, **more: Any) -> int:
        """The row meant, made where it is missing."""
        found = self.find(text)
        return found if found is not None else self.make(self.shown(text), **more)

    def make(self, name: str, said: bool = True, **more: Any) -> int:
        """A new row; `said` where the preview shall name it."""
        require_making(self.context.by, self.model, name)
        state: State = {"name": name[: self.model._meta.get_field("name").max_length or 255], **more}
        pk = self.context.batch.create(self.model, state, self.context.stamp)
        if said:
            self.context.note(self.model, state["name"])
        self.keep(pk, state["name"], more.get("external_id", ""))
        return pk
