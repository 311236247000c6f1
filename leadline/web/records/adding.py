"""A short form that adds a record: as a dialog or as a page, drawn by one template either way."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.history.numbers import number_of
from leadline.history.recorded import Recorded
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.records.answering import did

STAY = "stay"  # `then` of a form that was opened from a page which shows what it adds


class LookupForm(forms.Form):
    """A form of which the fields named in LINKS are looked up by typing, and which says what verbs refuse."""

    LINKS: ClassVar[dict[str, type[Recorded]]] = {}

    def __init__(self, reader: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def linked(self, name: str) -> Any:
        """The record that a lookup field names, among what the person sees; None where there is none."""
        value = self.data.get(name, "") if self.is_bound else self.initial.get(name, "")
        number = number_of(value)
        if number is None:
            return None
        rows: Any = self.LINKS[name].objects
        return rows.visible_to(self.reader).kept().filter(pk=number).first()

    def clean(self) -> dict[str, Any]:
        """A lookup that names what is not there, or is not open to the person, is refused, not dropped."""
        given = super().clean() or {}
        for name in self.LINKS:
            if self.data.get(name, "").strip() and self.linked(name) is None:
                told = _("It is not there any more, or not open to you.")
                self.add_error(name if name in self.fields else None, told)
        return given

    def words(self, name: str) -> str:
        """What stands in a lookup to begin with."""
        return str(self.linked(name) or "")

    def refuse(self, error: ValidationError) -> None:
        """What the verb refused, beside its field where the form has it."""
        told = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        for name, messages in told.items():
            field = (name or "").removesuffix("_id")
            for message in messages:
                self.add_error(field if field in self.fields else None, message)


class AddForm(LookupForm):
    """A form for one kind of record."""

    @abstractmethod
    def make(self, by: Actor) -> Any:
        """Adds the record by a verb. Raises ValidationError."""


def adding(request: HttpRequest, form_of: type[AddForm], model: type[Recorded], folder: str) -> HttpResponse:
    """GET: the form, filled from the address. POST: adds, then opens the record or stays where one was."""
    reader = reader_of(request)
    if not may(reader, "add", model()):
        raise PermissionDenied(_("You may not add this."))
    then = request.POST.get("then", request.GET.get("then", ""))
    form = form_of(reader, request.POST) if request.method == "POST" else form_of(reader, initial=request.GET.dict())
    if form.is_bound and form.is_valid():
        by = doer(request)
        try:
            record = form.make(by)
        except ValidationError as error:
            form.refuse(error)
        else:
            return _added(request, by, record, then)
    context = {"form": form, "then": STAY if then == STAY else "", "reader": reader}
    return page(request, f"{folder}/add.html", f"{folder}/_add.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, by: Actor, record: Any, then: str) -> HttpResponse:
    address = record_url(record)
    go = "" if then == STAY else address
    text = _("%(record)s is added.") % {"record": record}
    return did(request, by, text, address, go=go, kind=record.ENTITY, id=record.pk)
