"""Where the files of drafts lie: a folder of each draft's own in the data folder, never served, gone with the draft."""

import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from leadline.imports import locking
from leadline.imports.faults import BrokenFile
from leadline.imports.models import Draft, Stand

LARGEST = 512 * 2**20  # bytes of all files of an import
MOST = 20  # files
LONGEST = 120


def folder(draft: Draft) -> Path:
    """The draft's own folder; the server's user alone may read it."""
    path = locking.folder() / "drafts" / str(draft.pk)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def paths(draft: Draft) -> list[Path]:
    """The draft's files, in the order in which they came."""
    return [folder(draft) / file["name"] for file in draft.files]


def keep(draft: Draft, name: str, pieces: Iterable[bytes]) -> str:
    """Store one more file; returns the name it got. Raises `BrokenFile` where it is too large or one too many.

    Of files that come together none replaces another; one that comes later is the mended one of its name.
    """
    if len(draft.files) >= MOST:
        raise BrokenFile(name, _("an import takes %(most)s files") % {"most": MOST}, _("Bring in the rest by another."))
    name = clean(name)
    if draft.stand == Stand.NEW:
        name = free(name, {file["name"] for file in draft.files})
    else:
        draft.files = [file for file in draft.files if file["name"] != name]
    target = folder(draft) / name
    room, size = LARGEST - draft.size, 0
    part = target.with_name(f".{name}.part")
    try:
        with part.open("wb") as file:
            for piece in pieces:
                size += len(piece)
                if size > room:
                    raise too_large(name)
                file.write(piece)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    draft.files = [*draft.files, {"name": name, "size": size}]
    draft.save(update_fields=["files", "touched_at"])
    return name


def too_large(name: str) -> BrokenFile:
    """More than an import may hold."""
    return BrokenFile(
        name,
        _("the files of one import may hold %(most)s MB") % {"most": LARGEST // 2**20},
        _("Split the file, or bring it in on the server: leadline import FILE."),
    )


def take_out(draft: Draft, name: str) -> None:
    """One file less; nothing where there is none of that name."""
    if any(file["name"] == name for file in draft.files):
        (folder(draft) / name).unlink(missing_ok=True)
        draft.files = [file for file in draft.files if file["name"] != name]
        draft.save(update_fields=["files", "touched_at"])


def remove(draft: Draft) -> None:
    """The draft with all its files."""
    shutil.rmtree(folder(draft), ignore_errors=True)
    draft.delete()


def clean(name: str) -> str:
    """The last part of a path without what a file's name cannot hold; never hidden, never empty."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(character for character in last if character.isprintable()).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if len(plain.encode()) > LONGEST:
        plain = (stem.encode()[: LONGEST - 10].decode(errors="ignore") + dot + ending[:9]) if stem else plain[:40]
    return plain or "file"


def free(name: str, taken: set[str]) -> str:
    """The name, or with a number where there is one of that name already."""
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{stem} ({number}){dot}{ending}"
    return found
