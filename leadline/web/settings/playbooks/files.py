"""Files in a playbook: templates, price lists, scripts; everybody who works here may read them."""

from __future__ import annotations

import re
from functools import partial
from typing import BinaryIO, cast
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import require
from leadline.crm import filing
from leadline.crm.models import Playbook
from leadline.crm.models.file import clean_name
from leadline.crm.playbooks import begin
from leadline.history.writing import writing
from leadline.web.settings.changing import act
from leadline.web.settings.playbooks.drawing import draw_playbook
from leadline.web.settings.playbooks.editing import stage_of
from leadline.web.timeline.files import guarded


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the draft, as one of its links."""
    stage = stage_of(pk)

    def deed(by: Actor) -> str:
        require(by, "change", Playbook())
        given = request.FILES.get("file")
        if given is None:
            raise ValidationError({"file": _("Choose a file first.")})
        name = clean_name(given.name or "")
        digest, _size = filing.store(cast("BinaryIO", given.file))
        link = {"name": name[:120], "href": f"/playbook-files/{digest}/{quote(_short(name), safe='')}"}
        with writing():
            draft = begin(stage, by=by)
            draft.edit(by=by, links=[*draft.links, link])
        return _("%(name)s added.") % {"name": name}

    back = reverse("playbook", args=[stage.pk])
    return act(request, deed, partial(draw_playbook, stage), back=back, place="file")


@require_safe
def file(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """The content, to be saved; only what some version of a playbook names."""
    start = f"/playbook-files/{digest}/"
    books = Playbook.objects.values_list("links", flat=True) if re.fullmatch(r"[0-9a-f]{64}", digest) else ()
    if not any(link["href"].startswith(start) for links in books for link in links):
        raise Http404
    path = filing.path_of(digest)
    if not path.exists():
        raise Http404(_("The content of this file is missing on the server."))
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=filing.UNKNOWN)
    return guarded(answer, f'"{digest}"')


def _short(name: str) -> str:
    """The end of a long name, which says of what kind it is."""
    return name[-80:]
