"""Files come in, each as the body of a request of its own, straight to the draft's folder: no second copy anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.imports import permitting
from leadline.imports.drafts import expiring, folder, held, remembering, working
from leadline.imports.faults import BrokenFile
from leadline.imports.models import Draft, Stand
from leadline.web.frame.doing import reader_of
from leadline.web.imports.drawing import drawn
from leadline.web.imports.finding import draft_of

PIECE = 2**20
MOST_DRAFTS = 5  # of one person: each may lie for a day


@require_POST
def new(request: HttpRequest) -> JsonResponse:
    """An empty draft; the answer says where its files go and where its page is. Raises PermissionDenied."""
    user = reader_of(request)
    permitting.check(user, [])
    expiring.expire()
    for old in Draft.objects.filter(by=user).exclude(stand=Stand.WRITING)[MOST_DRAFTS - 1 :]:
        expiring.give_up(old)
    draft = Draft.objects.create(by=user)
    return JsonResponse(
        {
            "files": reverse("import_files", args=[draft.pk]),
            "read": reverse("import_read", args=[draft.pk]),
            "page": reverse("import_draft", args=[draft.pk]),
        },
        status=201,
    )


@require_POST
def files(request: HttpRequest, pk: int) -> JsonResponse:
    """One file more: its name in `?name=`, its bytes the body. Raises ValidationError where it is too large."""
    draft = changeable(request, pk)
    name = request.GET.get("name", "")
    try:
        kept = folder.keep(draft, name, pieces(request))
    except BrokenFile as broken:
        raise ValidationError({"file": f"{broken.file}: {broken.reason}. {broken.mend}"}) from broken
    return JsonResponse({"name": kept}, status=201)


def pieces(request: HttpRequest) -> Iterator[bytes]:
    """The body, a piece at a time."""
    while piece := request.read(PIECE):
        yield piece


@require_POST
def read(request: HttpRequest, pk: int) -> JsonResponse:
    """All files are here: begin to read them."""
    draft = changeable(request, pk)
    draft.revision += 1
    draft.save(update_fields=["revision"])
    working.read(draft)
    working.wait(draft, 0.5)
    return JsonResponse({"page": reverse("import_draft", args=[draft.pk])})


@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """One file less; the rest is read anew."""
    draft = changeable(request, pk)
    name = request.POST.get("name", "")
    folder.take_out(draft, name)
    remembering.forget(draft, name)
    draft.revision += 1
    draft.save(update_fields=["revision", "decisions"])
    working.read(draft)
    working.wait(draft, 0.7)
    return drawn(request, draft)


@require_POST
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft and its files; nothing was changed by them."""
    draft = changeable(request, pk)
    held.give_up(draft.pk)
    folder.remove(draft)
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = reverse("imports")
    return response


def changeable(request: HttpRequest, pk: int) -> Draft:
    """The person's draft, unless it is being written: then it is too late. Raises ValidationError."""
    draft = draft_of(request, pk)
    if draft.stand == Stand.WRITING and working.at_work(draft):
        raise ValidationError(_("It is being written already. Stop it there, or undo it afterwards."))
    return draft
