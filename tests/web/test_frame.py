"""The frame of every page: where one can go, what one can add, which keys there are."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

from django.test import Client

from leadline.accounts.models import User
from tests import factories as make
from tests.cast import Cast
from tests.conftest import CHECKOUT
from tests.web.reading import read

SignedIn = Callable[[User], Client]
STATIC = CHECKOUT / "leadline" / "web" / "static"
CHARTS = {"vega.js", "vega-lite.js", "vega-embed.js"}


def test_the_rail_leads_to_pages_and_says_which_one_it_is(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    rail = read(client.get("/me/").content).one("nav", class_="rail")
    places = rail.one("ul").all("a")
    assert [place.text for place in places][-1] == "Settings", "at the foot"
    for place in places:
        page = client.get(place.attributes["href"], follow=True)
        assert page.status_code == 200, place.text
        now = read(page.content).one("nav", class_="rail").one("a", **{"aria-current": "page"})
        assert now.text == place.text


def test_contacts_are_people_and_organizations(cast: Cast, signed_in: SignedIn) -> None:
    page = read(signed_in(cast.owner).get("/organizations/").content)
    tabs = page.one("nav", **{"aria-label": "Pages of this place"})
    assert tabs.text == "People Organizations"
    assert tabs.one("a", **{"aria-current": "page"}).text == "Organizations"


def test_readers_are_offered_nothing_to_add(cast: Cast, signed_in: SignedIn) -> None:
    def added(user: User) -> list[str]:
        page = read(signed_in(user).get("/me/").content)
        return [link.attributes["data-adds"] for link in page.all("a") if "data-adds" in link.attributes]

    assert added(cast.reader) == []
    assert {"deal", "lead", "person", "organization"} <= set(added(cast.owner))
    assert "product" not in added(cast.owner), "those who lead say what is sold"
    assert "product" in added(cast.leader)
    client = signed_in(cast.leader)
    for link in read(client.get("/me/").content).one("details", class_="add").all("a"):
        assert client.get(link.attributes["href"]).status_code == 200, link.text


def test_a_folded_rail_stays_folded(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    assert "data-rail" not in read(client.get("/me/").content).one("html").attributes
    client.cookies["rail"] = "narrow"
    assert read(client.get("/me/").content).one("html").attributes["data-rail"] == "narrow"


def test_a_page_of_a_record_is_remembered_and_no_other(cast: Cast, signed_in: SignedIn) -> None:
    firm = make.organization(owner=cast.owner)
    client = signed_in(cast.owner)
    assert read(client.get(f"/organizations/{firm.pk}/").content).one("body").attributes["data-seen"] == (
        f"organization-{firm.pk}"
    )
    assert "data-seen" not in read(client.get("/me/").content).one("body").attributes


def test_no_script_stands_twice_on_a_page(cast: Cast, signed_in: SignedIn) -> None:
    firm, deal = make.organization(owner=cast.owner), make.deal(owner=cast.owner)
    client = signed_in(cast.owner)
    for address in ("/me/", "/people/", "/pipeline/", f"/deals/{deal.pk}/", f"/organizations/{firm.pk}/"):
        page = read(client.get(address, follow=True).content)
        sources = [script.attributes["src"] for script in page.all("script") if "src" in script.attributes]
        assert len(sources) == len(set(sources)), (address, sources)


def test_a_page_without_charts_loads_few_scripts(cast: Cast, signed_in: SignedIn) -> None:
    """At most 150 kB compressed, with all that its modules import (3-interface, speed budgets)."""
    deal = make.deal(owner=cast.owner, by=cast.owner)
    client = signed_in(cast.owner)
    pages = ("today", "activities/calendar", "pipeline", f"deals/{deal.pk}", "people", "today/goals", "imports")
    for address in (f"/{page}/" for page in pages):
        page = client.get(address, follow=True)
        assert page.status_code == 200, address
        loaded: set[Path] = set()
        for script in read(page.content).all("script"):
            if "src" in script.attributes:
                _load(STATIC / script.attributes["src"].removeprefix("/static/"), loaded)
        assert not CHARTS & {path.name for path in loaded}, address
        assert sum(len(gzip.compress(path.read_bytes())) for path in loaded) < 150_000, address


def _load(path: Path, loaded: set[Path]) -> None:
    """A module and all that it imports, at once or later."""
    if path in loaded:
        return
    loaded.add(path)
    if path.parent.name == "js":
        for name in re.findall(r"""(?:from|import|import\()\s*["'](\.[\w./-]+\.js)["']""", path.read_text()):
            _load((path.parent / name).resolve(), loaded)


def test_every_key_stands_in_the_guide() -> None:
    guide = (CHECKOUT / "docs" / "guides" / "keys.md").read_text()
    known = set(re.findall(r"`([^`]+)`", guide))
    for path in sorted((STATIC / "js").glob("*.js")):
        text = path.read_text()
        named = re.findall(r"""(?<![\w.])key\((\[[^\]]*\]|"[^"]+")""", text)
        looped = [letter for found in re.findall(r"""\["([a-z])", "|\["[\w-]+", ("[a-z]")""", text) for letter in found]
        names = [name for given in named for name in re.findall(r'"([^"]+)"', given)]
        names += [letter.strip('"') for letter in looped if letter and "key(letter" in text]
        for name in names:
            assert _shown(name) in known, f"{path.name}: {name}"


def _shown(name: str) -> str:
    arrows = {"ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→", "Escape": "Esc"}
    parts = [arrows.get(part, part) for part in re.split(r"\+(?=.)", name)]
    named = {"mod": "Ctrl", "shift": "Shift", "alt": "Alt"}
    last = parts[-1].upper() if parts[0] == "mod" and len(parts[-1]) == 1 else parts[-1]
    return " ".join([*(named[part] for part in parts[:-1]), last])
