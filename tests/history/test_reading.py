"""The cursor never skips a row, though transactions commit in another order than they began."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.history.models import Change
from leadline.history.reading import READ, START, changes_after, moved
from leadline.history.writing import Entry, append, writing

pytestmark = pytest.mark.django_db(transaction=True)
RECORD = READ.index("record_id")
PATIENCE = 20  # seconds after which a thread that hangs fails the test


def write(record_id: int) -> None:
    append([Entry("source", record_id, Change.CREATE, timezone.now(), {"name": str(record_id)})], SYSTEM)


def read_all(page: int = 1000) -> list[int]:
    """The records in the order in which a reader comes by them, page by page."""
    cursor, seen = START, []
    while rows := changes_after(cursor, page):
        seen += [row[RECORD] for row in rows]
        cursor = moved(cursor, rows)
    return seen


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: SQLite has one writer at a time")
def test_two_open_transactions_that_commit_in_the_other_order() -> None:
    """Without the rule "only below the oldest running one" the reader sees 2, moves past it, and never sees 1."""
    begun, commit = threading.Event(), threading.Event()

    def slow() -> None:
        with writing():
            write(1)
            begun.set()
            assert commit.wait(PATIENCE)

    thread = in_thread(slow)
    assert begun.wait(PATIENCE)
    with writing():
        write(2)
    assert Change.objects.count() == 1, "the other transaction is still open"
    assert changes_after(START, 10) == [], "nothing is read past an older transaction that is still running"
    commit.set()
    thread.join(PATIENCE)
    assert sorted(read_all()) == [1, 2]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: SQLite has one writer at a time")
def test_a_transaction_that_writes_late_does_not_slip_behind_the_cursor() -> None:
    """It began first, took its number first, writes last: its rows have higher ids but a lower transaction."""
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with writing():
            write(1)
            begun.set()
            assert go_on.wait(PATIENCE)
            write(3)

    thread = in_thread(slow)
    assert begun.wait(PATIENCE)
    with writing():
        write(2)
    cursor, seen = START, []
    for release in (False, True):
        if release:
            go_on.set()
            thread.join(PATIENCE)
        rows = changes_after(cursor, 10)
        seen += [row[RECORD] for row in rows]
        cursor = moved(cursor, rows)
    assert seen == [1, 3, 2]


def test_a_reader_beside_busy_writers_sees_every_row_once() -> None:
    writers, each = 4, 25

    def work(first: int) -> Callable[[], None]:
        def run() -> None:
            for number in range(first, first + each):
                with writing():
                    write(number)
                    if number % 5 == 0:
                        write(number + 100_000)  # two of one transaction

        return run

    threads = [in_thread(work(n * 1000 + 1)) for n in range(writers)]
    cursor, seen = START, []
    while any(thread.is_alive() for thread in threads):
        rows = changes_after(cursor, 7)
        seen += [row[RECORD] for row in rows]
        cursor = moved(cursor, rows)
    while rows := changes_after(cursor, 7):
        seen += [row[RECORD] for row in rows]
        cursor = moved(cursor, rows)
    assert len(seen) == writers * (each + each // 5)
    assert sorted(seen) == sorted(Change.objects.values_list("record_id", flat=True))


def test_pages_join_without_gap_or_overlap() -> None:
    with writing():
        for number in range(1, 24):
            write(number)
    assert read_all(page=5) == list(range(1, 24))
    assert moved(START, []) == START


def test_what_is_rolled_back_was_never_there() -> None:
    with writing():
        write(1)
        transaction.set_rollback(True)
    with writing():
        write(2)
    assert read_all() == [2]


def test_rows_know_their_transaction() -> None:
    with writing():
        write(1)
        append([Entry("source", n, Change.CREATE, timezone.now(), {}) for n in range(2, 200)], SYSTEM)  # by COPY
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text" if connection.vendor == "postgresql" else "SELECT '0'")
            number = int(cursor.fetchone()[0])
    assert set(Change.objects.values_list("txn", flat=True)) == {number}
    assert Change.objects.count() == 199


def test_a_change_belongs_in_the_transaction_that_writes_its_row() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        write(1)
    assert Change.objects.count() == 0


def test_writers_wait_for_each_other_and_none_fails() -> None:
    """On SQLite a second writer used to be told "database is locked"."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for number in range(40):
                with writing():
                    write(number)
        except BaseException as failure:
            failures.append(failure)
        finally:
            close_old_connections()

    threads = [in_thread(work) for _ in range(2)]
    for thread in threads:
        thread.join(PATIENCE)
    assert failures == []
    assert Change.objects.count() == 80


def test_a_verb_inside_a_plain_transaction_waits_for_nobody_who_waits_for_it() -> None:
    """It holds the database, so it must not queue behind a thread that waits for the database."""
    failures: list[BaseException] = []
    holding, queued = threading.Event(), threading.Event()

    def plain() -> None:
        try:
            with transaction.atomic():
                write(1)
                holding.set()
                queued.wait(0.2)  # long enough for the other to have taken its place in the queue
                with writing():
                    write(2)
        except BaseException as failure:
            failures.append(failure)

    def queueing() -> None:
        try:
            assert holding.wait(PATIENCE)
            with writing():
                write(3)
        except BaseException as failure:
            failures.append(failure)

    for thread in [in_thread(plain), in_thread(queueing)]:
        thread.join(PATIENCE)
    assert failures == []
    assert Change.objects.count() == 3


def test_columns_of_a_row_read_as_the_model_has_them() -> None:
    with writing():
        write(7)
    (row,) = changes_after(START, 1)
    change, read = Change.objects.get(), dict(zip(READ, row, strict=True))
    for name in ("id", "txn", "entity", "record_id", "verb", "before", "after"):
        assert read[name] == getattr(change, name), name
