"""Files: contents lie in the uploads folder under their hash, each once; rows say what they are called."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.permissions import require
from leadline.crm.models import Deal, File, Lead, Organization, Person
from leadline.crm.models.file import clean_name

LARGEST = 50 * 1024 * 1024  # bytes
# Programs have no business on a deal: neither by their name (crm.models.file) nor by how they begin.
BEGINNINGS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
# What a browser may show in place; everything else is only ever downloaded.
SHOWN = frozenset({"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp", "text/plain"})
UNKNOWN = "application/octet-stream"


def attach(to: Deal | Lead | Person | Organization, name: str, content: BinaryIO, *, by: By) -> File:
    """Keep a file on a record. Raises ValidationError for an empty one, a large one or a program, PermissionDenied."""
    doer = actor(by)
    name = clean_name(name)
    require(doer, "change", to)
    digest, size = store(content)
    file = File(name=name, digest=digest, size=size, media_type=media_type(name))
    setattr(file, to.ENTITY, to)
    return file.add(by=doer)


def media_type(name: str) -> str:
    """What the name says the file is; never believed any further than for choosing an icon or `SHOWN`."""
    return mimetypes.guess_type(name)[0] or UNKNOWN


def path_of(digest: str) -> Path:
    """Where the content with this SHA-256 lies."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def open_content(file: File) -> BinaryIO:
    """The content, to be read. Raises FileNotFoundError where the uploads folder has lost it."""
    return path_of(file.digest).open("rb")


def store(content: BinaryIO) -> tuple[str, int]:
    """Keep a content; returns its SHA-256 and size in bytes. Raises ValidationError. A second copy is not kept.

    Written beside its place and moved there once whole and on disk: a reader sees all of it or nothing.
    """
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=folder, prefix="draft-")  # readable by its owner only, never executable
    try:
        with os.fdopen(handle, "wb") as file:
            digest, size = _copy(content, file)
            os.fsync(file.fileno())
        place = path_of(digest)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        Path(draft).replace(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return digest, size


def _copy(content: BinaryIO, file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while part := content.read(1 << 20):
        if size == 0 and part.startswith(BEGINNINGS):
            raise ValidationError({"content": _("This is a program; programs are not kept here.")})
        size += len(part)
        if size > LARGEST:
            raise ValidationError({"content": _("A file has at most %(size)d MB.") % {"size": LARGEST >> 20}})
        digest.update(part)
        file.write(part)
    if size == 0:
        raise ValidationError({"content": _("This file is empty.")})
    return digest.hexdigest(), size
