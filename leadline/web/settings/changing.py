"""One act on a list of the settings: the verb, then the list as it is now, or the error beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import may
from leadline.history.expecting import Conflict
from leadline.history.numbers import number_of, numbers_of
from leadline.history.recorded import Recorded
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.frame.refusals import by_field, by_script


@dataclass(frozen=True)
class Wrong:
    """What was refused: the form in which it was typed (`place`), what was typed, and why, by field."""

    place: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, list[str]] = field(default_factory=dict)

    def value(self, place: str, name: str, kept: Any = "") -> Any:
        """What stands in a field: what was typed where that was refused, else what is kept."""
        return self.typed.get(name, "") if self.place == place and name in self.typed else kept

    def of(self, place: str, *names: str) -> list[str]:
        """What is wrong in a form, in these fields of it; without names, everything."""
        if self.place != place:
            return []
        return [text for name, texts in self.errors.items() for text in texts if not names or name in names]


NOTHING_WRONG = Wrong()


class Draw(Protocol):
    """Draws the page, or the part of it that htmx asked for."""

    def __call__(self, request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse: ...


def act(
    request: HttpRequest, deed: Callable[[Actor], str], draw: Draw, *, back: str, place: str = "add"
) -> HttpResponse:
    """Do the deed, which says what it did. Scripts get the part anew with an Undo; others go `back` to the page."""
    by = doer(request)
    try:
        said = deed(by)
    except ValidationError as error:
        status = 409 if isinstance(error, Conflict) else 422
        return draw(request, Wrong(place, request.POST.dict(), by_field(error)), status)
    if not by_script(request):
        messages.success(request, said)
        return redirect(back)
    return done(draw(request), by, said)


def may_change(request: HttpRequest, model: type[Recorded]) -> bool:
    """Whether the reader may change such rows; the verbs ask again."""
    return may(reader_of(request), "change", model())


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number that a form sent; 0 where it is none."""
    text = request.POST.get(name, "").strip()
    return number_of(text) or 0


def numbers_in(request: HttpRequest, name: str) -> list[int]:
    """The whole numbers of a form's "3,1,2"; what is none is left out."""
    return numbers_of(request.POST.get(name, "").split(","))


def moved(ids: list[int]) -> dict[int, dict[str, str]]:
    """For each id the orders that move it one up or down, as forms send them; "" where it stands at the end."""
    return {pk: {"up": _swapped(ids, at, at - 1), "down": _swapped(ids, at, at + 1)} for at, pk in enumerate(ids)}


def _swapped(ids: list[int], one: int, other: int) -> str:
    if not 0 <= other < len(ids):
        return ""
    order = list(ids)
    order[one], order[other] = order[other], order[one]
    return ",".join(map(str, order))
