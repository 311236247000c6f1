"""What people read when something goes wrong: sentences, without names of columns or exceptions."""

from __future__ import annotations

import errno

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError

from leadline.accounts.models import Role
from leadline.cli.errors import line
from leadline.cli.user import HERE
from leadline.history import members


def complaint(*, email: str | None = None, name: str = "Ada", **fields: object) -> str:
    with pytest.raises(ValidationError) as caught:
        members.invite(name, email=email, by=HERE, **fields)
    return line(caught.value)[0]


@pytest.mark.django_db
def test_complaints_about_values_are_sentences():
    members.invite("Ada", email="ada@firm.example", by=HERE)
    assert complaint(email="ada@firm.example") == "Another user has this e-mail already."
    assert complaint(email="nobody") == "Enter a valid email address."
    assert complaint(name="") == "Name: This field cannot be blank."


@pytest.mark.django_db
def test_the_last_administrator_stays_in_a_sentence():
    ada = members.invite("Ada", email="ada@firm.example", role=Role.ADMINISTRATOR, by=HERE)
    members.change(ada, by=HERE, is_active=True)
    for values in ({"role": Role.SELLER}, {"is_active": False}):
        with pytest.raises(ValidationError) as caught:
            members.change(ada, by=HERE, **values)
        assert line(caught.value)[0].startswith("The last administrator stays.")


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database or disk is full"),
        OSError(errno.ENOSPC, "No space left on device"),
        RuntimeError("TransactionContext Error: Failed to commit: could not write: No space left on device"),
    ],
)
def test_a_full_disk_is_said_with_its_mend(error):
    assert line(error)[0].startswith("The disk is full. Make room")


def test_a_full_disk_behind_another_error_is_found():
    error = RuntimeError("cannot write")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert line(error)[0].startswith("The disk is full.")
