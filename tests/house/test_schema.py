"""The state of the schema, on either database."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from leadline.house import schema, unfinished
from leadline.house.refusal import Refused
from leadline.house.schema import State

pytestmark = pytest.mark.django_db


def migration(name: str, *, atomic: bool) -> SimpleNamespace:
    return SimpleNamespace(app_label="crm", name=name, atomic=atomic)


def test_a_migrated_database_is_current_and_left_alone(django_assert_max_num_queries):
    assert schema.state() is State.CURRENT
    with django_assert_max_num_queries(6):
        schema.bring_up()


def test_a_migration_unknown_to_this_version_makes_it_newer():
    MigrationRecorder(connection).record_applied("crm", "9999_from_the_future")
    assert schema.state() is State.NEWER
    with pytest.raises(Refused, match=r"crm\.9999_from_the_future"):
        schema.bring_up()


def test_a_step_that_could_not_be_rolled_back_is_refused_until_it_is_done():
    unfinished.begin(migration("0099_in_two_steps", atomic=False))
    assert schema.state() is State.UNFINISHED
    with pytest.raises(Refused, match=r"cut short in crm\.0099_in_two_steps"):
        schema.bring_up()
    unfinished.end()
    assert schema.state() is State.CURRENT


def test_a_step_that_was_rolled_back_may_simply_run_again():
    unfinished.begin(migration("0099_whole", atomic=True))
    assert schema.state() is State.CURRENT


def test_a_step_that_died_after_it_was_done_is_done():
    unfinished.begin(migration("0001_initial", atomic=False))
    assert schema.state() is State.CURRENT


def test_every_change_of_a_model_has_its_migration():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_health_says_so(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json().items() >= {"status": "ok", "schema": "current", "database": connection.vendor}.items()
    assert "no-cache" in answer["Cache-Control"]
    MigrationRecorder(connection).record_applied("crm", "9999_from_the_future")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["schema"] == "newer"


def test_health_is_only_read(client):
    assert client.post("/healthz").status_code == 405
