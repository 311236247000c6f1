"""Files: kept once by content, under a safe name, never a program, seen with what they hang on."""

from __future__ import annotations

import hashlib
import io
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from leadline.accounts.actors import SYSTEM
from leadline.crm import filing
from leadline.crm.filing import attach, media_type, open_content, path_of
from leadline.crm.models import File
from leadline.crm.models.file import clean_name
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: object) -> Path:
    folder = tmp_path / "data folder" / "uploads"
    settings.MEDIA_ROOT = folder  # type: ignore[attr-defined]
    return folder


def keep(name: str, content: bytes) -> File:
    return attach(make.deal(), name, io.BytesIO(content), by=SYSTEM)


def test_content_is_kept_whole_under_its_hash(uploads: Path) -> None:
    content = b"%PDF" + bytes(range(256)) * 9000
    file = keep("offer.pdf", content)
    digest = hashlib.sha256(content).hexdigest()
    assert (file.digest, file.size, file.media_type) == (digest, len(content), "application/pdf")
    assert path_of(digest) == uploads / digest[:2] / digest
    with open_content(file) as kept:
        assert kept.read() == content


def test_equal_contents_are_kept_once(uploads: Path) -> None:
    one, two = keep("a.txt", b"same"), keep("b.txt", b"same")
    assert (one.digest, one.name, two.name) == (two.digest, "a.txt", "b.txt")
    assert len([path for path in uploads.rglob("*") if path.is_file()]) == 1


def test_a_kept_file_is_its_owners_and_never_executable() -> None:
    mode = path_of(keep("a.txt", b"a").digest).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jane\\Offer 1.pdf", "Offer 1.pdf"),
        ("a\nb\x00.txt", "ab.txt"),
        ("Ängebot.pdf", "Ängebot.pdf"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_names_are_names_and_no_paths(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize("name", ["", "..", "/", "setup.exe", "Offer.pdf.SCR", "run.sh", "a.js"])
def test_programs_and_nothing_are_refused_by_name(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        keep(name, b"a")
    assert list(refused.value.message_dict) == ["name"]


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\nrm -r /", b""])
def test_programs_and_nothing_are_refused_by_content(content: bytes, uploads: Path) -> None:
    with pytest.raises(ValidationError):
        keep("offer.pdf", content)
    assert [path for path in uploads.rglob("*") if path.is_file()] == []
    assert File.objects.count() == 0


def test_a_large_file_is_refused_and_leaves_nothing(uploads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "LARGEST", 3 << 20)
    with pytest.raises(ValidationError, match="at most 3 MB"):
        keep("large.csv", b"x" * ((3 << 20) + 1))
    assert [path for path in uploads.rglob("*") if path.is_file()] == []


def test_a_page_is_kept_but_never_shown_in_place() -> None:
    """It would run in the site's own name."""
    assert media_type("page.html") not in filing.SHOWN
    assert media_type("drawing.svg") not in filing.SHOWN
    assert media_type("offer.pdf") in filing.SHOWN
    assert media_type("unheard.of") == "application/octet-stream"


def test_a_file_can_be_renamed_and_thrown_away() -> None:
    file = keep("a.txt", b"a")
    file.edit(by=SYSTEM, name="Offer.txt")
    file.trash(by=SYSTEM)
    assert (File.objects.get().name, list(File.objects.kept())) == ("Offer.txt", [])
    with pytest.raises(ValidationError):
        file.edit(by=SYSTEM, digest="0" * 64)
    with pytest.raises(ValidationError):
        file.edit(by=SYSTEM, name="Offer.exe")


@pytest.mark.parametrize("kind", ["deal", "lead", "person", "organization"])
def test_files_hang_on_every_kind_of_record(kind: str) -> None:
    record = getattr(make, kind)()
    assert attach(record, "a.txt", io.BytesIO(b"a"), by=SYSTEM).guarded_by() == record
