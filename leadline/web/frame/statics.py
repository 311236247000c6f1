"""Static files under names that carry their content's hash, so that browsers may keep them for good."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

STAMP, LOCK = "collected.stamp", "collecting.lock"
UNUSED = ["django_htmx/*", "admin/*"]  # htmx itself comes with package.json


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """app.css becomes app.1f2e3d.css, beside it app.1f2e3d.css.gz; imports between our own modules are rewritten."""

    support_js_module_import_aggregation = True


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise has no types
    """Serves static files. Collects them first where they are stale, so that no start needs a step before it."""

    def __init__(self, get_response: Any) -> None:
        folder = Path(settings.STATIC_ROOT)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if settings.STORAGES["staticfiles"]["BACKEND"].endswith(HashedFiles.__name__):
            collect(folder)
        super().__init__(get_response)


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look by themselves, when what they show is no page of ours: a picture, a file."""
    return redirect(static("icon.svg"))


def collect(folder: Path) -> None:
    """Fills the folder with what the finders find, unless that is what it holds. About a second when it has to."""
    found, stamp = _fingerprint(), folder / STAMP
    if stamp.exists() and stamp.read_text() == found:
        return
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several processes that start at once, one collects
        if stamp.exists() and stamp.read_text() == found:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
        stamp.write_text(found)


def _fingerprint() -> str:
    """Changes when any source file does: names, sizes and times of all of them."""
    facts = []
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            facts.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()
