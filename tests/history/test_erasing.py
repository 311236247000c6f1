"""Taken out of the log, with a row that says so."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.history.erasing import erase, strike, struck
from leadline.history.models import Change
from leadline.history.writing import Entry, append, writing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def log() -> None:
    with writing():
        now = timezone.now()
        append(
            [
                Entry("person", 1, Change.CREATE, now, {"name": "Jane Doe", "job_title": "CEO"}),
                Entry("person", 1, Change.CHANGE, now, {"name": "Jane Roe", "job_title": "CEO"}, {"name": "Jane Doe"}),
                Entry("person", 2, Change.CREATE, now, {"name": "Jane Doe"}),
                Entry("note", 1, Change.CREATE, now, {"text": "Ask JANE@example.com, not jane@example.com.au"}),
            ],
            SYSTEM,
        )


def test_erased_fields_are_gone_from_every_change_of_the_record() -> None:
    assert erase("person", 1, ["name"], SYSTEM) == 2
    texts = [change.before + change.after for change in Change.objects.filter(entity="person", record_id=1)]
    assert not any("Jane" in text for text in texts)
    assert Change.objects.get(entity="person", record_id=1, verb=Change.CHANGE).old == {"name": None}
    assert all("CEO" in text for text in texts)


def test_others_keep_theirs() -> None:
    erase("person", 1, ["name"], SYSTEM)
    assert Change.objects.get(record_id=2).new == {"name": "Jane Doe"}


def test_the_log_says_that_something_was_erased() -> None:
    erase("person", 1, ["name", "job_title"], SYSTEM)
    said = Change.objects.get(entity="erasure")
    assert (said.record_id, said.new) == (1, {"entity": "person", "fields": ["job_title", "name"], "changes": 2})


def test_words_are_struck_whatever_their_case() -> None:
    strike("note", 1, "text", ["jane@example.com.au", "jane@example.com"], SYSTEM)
    assert Change.objects.get(entity="note").new == {"text": "Ask […], not […]"}
    assert struck("a+b", []) == "a+b"
