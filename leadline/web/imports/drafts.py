"""The wizard's one page: files as they are understood, what is to be decided, what would happen, and yes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.imports.drafts import decisions, held, working
from leadline.imports.models import Draft, Stand
from leadline.web.imports.drawing import PAGE, PART, SIDE, body, drawn
from leadline.web.imports.finding import draft_of
from leadline.web.imports.uploading import changeable

PATIENCE = 0.7  # seconds that an answer waits: a small file is read by then


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; with `?poll` what has changed meanwhile. A draft whose process has died is read again."""
    draft = draft_of(request, pk)
    working.go_on(draft)
    draft.refresh_from_db()
    if draft.stand == Stand.WRITING:
        return under_way(request, draft)
    if "body" in request.GET:
        return body(request, draft, request.GET["body"])
    if "poll" not in request.GET:
        return drawn(request, draft, PAGE)
    still = draft.stand == Stand.READING and bool(draft.found) == ("known" in request.GET)
    return drawn(request, draft, SIDE) if still else whole(drawn(request, draft, PART))


def under_way(request: HttpRequest, draft: Draft) -> HttpResponse:
    """It is being written: there is a page for that as soon as the import is known."""
    if draft.arrival_id is not None:
        return redirect("import", draft.arrival_id)
    return drawn(request, draft, SIDE if "poll" in request.GET else PAGE)


def whole(response: HttpResponse) -> HttpResponse:
    """Draw all of the draft, not only the part that asked."""
    response.headers["HX-Retarget"] = "#draft"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision, by `what`, `where`, `word`, `value`; all is read anew. Raises ValidationError."""
    draft = changeable(request, pk)
    what = request.POST.get("what", "")
    if what == "stages":
        decisions.order_stages(draft, request.POST.getlist("value"))
    else:
        named = (request.POST.get(name, "") for name in ("where", "word", "value"))
        decisions.decide(draft, what, *named)
    working.read(draft)
    working.wait(draft, PATIENCE)
    return drawn(request, draft)


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it. Raises ValidationError where something is open or what was shown no longer holds."""
    draft = changeable(request, pk)
    if not draft.is_checked:
        raise ValidationError(_("It is not read to its end yet, or a question is open."))
    number = held.known(draft)
    working.write(draft)
    working.wait(draft, PATIENCE)
    return moved_to(number or Draft.objects.filter(pk=draft.pk).values_list("arrival_id", flat=True).first(), draft)


def moved_to(number: int | None, draft: Draft) -> HttpResponse:
    """On to the import's page, once it is known; until then the draft's own says how far it is."""
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = (
        reverse("import", args=[number]) if number else reverse("import_draft", args=[draft.pk])
    )
    return response
