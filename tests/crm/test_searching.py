"""Finding records by what people remember of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.accounts.models.visibility import Level, Visibility
from leadline.crm.erasing import erase_person
from leadline.crm.merging import merge
from leadline.crm.models import Note, Organization
from leadline.crm.searching import following
from leadline.crm.searching.finding import How, search
from leadline.crm.searching.models import Document, Word
from leadline.crm.searching.state import disagreements, state
from leadline.history import members
from leadline.history.undoing import undo_act
from leadline.imports.importing import carry_out, prepare
from leadline.imports.planning.options import Options
from leadline.imports.undoing import take_back
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def found(user: User, text: str) -> list[tuple[str, int]]:
    return [(hit.kind, hit.record_id) for hit in search(user, text)]


def test_every_kind_is_found_by_its_words(cast: Cast) -> None:
    firm = make.organization(name="Quintessa Papers", domain="quintessa.example")
    human = make.person(name="Beatrix Umlauf", organization=firm, job_title="Purser")
    deal = make.deal(title="Vellum order", organization=firm, person=human)
    lead = make.lead(title="Parchment enquiry")
    product = make.product(name="Gilding press", code="GP-77")
    note = make.note(deal, text="<p>They want <b>marbled</b> endpapers &amp; ribbons.</p>")
    activity = make.activity(subject="Show samples", deal=deal, note="Bring the calfskin")
    everything = {
        "vellum": deal, "parchment": lead, "umlauf": human, "purser": human, "gilding": product, "gp-77": product,
        "marbled": note, "ribbons": note, "samples": activity, "calfskin": activity,
    }  # fmt: skip
    for text, record in everything.items():
        assert found(cast.owner, text)[0] == (record.ENTITY, record.pk), text
    kinds = {kind for kind, _ in found(cast.owner, "quintessa")}
    assert kinds == {"organization", "person", "deal"}, "also those who belong to it"


@pytest.mark.parametrize("text", ["Çelik", "celik", "CELIK", "çelík sohne", "söhne", "celik & söhne"])
def test_accents_and_case_do_not_matter(cast: Cast, text: str) -> None:
    firm = make.organization(name="Çelik & Söhne")
    assert found(cast.owner, text) == [("organization", firm.pk)]


@pytest.mark.parametrize("text", ["Łódź", "lodz", "Straße", "strasse", "Ørsted", "orsted", "東京", "京"])
def test_letters_of_other_alphabets(cast: Cast, text: str) -> None:
    firm = make.organization(name="Łódź Straße Ørsted 東京")
    assert found(cast.owner, text) == [("organization", firm.pk)]


@pytest.mark.parametrize(
    "text",
    ["+49 (30) 123-4567", "0049301234567", "030 1234567", "030/123 45 67", "1234567", "4567", "(030) 1234", "3012345"],
)
def test_telephones_in_any_writing(cast: Cast, text: str) -> None:
    human = make.person(name="Ada", phones=[{"value": "+49 30 1234567", "label": "work"}])
    make.person(name="Bea", phones=[{"value": "+49 40 9999999", "label": "work"}])
    assert found(cast.owner, text) == [("person", human.pk)]


@pytest.mark.parametrize("text", ["anna.meier@acme.example", "anna.meier@ac", "meier", "acme.example", "@acme"])
def test_addresses(cast: Cast, text: str) -> None:
    human = make.person(name="A. M.", emails=[{"value": "Anna.Meier@Acme.example", "label": ""}])
    assert found(cast.owner, text) == [("person", human.pk)]


@pytest.mark.parametrize(
    "text", ["microsfot", "mircosoft", "mcrosoft", "microsooft", "micrsft", "mierosof", "Microsoft"]
)
def test_slips_are_forgiven(cast: Cast, text: str) -> None:
    firm = make.organization(name="Microsoft")
    make.organization(name="Macaroni Works")
    assert found(cast.owner, text) == [("organization", firm.pk)]


def test_slips_in_one_of_two_words(cast: Cast) -> None:
    firm = make.organization(name="Northwind Traders")
    make.organization(name="Northwind Bakers")
    assert found(cast.owner, "northwind tradres") == [("organization", firm.pk)]


def test_short_words_and_numbers_are_taken_as_they_are(cast: Cast) -> None:
    make.organization(name="Ox 1234")
    assert found(cast.owner, "ax") == []
    assert found(cast.owner, "1235") == []


def test_words_as_they_are_typed(cast: Cast) -> None:
    firm = make.organization(name="Northwind Traders")
    for end in range(1, len(firm.name) + 1):
        assert ("organization", firm.pk) in found(cast.owner, firm.name[:end]), firm.name[:end]
    assert found(cast.owner, "trad north") == [("organization", firm.pk)]


def test_own_fields_are_found_as_they_read(cast: Cast) -> None:
    tier = make.custom_field("choice", name="Tier")
    size = make.custom_field("text", name="Size")
    deal = make.deal(title="Order").set_own({tier: "Gold", size: "Gargantuan"}, by=cast.owner)
    assert found(cast.owner, "gold") == found(cast.owner, "gargant") == [("deal", deal.pk)]
    tier.edit(options=[{"id": 1, "label": "Platinum"}, {"id": 2, "label": "Silver"}], by=SYSTEM)
    assert found(cast.owner, "platinum") == [("deal", deal.pk)]
    assert found(cast.owner, "gold") == []


def test_the_name_itself_stands_before_all(cast: Cast) -> None:
    longer = make.organization(name="Acme Holding")
    inside = make.organization(name="The Acme Company")
    other = make.organization(name="Widgets", address="Acme Street 1")
    itself = make.organization(name="ACME")
    hits = search(cast.owner, "acme")
    assert [hit.record_id for hit in hits] == [itself.pk, longer.pk, inside.pk, other.pk]
    assert [hit.how for hit in hits] == [How.NAME, How.BEGINNING, How.WORDS, How.TEXT]


def test_open_deals_stand_before_closed_ones(cast: Cast) -> None:
    first, second = make.deal(title="Harbour crane"), make.deal(title="Harbour lights")
    second.win(by=SYSTEM)
    assert found(cast.owner, "harbour") == [("deal", first.pk), ("deal", second.pk)]
    second.reopen(by=SYSTEM)
    first.lose(by=SYSTEM)
    assert found(cast.owner, "harbour") == [("deal", second.pk), ("deal", first.pk)]


def test_only_what_one_may_see(cast: Cast) -> None:
    for kind in ("deal", "person", "organization", "lead"):
        members.add(Visibility(kind=kind, see=Level.TEAM), by=SYSTEM)
    firm = make.organization(name="Zanzibar Spices", owner=cast.owner)
    deal = make.deal(title="Zanzibar cloves", owner=cast.owner, organization=firm)
    make.lead(title="Zanzibar lead", owner=cast.owner)
    make.person(name="Zanzibar Joe", owner=cast.owner)
    make.note(deal, text="Zanzibar is far")
    make.activity(subject="Zanzibar call", deal=deal, owner=cast.owner)
    for part in ("administrator", "leader", "owner", "teammate", "reader"):
        assert len(found(getattr(cast, part), "zanzibar")) == 6, part
        assert len(found(getattr(cast, part), "zansibar")) == 6, part
    for part in ("outsider", "inactive"):
        assert found(getattr(cast, part), "zanzibar") == [], part
        assert found(getattr(cast, part), "zansibar") == [], part
    deal.edit(owner=cast.outsider, by=SYSTEM)
    assert {kind for kind, _ in found(cast.outsider, "zanzibar")} == {"deal", "note", "activity"}


def test_the_name_of_a_hidden_organization_says_nothing_about_its_deals(cast: Cast) -> None:
    members.add(Visibility(kind="organization", see=Level.OWNER), by=SYSTEM)
    firm = make.organization(name="Quagmire Mining", owner=cast.owner)
    deal = make.deal(title="Drill bits", organization=firm)
    human = make.person(name="Ned", organization=firm)
    for text in ("quagmire", "quagmir", "quagmrie", "drill quagmire"):
        assert found(cast.outsider, text) == [], text
        assert ("deal", deal.pk) in found(cast.owner, text), text
    assert ("person", human.pk) in found(cast.owner, "mining")
    assert found(cast.outsider, "drill") == [("deal", deal.pk)]


def test_what_is_hidden_takes_no_place_from_what_is_seen(cast: Cast) -> None:
    members.add(Visibility(kind="deal", see=Level.OWNER), by=SYSTEM)
    seen = make.deal(title="Copper pipes", owner=cast.outsider)
    for number in range(20):
        make.deal(title=f"Copper pipes {number}", owner=cast.owner)
    assert found(cast.outsider, "copper") == [("deal", seen.pk)]


def test_changes_are_followed(cast: Cast) -> None:
    deal = make.deal(title="Tangerine")
    assert found(cast.owner, "tangerine")
    act = cast.owner.via("web").together()
    deal.edit(title="Grapefruit", by=act)
    assert (found(cast.owner, "tangerine"), found(cast.owner, "grapefruit")) == ([], [("deal", deal.pk)])
    undo_act(act.act, by=cast.owner)
    assert (found(cast.owner, "tangerine"), found(cast.owner, "grapefruit")) == ([("deal", deal.pk)], [])
    deal.trash(by=cast.owner)
    assert found(cast.owner, "tangerine") == []
    deal.restore(by=cast.owner)
    assert found(cast.owner, "tangerine") == [("deal", deal.pk)]


def test_a_new_name_of_an_organization_reaches_its_deals(cast: Cast) -> None:
    firm = make.organization(name="Oldname")
    deal = make.deal(title="Order", organization=firm)
    assert ("deal", deal.pk) in found(cast.owner, "oldname")
    firm.edit(name="Newname", by=SYSTEM)
    assert found(cast.owner, "oldname") == []
    assert set(found(cast.owner, "newname")) == {("organization", firm.pk), ("deal", deal.pk)}


def test_merged_records_are_found_as_one(cast: Cast) -> None:
    stays, goes = make.organization(name="Kestrel Ltd"), make.organization(name="Kestrel Limited")
    assert len(found(cast.owner, "kestrel")) == 2
    merge(stays, goes, by=cast.administrator)
    assert found(cast.owner, "kestrel") == [("organization", stays.pk)]


def test_who_was_erased_is_found_by_nothing(cast: Cast) -> None:
    human = make.person(name="Xaviera Quill", emails=[{"value": "xq@hidden.example", "label": ""}])
    deal = make.deal(title="Order", person=human)
    note = make.note(deal, text="Write to xq@hidden.example today")
    assert {kind for kind, _ in found(cast.owner, "xq@hidden")} == {"person", "note"}
    erase_person(human, by=cast.administrator)
    for text in ("xaviera", "quill", "xq@hidden", "hidden", "xavierra"):
        assert found(cast.owner, text) == [], text
    assert not Word.objects.filter(word__in=["xaviera", "quill", "hidden"]).exists()
    assert not Document.objects.filter(body__contains="hidden").exists()
    assert Note.objects.filter(pk=note.pk).exists()


def test_an_import_is_found_and_taken_back_it_is_not(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name,Email,Phone,Organization\nWilhelmina Zack,wz@zack.example,+49 89 555777,Zack GmbH\n")
    arrival, plan = prepare([file], Options(), user=cast.administrator, progress=lambda label, count: None)
    carry_out(arrival, plan, user=cast.administrator, progress=lambda label, count: None)
    for text in ("wilhelmina", "wz@zack", "089 555 777", "zack gmbh"):
        assert "person" in {kind for kind, _ in found(cast.owner, text)}, text
    take_back(arrival)
    for text in ("wilhelmina", "wz@zack", "089 555 777", "zack gmbh"):
        assert found(cast.owner, text) == [], text


def test_a_renamed_colleague_is_found_by_the_new_name(cast: Cast) -> None:
    sponsor = make.custom_field("user", name="Sponsor")
    deal = make.deal(title="Order").set_own({sponsor: cast.teammate}, by=SYSTEM)
    assert ("deal", deal.pk) in found(cast.owner, "theo")
    members.change(cast.teammate, name="Thaddeus", by=SYSTEM)
    assert found(cast.owner, "thaddeus") == [("deal", deal.pk)]
    assert found(cast.owner, "theo") == []


def test_what_is_damaged_is_told(cast: Cast) -> None:
    firm, lost, gone = (make.organization(name=name) for name in ("Granite", "Slate", "Basalt"))
    following.to_the_end()
    assert (state().built, state().behind, disagreements()) == (True, 0, [])
    Document.objects.filter(record_id=lost.pk).delete()
    Document.objects.filter(record_id=firm.pk).update(body="something else")
    Organization.objects.filter(pk=gone.pk).update(deleted_at=timezone.now())
    assert set(disagreements()) == {("organization", pk) for pk in (firm.pk, lost.pk, gone.pk)}
    make.organization(name="Marble")
    assert state().behind == 1


def test_built_anew_it_says_the_same(cast: Cast) -> None:
    firm = make.organization(name="Granite Works")
    make.deal(title="Slabs", organization=firm)
    make.person(name="Gone").trash(by=SYSTEM)
    following.to_the_end()
    before = set(Document.objects.values_list("rank", "name", "body", "parties"))
    following.rebuild()
    assert set(Document.objects.values_list("rank", "name", "body", "parties")) == before
    assert found(cast.owner, "granite")


@pytest.mark.parametrize(
    "text", ["", "  ", "'", '"', "%", "_", "a'b", '" OR 1', "* ^ : ( ) & | !", "\x00", "NEAR(a b)", "a" * 5000]
)
def test_no_question_breaks_it(cast: Cast, text: str) -> None:
    make.organization(name="Granite")
    assert found(cast.owner, text) == []
