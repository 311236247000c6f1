"""Running the site: one process with threads (and Granian's small parent of it), one server to a data folder."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.signals import connection_created

from leadline.activities import coming_back
from leadline.crm import escalating, fitting, intake
from leadline.crm.playbooks import winding
from leadline.house import folder, opening
from leadline.house.locks import Held, exclusively
from leadline.house.refusal import Refused
from leadline.mail import sending
from leadline.rules import background as rules
from leadline.web import warming
from leadline.web.dashboards import mailing
from leadline.web.digests import background
from leadline.web.insights.forecasting import weekly

THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)  # SQLite writes come one after another; reads and rendering overlap
GRACE_SECONDS = 10


@contextmanager
def only_server(host: str, port: int) -> Iterator[None]:
    """The house opened for one server: the port is free, the data folder this server's, the schema up. Raises Refused.

    One server to a data folder, whatever the database: the warehouse in it belongs to one process.
    """
    note = f"{address_of(host, port)} (process {os.getpid()})"
    folder.prepare(settings.LEADLINE_DATA)
    try:
        with exclusively(settings.LEADLINE_DATA / "serve.lock", wait=False, note=note):
            _check_port(host, port)
            opening.open_database()
            yield
    except Held as held:
        raise Refused(
            f"Leadline already serves the data folder {settings.LEADLINE_DATA}, at {held}. "
            "Stop it first, or give this one a folder of its own by LEADLINE_DATA."
        ) from None


def address_of(host: str, port: int) -> str:
    """The address to open in a browser."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _check_port(host: str, port: int) -> None:
    """Raises Refused where nothing can listen at the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise Refused(
                f"Nothing can listen on {host}, port {port}: {error.strerror}. Choose another by --port (or --host)."
            ) from None


def run(host: str, port: int, greeting: str) -> None:
    """Serves until SIGTERM or SIGINT, then finishes the requests at hand. Prints the greeting once it listens."""
    from granian import Granian  # noqa: PLC0415  only a server needs it
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    _application()  # what is wrong with it shows here, not in a worker that dies; a forked worker finds it made
    _disconnect()
    server = Granian(
        "leadline.wsgi:application",  # a name for its messages; `worker_application` loads it
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        workers_kill_timeout=GRACE_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    server.on_startup(lambda: print(greeting, flush=True))  # noqa: T201
    server.serve(target_loader=worker_application, wrap_loader=False)


def _disconnect() -> None:
    """The worker is a fork, where the system has it, and must not share a connection (or a pool's threads) with us."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            cast(Any, connection).close_pool()


def worker_application() -> Callable[..., Any]:
    """The application, as Granian's worker process loads it. The worker does not outlive its parent.

    Ctrl-C is for the parent alone, which then ends the worker: a worker that gets both signals never ends.
    """
    os.setpgid(0, 0)
    connection_created.connect(_small_cache)
    threading.Thread(target=_leave_with, args=[os.getppid()], daemon=True).start()
    application = _application()
    warming.in_background()
    mailing.in_background()
    background.in_background()
    sending.in_background()
    weekly.in_background()
    rules.in_background()
    escalating.in_background()
    fitting.in_background()
    winding.in_background()
    coming_back.in_background()
    intake.in_background()
    return application


def _small_cache(connection: Any, **_signal: Any) -> None:
    """Every thread keeps a connection; the system's cache holds the file for all of them once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-4096")


@cache
def _application() -> Callable[..., Any]:
    return get_wsgi_application()


def _leave_with(parent: int) -> None:
    """Ends this process when its parent has died: else it would hold port and data folder, and nobody could stop it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
