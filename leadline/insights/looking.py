"""One look at the numbers: what is asked together is answered from one stand of the log, which is read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.utils import timezone

from leadline.insights.warehouse import warehouse

if TYPE_CHECKING:
    from leadline.insights.store.reader import Reader
    from leadline.insights.store.warehouse import Warehouse

T = TypeVar("T")


class _Look:
    def __init__(self, opened: ExitStack) -> None:
        self.warehouse: Warehouse | None = None
        self.readers: dict[tuple[dt.datetime, bool], Reader] = {}
        self.known: dict[Hashable, Any] = {}
        self._opened = opened

    def as_of(self, moment: dt.datetime, present: bool) -> Reader:
        key = (moment, present)
        if key not in self.readers:
            self.warehouse = self.warehouse or warehouse()
            self.readers[key] = self._opened.enter_context(self.warehouse.as_of(moment, present=present))
        return self.readers[key]


_look: ContextVar[_Look | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Inside, questions share what is the same for all: tables, what their asker sees. For reading only: what is
    changed inside is seen by later questions outside."""
    if _look.get() is not None:
        yield
        return
    with ExitStack() as opened:
        token = _look.set(_Look(opened))
        try:
            yield
        finally:
            _look.reset(token)


@contextmanager
def tables_as_of(moment: dt.datetime, *, present: bool = False) -> Iterator[Reader]:
    """The tables as of a moment (naive UTC); `present` as of `Editions.reader`."""
    look = _look.get()
    if look is not None:
        yield look.as_of(moment, present)
        return
    with warehouse().as_of(moment, present=present) as tables:
        yield tables


def now() -> dt.datetime:
    """The present (UTC); in one look the same for all."""
    return once("now", timezone.now)


def once(key: Hashable, find: Callable[[], T]) -> T:
    """What `find` finds, in one look found once."""
    look = _look.get()
    if look is None:
        return find()
    if key not in look.known:
        look.known[key] = find()
    return cast(T, look.known[key])
