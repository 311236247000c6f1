"""Notes in the stream: written, named colleagues, edited, pinned, thrown away; nothing that runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.models import Deal, Note
from leadline.crm.models.note import sanitised
from leadline.history import members
from leadline.web.timeline.mentions import shown
from leadline.web.timeline.typed import to_text
from leadline.web.timeline.writing import to_html
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read

SignedIn = Callable[[User], Client]
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def deal(cast: Cast) -> Deal:
    return make.deal(by=cast.owner, owner=cast.owner, title="Big deal")


def write(client: Client, record: Any, text: str, **more: Any) -> Any:
    return client.post(reverse("note_add", args=[record.ENTITY, record.pk]), {"text": text, **more}, **SCRIPT)


def drawn(client: Client, deal: Deal) -> str:
    return client.get(reverse("timeline", args=["deal", deal.pk])).content.decode()


# --- what is typed ---


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Plain", "<p>Plain</p>"),
        ("One\nTwo\n\nThree", "<p>One<br>Two</p><p>Three</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("> said\n> so", "<blockquote><p>said<br>so</p></blockquote>"),
        ("**bold** and *slanted* and ~~gone~~", "<p><strong>bold</strong> and <em>slanted</em> and <s>gone</s></p>"),
        ("2 * 3 * 4 and snake_case_name", "<p>2 * 3 * 4 and snake_case_name</p>"),
        ("`**code**`", "<p><code>**code**</code></p>"),
        ("# Head", "<h1>Head</h1>"),
        ("See https://example.com/a?b=1&c=2.", None),
        ("[here](https://example.com/)", None),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_light_marks_become_html_and_come_back_as_they_were_typed(typed: str, html: str | None) -> None:
    made = sanitised(to_html(typed))
    if html is not None:
        assert made == html
    assert sanitised(to_html(to_text(made))) == made


def test_addresses_become_links() -> None:
    made = to_html('See https://example.com/a?b=1&c=2, [the "offer"](https://example.com/x) and javascript:alert(1)')
    assert 'href="https://example.com/a?b=1&amp;c=2"' in made
    assert '<a href="https://example.com/x">the &quot;offer&quot;</a>' in made
    assert made.count("<a ") == 2


@given(st.text(alphabet="ab<>&\"'*_`~[]()#->! \n\0:/@", max_size=60))
def test_whatever_is_typed_nothing_runs_and_reading_it_back_settles(typed: str) -> None:
    made = sanitised(to_html(typed))
    for tag in read(made.encode()).all():
        assert tag.tag in (
            "p",
            "br",
            "ul",
            "ol",
            "li",
            "blockquote",
            "strong",
            "em",
            "s",
            "code",
            "h1",
            "h2",
            "h3",
            "a",
        )
        assert set(tag.attributes) <= {"href", "rel"}
    assert sanitised(to_html(to_text(made))) or not made


@given(st.text(max_size=80))
def test_any_text_can_be_written(typed: str) -> None:
    sanitised(to_html(typed))
    to_text(sanitised(to_html(typed)))


# --- colleagues who are named ---


def test_colleagues_are_named_by_their_name(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    answer = write(client, deal, "Ask @Theo and @lena, not @Nobody or mail@Umar")
    assert answer.status_code == 204
    note = Note.objects.get()
    assert note.mention_ids == sorted([cast.teammate.pk, cast.leader.pk, cast.outsider.pk])
    assert '<span class="mention">@Theo</span>' in drawn(client, deal)


def test_the_longest_name_is_meant_and_of_namesakes_the_chosen_one(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    for mail in ("one", "two"):
        members.add(User(name="Theo Bee", email=f"{mail}@example.com"), by=SYSTEM)
    other = User.objects.get(email="two@example.com")
    client = signed_in(cast.owner)
    write(client, deal, "@Theo Bee knows", mention=[other.pk])
    assert Note.objects.get().mention_ids == [other.pk]
    Note.objects.all().delete()
    write(client, deal, "@Theo Bee knows")  # two of that name, none chosen: nobody is bothered by mistake
    assert Note.objects.get().mention_ids == []


def test_who_cannot_see_the_record_is_said(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=SYSTEM)
    answer = write(signed_in(cast.owner), deal, "@Umar and @Theo")
    told = json.loads(answer.headers["HX-Trigger"])["leadline:done"]["text"]
    assert "Umar cannot see this record" in told
    assert "Theo" not in told


@pytest.mark.parametrize(
    "html",
    [
        '<p title="x> @Theo onmouseover=alert(1) ">@Theo</p>',
        '<a href="https://example.com/@Theo">@Theo</a>',
        "<p>@Theo<script>alert(1)</script><img src=x onerror=alert(1)></p>",
        '<span class="mention evil" style="position:fixed">@Theo</span>',
    ],
)
def test_names_that_stand_out_carry_nothing_else(html: str) -> None:
    for tag in read(str(shown(html, [1], {1: "Theo"})).encode()).all():
        assert tag.tag in ("p", "a", "span")
        assert tag.attributes.get("class", "mention") == "mention"
        assert not [name for name in tag.attributes if name.startswith("on") or name == "style"]


def test_a_name_with_marks_in_it_is_only_a_name() -> None:
    assert '<span class="mention">@T&lt;b&gt;</span>' in shown("<p>@T&lt;b&gt; x</p>", [1], {1: "T<b>"})


# --- editing ---


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='data:text/html,x'>x</a>",
        "**<svg onload=alert(1)>**",
        "`</code><script>alert(1)</script>`",
    ],
)
def test_nothing_that_is_typed_runs(cast: Cast, signed_in: SignedIn, deal: Deal, attack: str) -> None:
    client = signed_in(cast.owner)
    write(client, deal, attack)
    note = Note.objects.get()
    (shown_note,) = read(drawn(client, deal).encode()).all("div", class_="note-text")
    form = client.get(reverse("note", args=[note.pk])).content
    for tag in shown_note.all():
        assert tag.tag not in ("script", "img", "svg")
        assert not tag.attributes.get("href", "").startswith(("javascript", "data"))
    assert not read(form).one("textarea").all()


def test_a_note_is_edited_pinned_and_thrown_away(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.teammate)
    note = make.note(deal, by=cast.owner, text="<p>Old</p>")
    assert read(client.get(reverse("note", args=[note.pk])).content).one("textarea").text == "Old"
    answer = client.post(reverse("note", args=[note.pk]), {"text": "New @Lena", "was": "<p>Old</p>"}, **SCRIPT)
    assert answer.status_code == 204
    note.refresh_from_db()
    assert (note.text, note.mention_ids) == ("<p>New @Lena</p>", [cast.leader.pk])
    client.post(reverse("note_pin", args=[note.pk]), {"pinned": "1"}, **SCRIPT)
    page = read(drawn(client, deal).encode())
    assert "New" in page.one("section", class_="pinned").text
    assert not page.one("ol", id="entries").all("li", class_="note")
    assert client.post(reverse("note_trash", args=[note.pk]), **SCRIPT).status_code == 204
    assert client.get(reverse("note", args=[note.pk])).status_code == 404
    assert not read(drawn(client, deal).encode()).all("section", class_="pinned")


def test_the_second_who_edits_is_told_and_keeps_their_text(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    note = make.note(deal, by=cast.owner, text="<p>Old</p>")
    address = reverse("note", args=[note.pk])
    signed_in(cast.teammate).post(address, {"text": "Theirs", "was": "<p>Old</p>"}, **SCRIPT)
    client = signed_in(cast.owner)
    answer = client.post(address, {"text": "Mine", "was": "<p>Old</p>"}, **SCRIPT)
    assert answer.status_code == 409
    assert answer.json()["now"] == {"text": "<p>Theirs</p>"}
    note.refresh_from_db()
    assert note.text == "<p>Theirs</p>"
    assert client.post(address, {"text": "Mine", "was": "<p>Theirs</p>"}, **SCRIPT).status_code == 204


def test_an_empty_note_is_refused_in_words(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    for text in ("", "   \n ", "\0"):
        answer = write(signed_in(cast.owner), deal, text)
        assert answer.status_code == 422
        assert answer.json()["errors"] == {"text": ["Write something."]}
    assert not Note.objects.exists()


def test_what_was_written_elsewhere_is_said_to_lose_some_of_its_form(
    cast: Cast, signed_in: SignedIn, deal: Deal
) -> None:
    table = make.note(deal, by=cast.owner, text="<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>")
    plain = make.note(deal, by=cast.owner, text="<p>a <strong>b</strong></p>")
    client = signed_in(cast.owner)
    assert "written elsewhere" in client.get(reverse("note", args=[table.pk])).content.decode()
    assert "written elsewhere" not in client.get(reverse("note", args=[plain.pk])).content.decode()


def test_nobody_touches_notes_of_what_is_closed_to_them(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    note = make.note(deal, by=cast.owner)
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=SYSTEM)
    client = signed_in(cast.outsider)
    for name, data in (("note", {"text": "x"}), ("note_pin", {"pinned": "1"}), ("note_trash", {})):
        assert client.post(reverse(name, args=[note.pk]), data, **SCRIPT).status_code == 404, name
    assert client.get(reverse("note", args=[note.pk])).status_code == 404
    reader = signed_in(cast.reader)  # of the team: sees, and changes nothing
    for name, data in (("note", {"text": "x"}), ("note_pin", {"pinned": "1"}), ("note_trash", {})):
        assert reader.post(reverse(name, args=[note.pk]), data, **SCRIPT).status_code == 403, name


def test_without_scripts_a_form_leads_back_to_the_record(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    answer = signed_in(cast.owner).post(reverse("note_add", args=["deal", deal.pk]), {"text": "Hello"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("deal", args=[deal.pk])
