"""A door as it is typed into its form, valid or not; what a button does to its rows; as the door keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from leadline.accounts.models import User
from leadline.crm.models import Campaign, Door, LeadStage, Source
from leadline.crm.models.door_shape import MOST_FIELDS, MOST_MAPPED, TEXTS, FieldKind
from leadline.history.numbers import number_of
from leadline.web.settings.doors.places import NOTE, kept_as, shown_as, words

HOUSE = "#0b6870"  # the colour that a form has without one of its own; as good as none
THEME = ("accent", "scheme", "font", "size", "radius")
Row = dict[str, Any]


@dataclass
class Draft:
    """What stands in the form. `fields` rows have `place` for where the answer goes, and `options` as lines of text."""

    name: str = ""
    source_id: int | None = None
    campaign_id: int | None = None
    owner_id: int | None = None
    stage: str = LeadStage.MQL
    fields: list[Row] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    theme: dict[str, str] = field(default_factory=dict)
    consent: str = ""
    consent_required: bool = False
    origins: str = ""
    mapping: list[Row] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def values(self, door: Door) -> dict[str, Any]:
        """As the door keeps it, of what a door of its kind has."""
        facts = ("name", "source_id", "campaign_id", "owner_id", "stage")
        values = {name: getattr(self, name) for name in facts}
        if door.kind == "hook":
            return {**values, "mapping": _mapped(self.mapping)}
        theme = {name: text for name, text in self.theme.items() if text and (name, text) != ("accent", HOUSE)}
        return values | {
            "fields": _named(self.fields),
            "texts": self.texts,
            "theme": theme,
            "consent": self.consent,
            "consent_required": bool(self.consent) and self.consent_required,
            "origins": self.origins.split(),
        }


def shown(door: Door) -> Draft:
    """A door as its form shows it."""
    rows = [{**one, "place": shown_as(one["name"]), "options": "\n".join(one["options"])} for one in door.fields]
    mapping = [{"path": path, "place": shown_as(name), "name": name} for path, name in door.mapping.items()]
    return Draft(
        door.name, door.source_id, door.campaign_id, door.owner_id, door.stage, rows, dict(door.texts),
        {name: str(value) for name, value in door.theme.items()}, door.consent, door.consent_required,
        "\n".join(door.origins), mapping,
    )  # fmt: skip


def typed(given: QueryDict) -> Draft:
    """What the form holds, as it was typed; its rows in the order that was dragged, after what a button did."""
    do, stage = given.get("do", ""), given.get("door-stage", "")
    campaign = _known(Campaign, given, "door-campaign")
    source = _known(Source, given, "door-source")
    return Draft(
        " ".join(given.get("door-name", "").split())[:120],
        (campaign.source_id if campaign else None) or (source.pk if source else None),
        campaign.pk if campaign else None,
        _id(User.objects.filter(pk=number_of(given.get("door-owner", "")) or 0).first()),
        stage if stage in LeadStage.values else str(LeadStage.MQL),
        _arranged(given, do),
        {name: given.get(f"text-{name}", "").replace("\r\n", "\n").strip() for name in TEXTS},
        {name: given.get(f"theme-{name}", "").strip().lower() for name in THEME},
        given.get("door-consent", "").replace("\r\n", "\n").strip(),
        given.get("door-consent_required") == "yes",
        given.get("door-origins", ""),
        _mapping(given, do),
    )  # fmt: skip


def _known(model: Any, given: QueryDict, name: str) -> Any:
    return model.objects.filter(pk=number_of(given.get(name, "")) or 0).first()


def _id(row: Any) -> int | None:
    return row.pk if row else None


def _arranged(given: QueryDict, do: str) -> list[Row]:
    """The rows as they lie, one moved, taken away or added."""
    many = min(number_of(given.get("fields", "")) or 0, MOST_FIELDS + 2)
    order = [at for text in given.get("order", "").split(",") if (at := number_of(text)) is not None and at < many]
    order = [*dict.fromkeys(order), *(at for at in range(many) if at not in order)]
    what, _dash, place = do.partition("-")
    at = number_of(place) if place.isdigit() else None
    if at in order and what in ("up", "down", "remove"):
        here = order.index(at)
        order.pop(here)
        if what != "remove":
            order.insert(max(here - 1, 0) if what == "up" else here + 1, at)
    rows = [_row(given, f"field-{at}-") for at in order]
    if what == "add" and (new := words().get(given.get("new-place", ""))):
        word = new.word if new.value != NOTE else given.get("new-word", "").strip()
        rows.append({
            "name": "", "place": new.value, "word": word, "kind": new.kind, "required": False,
            "options": "\n".join(new.options), "help": "", "value": "", "fresh": True,
        })  # fmt: skip
    return rows


def _row(given: QueryDict, start: str) -> Row:
    found: Row = {part: given.get(f"{start}{part}", "").strip() for part in ("name", "place", "word", "kind")}
    found |= {part: given.get(f"{start}{part}", "").strip() for part in ("options", "help", "value")}
    return {**found, "required": f"{start}required" in given, "kind": found["kind"] or str(FieldKind.TEXT)}


def _named(rows: list[Row]) -> list[Row]:
    """Each with the name that it is kept under, and its choices as a list."""
    taken = [row["name"] for row in rows]
    found: list[Row] = []
    for row in rows:
        name = kept_as(row["place"], taken, row["name"])
        taken.append(name)
        options = [line.strip() for line in row["options"].splitlines() if line.strip()]
        kept: Row = {part: row[part] for part in ("word", "kind", "required", "help", "value") if part in row}
        found.append({**kept, "name": name, "options": options})
    return found


def _mapping(given: QueryDict, do: str) -> list[Row]:
    many = min(number_of(given.get("maps", "")) or 0, MOST_MAPPED + 2)
    what, _dash, place = do.partition("-")
    away = number_of(place) if what == "unmap" and place.isdigit() else None
    rows: list[Row] = [
        {part: given.get(f"map-{at}-{part}", "").strip() for part in ("path", "place", "name")}
        for at in range(many)
        if at != away
    ]
    return [row for row in rows if row["path"]]


def _mapped(rows: list[Row]) -> dict[str, str]:
    taken = [row["name"] for row in rows]
    found: dict[str, str] = {}
    for row in rows:
        if row["place"]:
            found[row["path"]] = kept_as(row["place"], taken, row["name"])
            taken.append(found[row["path"]])
    return found
