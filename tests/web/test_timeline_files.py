"""Files in the stream: kept, refused in words, handed out so that nothing in them can run."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm import filing
from leadline.crm.models import Deal, File
from leadline.history import members
from tests import factories as make
from tests.cast import Cast

SignedIn = Callable[[User], Client]
SCRIPT = {"HTTP_ACCEPT": "application/json"}
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40
PAGE = b"<html><script>alert(1)</script></html>"


@pytest.fixture
def deal(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deal:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "uploads")
    return make.deal(by=cast.owner, owner=cast.owner)


def send(client: Client, deal: Deal, *files: tuple[str, bytes]) -> Any:
    data = {"file": [SimpleUploadedFile(name, content) for name, content in files]}
    return client.post(reverse("file_add", args=["deal", deal.pk]), data, **SCRIPT)


def kept(deal: Deal, by: User, name: str, content: bytes = b"words") -> File:
    return filing.attach(deal, name, io.BytesIO(content), by=by)


def fetch(client: Client, file: File, query: str = "", **headers: str) -> Any:
    """The answer, with what it streamed as `body`; the file is closed."""
    answer = client.get(reverse("file", args=[file.pk]) + query, **headers)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for close in answer._resource_closers:  # not answer.close(), which ends the request's connection too
        close()
    return answer


def test_several_files_are_kept_in_one_act(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    answer = send(client, deal, ("offer.pdf", b"%PDF-1"), ("picture.png", PICTURE))
    assert answer.status_code == 204
    assert sorted(File.objects.values_list("name", flat=True)) == ["offer.pdf", "picture.png"]
    drawn = client.get(reverse("timeline", args=["deal", deal.pk])).content.decode()
    picture = File.objects.get(name="picture.png")
    assert drawn.count('<img src="') == 1
    assert f'<img src="/files/{picture.pk}/?view"' in drawn


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty.txt: This file is empty."),
        ("setup.exe", b"words", "setup.exe is a program"),
        ("harmless.txt", b"MZ\x90", "harmless.txt: This is a program"),
        ("run", b"#!/bin/sh\n", "run: This is a program"),
    ],
)
def test_what_is_refused_is_refused_in_words(
    cast: Cast, signed_in: SignedIn, deal: Deal, name: str, content: bytes, words: str
) -> None:
    answer = send(signed_in(cast.owner), deal, (name, content))
    assert answer.status_code == 422
    assert words in answer.json()["message"]
    assert not File.objects.exists()


def test_a_large_file_is_refused_in_words(
    cast: Cast, signed_in: SignedIn, deal: Deal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "LARGEST", 1 << 20)
    answer = send(signed_in(cast.owner), deal, ("film.bin", b"x" * ((1 << 20) + 1)))
    assert answer.status_code == 422
    assert "film.bin: A file has at most 1 MB." in answer.json()["message"]
    assert not File.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_no_file_at_all(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    assert send(signed_in(cast.owner), deal).status_code == 422


@pytest.mark.parametrize(
    "name",
    [
        "Größe – 报价.txt",
        'a"b.txt',
        "a'b;c=d.txt",
        "new\r\nSet-Cookie: x=1.txt",
        "../../etc/passwd.txt",
        "C:\\work\\offer.txt",
        "<img src=x onerror=alert(1)>.txt",
        "%0d%0aX: y.txt",
        "x" * 300 + ".txt",
    ],
)
def test_strange_names(cast: Cast, signed_in: SignedIn, deal: Deal, name: str) -> None:
    client = signed_in(cast.owner)
    file = kept(deal, cast.owner, name)
    answer = fetch(client, file)
    assert answer.status_code == 200
    assert answer.body == b"words"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert "\n" not in disposition
    assert "\r" not in disposition
    assert "Set-Cookie" not in answer.headers
    assert "/" not in file.name
    assert len(file.name) <= 255
    drawn = client.get(reverse("timeline", args=["deal", deal.pk])).content.decode()
    assert "<img src=x" not in drawn


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.mjs", "page.xhtml", "offer.pdf", "notes.txt"])
def test_nothing_but_pictures_is_shown_in_place(cast: Cast, signed_in: SignedIn, deal: Deal, name: str) -> None:
    file = kept(deal, cast.owner, name, PAGE)
    for query in ("", "?view"):
        answer = fetch(signed_in(cast.owner), file, query)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        _is_harmless(answer)


def test_a_picture_is_shown_and_can_run_nothing(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    file = kept(deal, cast.owner, "picture.png", PAGE)  # whatever is in it
    answer = fetch(signed_in(cast.owner), file, "?view")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"].startswith("inline")
    _is_harmless(answer)


def _is_harmless(answer: Any) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]


def test_a_browser_that_has_it_is_told_so(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    file = kept(deal, cast.owner, "picture.png", PICTURE)
    client = signed_in(cast.owner)
    first = fetch(client, file)
    again = fetch(client, file, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304


def test_who_may_not_see_the_record_gets_no_file(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    file = kept(deal, cast.owner, "offer.txt")
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=SYSTEM)
    seen = {
        part: fetch(signed_in(getattr(cast, part)), file).status_code
        for part in ("administrator", "leader", "owner", "teammate", "outsider", "reader")
    }
    assert seen == {
        "administrator": 200, "leader": 200, "owner": 200, "teammate": 200, "outsider": 404, "reader": 200,
    }  # fmt: skip
    assert Client().get(reverse("file", args=[file.pk])).status_code == 302
    assert send(signed_in(cast.reader), deal, ("x.txt", b"x")).status_code == 403
    assert send(signed_in(cast.outsider), deal, ("x.txt", b"x")).status_code == 404


def test_no_path_leads_to_the_uploads_folder(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    file = kept(deal, cast.owner, "offer.txt")
    client = signed_in(cast.owner)
    for path in (
        f"/uploads/{file.digest[:2]}/{file.digest}",
        f"/static/../uploads/{file.digest}",
        f"/media/{file.digest}",
    ):
        assert client.get(path).status_code == 404


def test_a_file_is_renamed_and_thrown_away(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    file, client = kept(deal, cast.owner, "offer.txt"), signed_in(cast.owner)
    assert client.post(reverse("file_rename", args=[file.pk]), {"name": "better.txt"}, **SCRIPT).status_code == 204
    assert client.post(reverse("file_rename", args=[file.pk]), {"name": "bad.exe"}, **SCRIPT).status_code == 422
    file.refresh_from_db()
    assert file.name == "better.txt"
    assert client.post(reverse("file_trash", args=[file.pk]), **SCRIPT).status_code == 204
    assert fetch(client, file).status_code == 404


def test_a_content_that_is_lost_is_not_found(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    file = kept(deal, cast.owner, "offer.txt")
    filing.path_of(file.digest).unlink()
    assert fetch(signed_in(cast.owner), file).status_code == 404
