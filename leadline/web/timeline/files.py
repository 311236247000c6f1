"""Attaching files, handing them out again, renaming and throwing them away."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm import filing
from leadline.crm.models import File
from leadline.web.frame.doing import doer
from leadline.web.timeline.answering import answer
from leadline.web.timeline.finding import record_of, row_of

Answer = TypeVar("Answer", bound=HttpResponseBase)

# A file of somebody else's is nothing of ours: it may load nothing, run nothing and stand in no page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"


@require_POST
def file_add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Keep one file or several, in one act. Raises ValidationError for the first that is refused, by its name."""
    record, by = record_of(request, kind, pk), doer(request)
    given = request.FILES.getlist("file")
    if not given:
        raise ValidationError({"file": _("Choose a file first.")})
    kept = [_attach(record, one, by) for one in given]
    text = ngettext("%(name)s attached.", "%(count)s files attached.", len(kept))
    return answer(request, by, text % {"name": kept[0].name, "count": len(kept)}, record, *kept)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The content: to be saved; with `?view`, pictures of kinds that cannot carry a script are shown."""
    row = row_of(request, File, pk)
    tag = f'"{row.digest}"'
    if request.headers.get("If-None-Match") == tag:
        return guarded(HttpResponseNotModified(), tag)
    shown = "view" in request.GET and row.media_type in filing.SHOWN and row.media_type.startswith("image/")
    try:
        content = filing.open_content(row)
    except FileNotFoundError:
        raise Http404(_("The content of this file is missing on the server.")) from None
    kind = row.media_type if shown else "application/octet-stream"
    return guarded(FileResponse(content, as_attachment=not shown, filename=row.name, content_type=kind), tag)


@require_POST
def file_rename(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = row_of(request, File, pk), doer(request)
    row.edit(by=by, name=request.POST.get("name", ""))
    return answer(request, by, _("File renamed."), row.guarded_by(), row)


@require_POST
def file_trash(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = row_of(request, File, pk), doer(request)
    row.trash(by=by)
    return answer(request, by, _("%(name)s deleted.") % {"name": row.name}, row.guarded_by(), row)


def _attach(record: Any, one: Any, by: Actor) -> File:
    try:
        return filing.attach(record, one.name or "", one, by=by)
    except ValidationError as error:
        raise ValidationError({"file": f"{one.name}: {' '.join(error.messages)}"}) from error


def guarded(response: Answer, tag: str) -> Answer:
    """What somebody brought: it may load nothing, run nothing and stand in no page."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["ETag"] = tag
    return response
