"""Notes: rich text that can do no harm, on a record, guarded by it, touching its deal when a person writes them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Deal, Note
from leadline.history.models import Change
from tests import factories as make
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p>Budget <strong>approved</strong></p>", "<p>Budget <strong>approved</strong></p>"),
        ("plain & simple", "plain &amp; simple"),
        ("a<script>alert(1)</script>b", "ab"),
        ('<p onclick="x()" style="position:fixed">a</p>', "<p>a</p>"),
        ('<img src="https://tracker.example/1.gif">a', "a"),
        ('<iframe src="https://a.example"></iframe>a', "a"),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="noopener noreferrer nofollow">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener noreferrer nofollow">a</a>'),
        (
            '<a href="https://a.example" target="_top">a</a>',
            '<a href="https://a.example" rel="noopener noreferrer nofollow">a</a>',
        ),
    ],
)
def test_the_text_is_made_safe_by_the_verb(given: str, kept: str) -> None:
    note = make.note(make.deal(), text=given)
    assert Note.objects.get().text == kept
    assert Change.objects.get(entity="note").new["text"] == kept
    note.edit(by=SYSTEM, text=f"{given} again")
    assert "script" not in Note.objects.get().text


@pytest.mark.parametrize("text", ["", "  ", "<p> </p>", "<script>x</script>"])
def test_a_note_says_something(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make.note(make.deal(), text=text)
    assert list(refused.value.message_dict) == ["text"]


def test_a_note_hangs_on_something() -> None:
    with pytest.raises(ValidationError):
        Note(text="Alone").add(by=SYSTEM)
    note = make.note(make.deal())
    with pytest.raises(ValidationError):
        note.edit(by=SYSTEM, deal=None)


def test_a_note_knows_its_author_and_its_time() -> None:
    user = person("Olga")
    note = make.note(make.person(), by=user)
    assert note.author == user
    assert timezone.now() - note.created_at < dt.timedelta(minutes=1)


def test_a_pinned_note_is_still_a_note() -> None:
    note = make.note(make.deal())
    note.edit(by=SYSTEM, pinned=True)
    assert Note.objects.get().pinned


def old_deal() -> Deal:
    return make.deal(at=timezone.now() - dt.timedelta(days=50))


def last_touch(deal: Deal) -> dt.datetime | None:
    deal.refresh_from_db()
    touch: dt.datetime | None = deal.last_touch_at
    return touch


def test_a_persons_note_touches_its_deal() -> None:
    """R3."""
    deal = old_deal()
    assert last_touch(deal) is None
    make.note(deal, by=person("Olga"))
    assert last_touch(deal) is not None


@pytest.mark.parametrize("way", ["import", "job", "rule"])
def test_a_note_that_nobody_wrote_by_hand_touches_nothing(way: str) -> None:
    deal = old_deal()
    make.note(deal, by=person("Olga").via(way))
    assert last_touch(deal) is None


def test_a_note_thrown_away_or_moved_elsewhere_touches_no_more() -> None:
    user, deal, other = person("Olga"), old_deal(), old_deal()
    note = make.note(deal, by=user)
    touched = last_touch(deal)
    note.trash(by=user)
    assert last_touch(deal) is None
    note.restore(by=user)
    assert last_touch(deal) is not None
    note.edit(by=user, deal=other)
    assert last_touch(deal) is None
    assert touched is not None
    assert last_touch(other) is not None
