"""Writing a stage's playbook, publishing it as the next version, throwing a draft away."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import require
from leadline.crm.models import Playbook, Stage
from leadline.crm.playbooks import begin, draft_of, publish
from leadline.history.models import Change
from leadline.history.writing import writing
from leadline.web.frame.refusals import by_script
from leadline.web.settings.changing import act, number_in
from leadline.web.settings.playbooks.drawing import PLACE, draw_playbook
from leadline.web.settings.playbooks.typed import Typed, arranged, read, values


@require_http_methods(["GET", "HEAD", "POST"])
def playbook(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed is the draft's; the buttons of a row (`do`) move it, or take it away."""
    stage = stage_of(pk)
    if request.method != "POST":
        return draw_playbook(stage, request)

    def deed(by: Actor) -> str:
        typed = read(request.POST)
        do = request.POST.get("do", "")
        items = typed.items if do.startswith("unlink") else arranged(typed.items, do)
        links = arranged(typed.links, do) if do.startswith("unlink") else typed.links
        with writing():
            _expect_mine(request, stage, by)
            draft = begin(stage, by=by)
            draft.edit(by=by, **values(Typed(items, links, typed.guidance), draft))
        return _said(do) or ("" if by_script(request) else _("Draft saved."))

    return act(request, deed, partial(draw_playbook, stage), back=_page(stage), place=PLACE)


@require_POST
def publish_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft is asked for from now on; with `for_standing` of those too that stand there."""
    stage = stage_of(pk)

    def deed(by: Actor) -> str:
        require(by, "change", Playbook())
        draft = draft_of(stage)
        if draft is None:
            raise ValidationError(_("There is no draft to publish: somebody has published it, or thrown it away."))
        publish(draft, by=by, for_standing="for_standing" in request.POST)
        return _("%(stage)s: version %(version)s published.") % {"stage": stage, "version": draft.version}

    return act(request, deed, partial(draw_playbook, stage), back=_page(stage), place="publish")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Away with the draft; what is published stays."""
    stage = stage_of(pk)

    def deed(by: Actor) -> str:
        require(by, "delete", Playbook())
        if draft := draft_of(stage):
            draft.trash(by=by)
        return _("Draft thrown away.")

    return act(request, deed, partial(draw_playbook, stage), back=_page(stage), place="publish")


def stage_of(pk: int) -> Stage:
    row: Stage = get_object_or_404(Stage.objects.kept().filter(pipeline__deleted_at=None), pk=pk)
    return row


def _said(do: str) -> str:
    """What a button did; a field that was left is saved without a word for each: the page says that the draft is."""
    away = _("Taken away.")
    deeds = {"up": _("Moved up."), "down": _("Moved down."), "remove": away, "unlink": away, "add": _("Added.")}
    return deeds.get(do.partition("-")[0], "")


def _expect_mine(request: HttpRequest, stage: Stage, by: Actor) -> None:
    """Raises ValidationError where somebody else has changed or published the draft since it was drawn."""
    drawn, draft = number_in(request, "draft"), draft_of(stage)
    others = Change.objects.filter(entity=Playbook.ENTITY, record_id=drawn, id__gt=number_in(request, "seen"))
    gone = drawn and (draft is None or draft.pk != drawn)
    if gone or others.exclude(by_id=by.id).exists():
        message = _("Somebody has worked on this playbook meanwhile. Load the page to see it as it is now.")
        raise ValidationError({"items": message})


def _page(stage: Stage) -> str:
    return reverse("playbook", args=[stage.pk])
