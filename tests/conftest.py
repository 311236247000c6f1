"""What every test stands on: a data folder of its own, the database asked for, and the shared test data."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

CHECKOUT = Path(__file__).resolve().parent.parent

# Before Django reads its settings (each xdist worker comes through here): nothing of this machine's own Leadline
# reaches a test, and no test reaches it.
for name in [name for name in os.environ if name.startswith("LEADLINE_") and not name.startswith("LEADLINE_TEST_")]:
    del os.environ[name]
os.environ["LEADLINE_DATA"] = tempfile.mkdtemp(prefix="leadline-tests-")
if (own := f"LEADLINE_TEST_DATABASE_URL_{os.environ.get('PYTEST_XDIST_WORKER')}") in os.environ:
    os.environ["DATABASE_URL"] = os.environ[own]
atexit.register(shutil.rmtree, os.environ["LEADLINE_DATA"], ignore_errors=True)
if settings.configured:
    raise pytest.UsageError(
        "The settings were read before the tests could choose theirs; unset DJANGO_SETTINGS_MODULE."
    )
os.environ["DJANGO_SETTINGS_MODULE"] = "leadline.settings"
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]  # an xdist worker that inherited it would read the settings too early

from leadline.history import reading  # noqa: E402  models: only once Django is set up
from leadline.insights.kept import asking, running, shelf  # noqa: E402  see above

# A busy machine is not a fault: no example has a time limit.
hypothesis_settings.register_profile("leadline", deadline=None)
hypothesis_settings.load_profile("leadline")


def leave_out(reason: str) -> None:
    """Skips the test; where nothing may be left out (CI), fails it."""
    if os.environ.get("LEADLINE_TEST_COMPLETE") == "1":
        pytest.fail(f"left out, but LEADLINE_TEST_COMPLETE=1: {reason}")
    pytest.skip(reason)


TOUCHES_DATABASE = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)  # before -m chooses by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What does not touch the database need not be run again on the second one."""
    for item in items:
        used = TOUCHES_DATABASE & set(getattr(item, "fixturenames", ()))
        if not (used or item.get_closest_marker("django_db")):
            item.add_marker(pytest.mark.once)


# The files that take longest, the longest first: what is begun last is what all others wait for at the end.
LONGEST = (
    "test_looks.py",
    "test_whole_day.py",
    "test_spark.py",
    "test_small.py",
    "test_serving.py",
    "test_first_numbers.py",
    "test_wheel.py",
    "test_deal.py",
    "test_board.py",
    "test_contacts.py",
    "test_properties.py",
    "test_hostile_values.py",
    "test_kill.py",
    "test_insights_frame.py",
    "test_walls.py",
    "test_addresses.py",
    "test_real_files.py",
    "test_funnel.py",
    "test_example_loading.py",
)


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def pytest_longest_first(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the files, these come first."""
    if hasattr(config, "workerinput"):
        rank = {name: place for place, name in enumerate(LONGEST)}
        items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


@pytest.fixture(scope="session", autouse=True)
def _quick_and_local() -> Iterator[None]:
    """Cheap password hashes, and static files straight from their sources (no collected copy is needed)."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, as people have it: in memory there is one connection, no WAL and no lock to wait for."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(settings.LEADLINE_DATA / "test.sqlite3")


@pytest.fixture(autouse=True)
def _own_transaction_is_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a test that runs inside one transaction, the log's readers see what it wrote, as if it had been committed.

    On PostgreSQL they read only below the oldest running transaction, and that would be the test's own.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if connection.vendor == "postgresql" and not (commits or (marker and marker.kwargs.get("transaction"))):
        older = "txn < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        own = f"({older} OR txn = pg_current_xact_id_if_assigned()::text::bigint)"
        for name in ("_POSTGRESQL", "_LAST_POSTGRESQL"):
            sql = getattr(reading, name)
            assert older in sql
            monkeypatch.setattr(reading, name, sql.replace(older, own))


@pytest.fixture(autouse=True)
def _kept_answers_at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Slow answers are worked out where they are asked for: a thread beside the test would not see its data."""
    monkeypatch.setattr(asking, "runs", running.AtOnce())
    yield
    shelf.forget()


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """A path for a data folder that does not exist yet, for tests that start Leadline in a process of its own."""
    return tmp_path / "data folder"


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of shared example files: LEADLINE_TEST_DATA, or ../shared/data beside the checkout."""
    folder = Path(os.environ.get("LEADLINE_TEST_DATA") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        leave_out(f"no test data: {folder} is missing; set LEADLINE_TEST_DATA")
    return folder
