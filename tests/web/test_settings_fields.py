"""Own fields in the settings: added with kind and choices, renamed, ordered, deleted with their values kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Bearer, CustomField, Deal, Kind
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.answers import act_of, at, errors, leader, part
from tests.web.reading import read

SignIn = Callable[[User], Client]
__all__ = ["leader"]  # the fixture
HTMX = {"HTTP_HX_REQUEST": "true"}


def labels(field: CustomField) -> list[str]:
    return list(CustomField.objects.get(pk=field.pk).labels.values())


def test_fields_begin_with_deals(leader: Client) -> None:
    assert leader.get(at("fields")).headers["Location"] == at("fields_of", "deal")
    for entity in Bearer.values:
        assert "No field of your own yet" in part(leader.get(at("fields_of", entity))).text
    assert leader.get(at("fields_of", "user")).status_code == 404


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("entity", Bearer.values)
def test_a_field_of_every_kind(leader: Client, entity: str, kind: str) -> None:
    typed = {"name": "حجم 👋", "kind": kind, "options": "Gold\r\nSilver \r\n\r\n"}
    assert leader.post(at("field_add", entity), typed, **HTMX).status_code == 200
    field = CustomField.objects.get()
    assert (field.entity, field.kind, field.name) == (entity, kind, "حجم 👋")
    assert labels(field) == (["Gold", "Silver"] if kind.startswith("choice") else [])


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": "", "kind": "text"}, "name"),
        ({"name": "x" * 300, "kind": "text"}, "name"),
        ({"name": "SIZE", "kind": "text"}, "name"),
        ({"name": "Other", "kind": "json"}, "kind"),
        ({"name": "Other"}, "kind"),
        ({"name": "Other", "kind": "choice", "options": " \n"}, "options"),
        ({"name": "Other", "kind": "choices", "options": "A\na"}, "options"),
    ],
)
def test_what_is_refused_stands_beside_its_field(leader: Client, typed: dict[str, str], wrong: str) -> None:
    make.custom_field("text", name="Size")
    answer = leader.post(at("field_add", "deal"), typed, **HTMX)
    assert (answer.status_code, len(errors(answer))) == (422, 1)
    beside = next(found for found in read(answer.content).all(class_="wrong"))
    assert beside.all(name=wrong)
    assert CustomField.objects.count() == 1


def test_renamed_ordered_deleted_restored(leader: Client, cast: Cast) -> None:
    first, second = make.custom_field("text", name="A"), make.custom_field("number", name="B", position=1)
    deal = make.deal(custom={first.key: "kept"})
    leader.post(at("field_change", first.pk), {"name": "Region", "was": "A"}, **HTMX)
    leader.post(at("fields_order", "deal"), {"order": f"{second.pk},{first.pk}"}, **HTMX)
    assert [row.name for row in CustomField.objects.kept()] == ["B", "Region"]
    counted = read(leader.get(at("fields_uses", "deal")).content).all(class_="uses")
    assert [place.text for place in counted] == ["not used", "1 deal"]
    answer = leader.post(at("field_delete", first.pk), **HTMX)
    assert "Its values are kept" in answer.headers["HX-Trigger"]
    assert Deal.objects.get(pk=deal.pk).custom == {first.key: "kept"}
    leader.post(at("field_restore", first.pk), **HTMX)
    assert [row.name for row in CustomField.objects.kept()] == ["B", "Region"]
    undo_act(act_of(answer), by=cast.leader)  # it is restored already: nothing breaks
    assert CustomField.objects.kept().count() == 2


def test_choices_are_edited_in_place(leader: Client) -> None:
    field = make.custom_field("choice")
    gold, silver = field.labels
    assert leader.post(at("choice_add", field.pk), {"label": " Bronze "}, **HTMX).status_code == 200
    assert leader.post(at("choice_change", field.pk, gold), {"label": "Golden"}, **HTMX).status_code == 200
    bronze = list(CustomField.objects.get().labels)[-1]
    leader.post(at("choices_order", field.pk), {"order": f"{bronze},{gold},{silver}"}, **HTMX)
    assert labels(field) == ["Bronze", "Golden", "Silver"]
    for label in ("", "silver", "x" * 300):
        answer = leader.post(at("choice_change", field.pk, gold), {"label": label}, **HTMX)
        assert (answer.status_code, len(errors(answer))) == (422, 1)
        assert part(answer).one(id=f"label-{field.pk}-{gold}").attributes["value"] == label
    assert leader.post(at("choice_change", field.pk, 99), {"label": "X"}, **HTMX).status_code == 422


def test_a_choice_goes_with_what_becomes_of_its_values(leader: Client, cast: Cast) -> None:
    field = make.custom_field("choice")
    gold, silver = field.labels
    deal = make.deal(custom={field.key: silver})
    asked = part(leader.get(at("fields_of", "deal") + f"?ask=remove-{field.pk}-{silver}", **HTMX))
    assert "1 deal: instead of Silver" in asked.text
    answer = leader.post(at("choice_remove", field.pk, silver), {"instead": gold}, **HTMX)
    assert answer.status_code == 200
    assert Deal.objects.get().custom == {field.key: gold}
    undo_act(act_of(answer), by=cast.leader)
    assert Deal.objects.get().custom == {field.key: silver}
    leader.post(at("choice_remove", field.pk, silver), {"instead": ""}, **HTMX)
    assert Deal.objects.get().custom == {}
    answer = leader.post(at("choice_remove", field.pk, gold), **HTMX)  # the last one
    assert answer.status_code == 422
    deal.refresh_from_db()


def test_several_choices_and_ones_without_use(leader: Client) -> None:
    field = make.custom_field("choices")
    asked = part(leader.get(at("fields_of", "deal") + f"?ask=remove-{field.pk}-1", **HTMX))
    assert "No record has chosen Gold" in asked.text
    make.deal(custom={field.key: [1, 2]})
    asked = part(leader.get(at("fields_of", "deal") + f"?ask=remove-{field.pk}-1", **HTMX))
    assert "1 deal: instead of Gold" in asked.text


@pytest.mark.parametrize("who", ["owner", "reader"])
def test_who_may_not_change_sees_no_way_to(cast: Cast, signed_in: SignIn, who: str) -> None:
    field = make.custom_field("choice", name="Tier")
    client = signed_in(getattr(cast, who))
    shown = part(client.get(at("fields_of", "deal")))
    assert "Tier" in shown.text
    assert "Gold" in shown.text
    assert list(shown.all("form")) == list(shown.all("input")) == []
    tries: list[tuple[str, dict[str, str]]] = [
        (at("field_add", "deal"), {"name": "X", "kind": "text"}),
        (at("field_change", field.pk), {"name": "X"}),
        (at("field_delete", field.pk), {}),
        (at("choice_add", field.pk), {"label": "X"}),
        (at("choice_change", field.pk, 1), {"label": "X"}),
        (at("choice_remove", field.pk, 1), {}),
        (at("choices_order", field.pk), {"order": "2,1"}),
    ]
    for address, typed in tries:
        assert client.post(address, typed, **HTMX).status_code == 403, address
    field.trash(by=SYSTEM)
    assert client.post(at("field_restore", field.pk), **HTMX).status_code == 403
