"""Writing an import in the background of the site: a thread of its own, which other requests get past between chunks.

A thread and not a queue: the plan (an open staging file) is here already, and if this process dies the next start takes
back what was written. Progress stands in the import's row (`written` of `total`); setting `stop` cancels it.
"""

from threading import Thread

from django.db import connection

from leadline.accounts.models import User
from leadline.imports.importing import Stopped, carry_out
from leadline.imports.models import Import, State
from leadline.imports.planning.plan import Plan
from leadline.imports.undoing import take_back


def start(arrival: Import, plan: Plan, *, user: User) -> Thread:
    """Begin to write a plan that has no open questions; returns at once. How it went stands in the import's row."""
    thread = Thread(target=run, args=(arrival, plan, user), name=f"import-{arrival.pk}", daemon=True)
    thread.start()
    return thread


def cancel(arrival: Import) -> None:
    """Ask the writer to stop; it takes everything back after the chunk it is at."""
    Import.objects.filter(pk=arrival.pk).update(stop=True)


def run(arrival: Import, plan: Plan, user: User) -> None:
    """The thread's work. An error is kept in the import's row, where its owner sees it."""
    try:
        carry_out(arrival, plan, user=user, progress=lambda label, count: None)
    except Stopped:
        return
    finally:
        connection.close()


def undo(arrival: Import) -> Thread:
    """Take an import back in the background; returns at once. What had to be left stands in the import's row."""
    Import.objects.filter(pk=arrival.pk).update(state=State.UNDOING)
    thread = Thread(target=run_back, args=(arrival,), name=f"undo-{arrival.pk}", daemon=True)
    thread.start()
    return thread


def run_back(arrival: Import) -> None:
    """The thread's work. Interrupted, the next start ends it."""
    try:
        take_back(arrival)
    finally:
        connection.close()
