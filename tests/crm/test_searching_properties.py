"""The index against a slow definition: every row read, every word compared."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.accounts.models.visibility import Level, Visibility
from leadline.crm.models import Deal, Organization
from leadline.crm.searching.finding import How, search
from leadline.crm.searching.folding import digits, folded, tails, words
from leadline.history import members
from tests import factories as make
from tests.cast import Cast, assemble

NAMES = st.lists(
    st.sampled_from(["Ålesund", "Alemannia", "Bär", "Bar", "Čapek", "Delta", "delta-7", "Ost", "Östra"]),
    min_size=1,
    max_size=3,
)
TYPED = st.sampled_from(
    ["al", "ale", "ålesund", "bar", "BÄR", "bar delta", "cap", "delta 7", "d", "ost", "östra", "zz"]
)
SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def slowly(user: User, typed: str) -> set[tuple[str, int]]:
    """Each typed word begins a word of the record, or of the organization that a deal belongs to."""
    firms = {firm.pk: firm for firm in Organization.objects.visible_to(user)}
    found = set()
    for firm in firms.values():
        if firm.deleted_at is None and _holds(firm.name, typed):
            found.add(("organization", firm.pk))
    for deal in Deal.objects.visible_to(user).filter(deleted_at=None):
        seen = firms.get(deal.organization_id)
        if _holds(f"{deal.title} {seen.name if seen else ''}", typed):
            found.add(("deal", deal.pk))
    return found


def _holds(text: str, typed: str) -> bool:
    have = words(text)
    return all(any(word.startswith(wanted) for word in have) for wanted in words(typed))


@pytest.mark.django_db(transaction=False)
@SLOWLY
@given(data=st.data())
def test_it_finds_what_reading_every_row_finds(data: Any, db: None) -> None:
    from django.db import transaction

    with transaction.atomic():
        cast = assemble()
        see = data.draw(st.sampled_from([Level.EVERYONE, Level.TEAM, Level.OWNER]))
        for kind in ("deal", "organization"):
            members.add(Visibility(kind=kind, see=see), by=SYSTEM)
        owners = [cast.owner, cast.teammate, cast.outsider, None]
        for _ in range(data.draw(st.integers(1, 5))):
            _one_more(data, owners)
        _change(data)
        _ask(data, cast)
        _change(data)
        _ask(data, cast)
        transaction.set_rollback(True)


def _one_more(data: Any, owners: list[User | None]) -> None:
    name, owner = " ".join(data.draw(NAMES)), data.draw(st.sampled_from(owners))
    firm = make.organization(name=name, owner=owner)
    make.deal(title=" ".join(data.draw(NAMES)), organization=firm, owner=data.draw(st.sampled_from(owners)))


def _change(data: Any) -> None:
    deal, firm = Deal.objects.first(), Organization.objects.first()
    match data.draw(st.sampled_from(["nothing", "rename", "rename firm", "trash", "restore", "win"])):
        case "rename":
            deal.edit(title=" ".join(data.draw(NAMES)), by=SYSTEM)
        case "rename firm":
            firm.edit(name=" ".join(data.draw(NAMES)), by=SYSTEM)
        case "trash":
            deal.trash(by=SYSTEM)
        case "restore":
            deal.restore(by=SYSTEM)
        case "win":
            deal.win(by=SYSTEM) if deal.status == "open" else None


def _ask(data: Any, cast: Cast) -> None:
    typed = data.draw(TYPED)
    for user in (cast.administrator, cast.owner, cast.outsider, cast.reader):
        hits = [hit for hit in search(user, typed, most=50) if hit.how < How.MEANT]
        found = {(hit.kind, hit.record_id) for hit in hits}
        slow = slowly(user, typed)
        if len(words(typed)[0]) > 1:
            assert found == slow, (typed, user)
        else:
            assert found <= slow, "one letter finds only names that begin with it"


@given(st.text(max_size=60))
def test_words_are_folded_once_and_for_all(text: str) -> None:
    for word in words(text):
        assert word == folded(word) or len(word) == 60
        assert words(word) == [word]
        assert " " not in word


@given(st.from_regex(r"[0-9]{4,15}", fullmatch=True), st.data())
def test_any_part_of_a_number_begins_one_of_its_tails(number: str, data: Any) -> None:
    start = data.draw(st.integers(0, len(number) - 4))
    end = data.draw(st.integers(start + 4, len(number)))
    assert any(tail.startswith(number[start:end]) for tail in tails(f"+{number[:2]} ({number[2:]})"))
    assert digits(f"+{number[:2]} / {number[2:]}") == number
