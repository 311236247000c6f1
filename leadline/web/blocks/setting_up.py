"""Accepting what is proposed, setting up a block, changing it from a day on, ending it, moving or skipping one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.activities.blocks.moving import as_planned, move, skip
from leadline.activities.blocks.occurring import occurrence_on
from leadline.activities.blocks.proposing import AIM, BEGINS, LENGTH, accept, proposal
from leadline.activities.blocks.setting_up import change_from, defaults, end_from, set_up
from leadline.activities.models import Block
from leadline.web.activities.composing import moment_of
from leadline.web.blocks.finding import block_of, day_of, occurrence_of
from leadline.web.blocks.form import BlockForm, length
from leadline.web.blocks.showing import preview
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.formats import moment
from leadline.web.frame.parts import page
from leadline.web.records.answering import did


@require_POST
def block_accept(request: HttpRequest) -> HttpResponse:
    """One click: what is proposed is set up. Two clicks set up once."""
    by, user = doer(request), reader_of(request)
    blocks = accept(proposal(user, name=_("Prospecting")), by=by)
    count = sum(len(block.weekdays) for block in blocks)
    text = ngettext("%(count)s block a week set up.", "%(count)s blocks a week set up.", count) % {"count": count}
    return did(request, by, text if blocks else _("You have blocks already."), _back(), go=_back())


@require_http_methods(["GET", "HEAD", "POST"])
def block_add(request: HttpRequest) -> HttpResponse:
    """GET: the form, as a usual block would be. POST: sets it up."""
    user = reader_of(request)
    usual = {"name": _("Prospecting"), "weekdays": [1, 3], "starts_at": BEGINS, "minutes": LENGTH, "aim": AIM}
    block = Block(owner=user, **usual | defaults(user))
    form = BlockForm(block, False, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by = doer(request)
        try:
            set_up(user, by=by, start_on=form.cleaned_data["from_day"], **form.values())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return did(request, by, _("“%(name)s” set up.") % form.cleaned_data, _back(), go=_back())
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def block_change(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form of one that is there. POST: changes it from a day on; what has been stays."""
    block = block_of(request, pk)
    form = BlockForm(block, True, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by = doer(request)
        try:
            change_from(block, form.cleaned_data["from_day"], by=by, **form.values())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return did(request, by, _("“%(name)s” changed.") % form.cleaned_data, _back(), go=_back())
    return _form(request, form)


@require_POST
def block_end(request: HttpRequest, pk: int) -> HttpResponse:
    """No more of it from a day on."""
    block, by = block_of(request, pk), doer(request)
    end_from(block, day_of(request.POST.get("from_day", "")), by=by)
    return did(request, by, _("“%(name)s” ended.") % {"name": block.name}, _back(), go=_back())


@require_safe
def block_preview(request: HttpRequest) -> HttpResponse:
    """The next four weeks as the form would have them; nothing while something in it is wrong."""
    user = reader_of(request)
    form = BlockForm(Block(owner=user, starts_at=BEGINS, **defaults(user)), False, request.GET)
    weeks = []
    if form.is_valid():
        values = defaults(user) | form.values() | {"start_on": form.cleaned_data["from_day"]}
        weeks = preview(Block(owner=user, **values), form.cleaned_data["from_day"])
    return render(request, "blocks/_preview.html", {"weeks": weeks})


@require_http_methods(["GET", "HEAD", "POST"])
def block_move(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """GET: where one of them is to go. POST: puts it there."""
    here = occurrence_of(request, pk, day)
    problem = ""
    if request.method == "POST":
        by = doer(request)
        try:
            to = moment_of(request.POST.get("to", ""))
            if to is None:
                raise ValidationError(_("Write a day and a time, such as 2026-11-22 14:30."))
            move(here.block, here.on_date, to, by=by)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            said = _("“%(name)s” moved to %(when)s.") % {"name": here.block.name, "when": moment(to)}
            return did(request, by, said, _back(), go=_back())
    context = {"here": here, "block": here.block, "day": day, "problem": problem, "to": request.POST.get("to", "")}
    return page(request, "blocks/move.html", "blocks/_move.html", context, status=422 if problem else 200)


@require_POST
def block_skip(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """This one does not take place; `back`: as planned after all."""
    block, on, by = block_of(request, pk), day_of(day), doer(request)
    if request.POST.get("back"):
        as_planned(block, on, by=by)
        return did(request, by, _("“%(name)s” is as planned again.") % {"name": block.name}, _back(), go=_back())
    before = occurrence_on(block, on)
    skip(block, on, by=by)
    when = moment(before.starts_at) if before else on.isoformat()
    said = _("“%(name)s” of %(when)s skipped.") % {"name": block.name, "when": when}
    return did(request, by, said, _back(), go=_back())


def _form(request: HttpRequest, form: BlockForm) -> HttpResponse:
    block, day = form.block, form.initial["from_day"]
    context = {"form": form, "block": block if form.there else None, "weeks": preview(block, day), "length": length}
    return page(request, "blocks/form.html", "blocks/_form.html", context, status=422 if form.errors else 200)


def _back() -> str:
    return reverse("blocks")
