"""The wizard, step by step: files in, understood, decided upon, tried out, written, mended, undone."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import CustomField, Deal, Stage
from leadline.crm.pipelines import add_default_pipeline
from leadline.imports.drafts import folder, held, working
from leadline.imports.models import Draft, Import, Stand, State
from tests.cast import Cast
from tests.web.reading import read

pytestmark = pytest.mark.django_db(transaction=True)  # threads read and write beside the requests
HEADINGS = ("Deal ID", "Title", "Stage", "Value", "Created", "Owner", "Budget code")


def table(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def deals(count: int = 3, *, day: str = "2026-01-13", owner: str = "Olga") -> bytes:
    return table(*((f"D{n}", f"Deal {n}", "Demo", 100 * n, day, owner, f"B{n}") for n in range(1, count + 1)))


class Wizard:
    """Somebody before the wizard."""

    def __init__(self, client: Client, files: dict[str, bytes]) -> None:
        self.client = client
        addresses = client.post(reverse("import_new"), headers={"Accept": "application/json"}).json()
        self.page, self.pk = addresses["page"], int(addresses["page"].split("/")[-2])
        self.add(files)

    def add(self, files: dict[str, bytes]) -> None:
        for name, content in files.items():
            answer = self.client.post(
                reverse("import_files", args=[self.pk]) + f"?name={name}", content, "application/octet-stream"
            )
            assert answer.status_code == 201, answer.content
        assert self.client.post(reverse("import_read", args=[self.pk])).status_code == 200
        self.settle()

    def settle(self) -> Draft:
        """The draft once nobody is at work on it."""
        draft = Draft.objects.get(pk=self.pk)
        working.wait(draft, 60)
        draft.refresh_from_db()
        return draft

    def decide(self, **choice: str) -> Draft:
        answer = self.client.post(reverse("import_decide", args=[self.pk]), choice)
        assert answer.status_code == 200, answer.content
        return self.settle()

    def start(self) -> Import:
        """Say yes, and wait until it is in."""
        answer = self.client.post(reverse("import_start", args=[self.pk]), headers={"HX-Request": "true"})
        assert answer.status_code == 204, answer.content
        working.wait(Draft(pk=self.pk), 60)
        return Import.objects.latest("pk")

    def words(self) -> str:
        return read(self.client.get(self.page).content).one("main").text


@pytest.fixture
def leader(cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast.leader)


@pytest.fixture(autouse=True)
def _nobody_at_work() -> Iterator[None]:
    """No thread outlives its test."""
    yield
    for draft in Draft.objects.all():
        working.wait(draft, 60)
        held.give_up(draft.pk)


def test_files_that_are_understood_need_one_yes(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals(3)})
    assert "Import 3 rows" in wizard.words()
    assert not Deal.objects.exists()  # nothing is written before

    arrival = wizard.start()
    assert arrival.state == State.DONE
    assert list(Deal.objects.order_by("value").values_list("title", "owner__name")) == [
        ("Deal 1", "Olga"), ("Deal 2", "Olga"), ("Deal 3", "Olga"),
    ]  # fmt: skip
    assert not Draft.objects.exists()
    report = read(leader.get(reverse("import", args=[arrival.pk])).content).one("main").text
    assert "It is in" in report
    assert "Every row is in" in report


def test_several_files_that_refer_to_each_other(leader: Client) -> None:
    companies = table(("Acme", "acme.example", "Steel"), headings=("Company", "Domain", "Industry"))
    some = table(("1", "Roof", "Demo", "Acme"), headings=("Deal ID", "Title", "Stage", "Company"))
    wizard = Wizard(leader, {"deals.csv": some, "companies.csv": companies})
    assert {table["kind"] for table in wizard.settle().found["tables"]} == {"deals", "organizations"}
    wizard.start()
    assert Deal.objects.get().organization.domain == "acme.example"


def test_what_a_column_becomes_is_decided_in_place(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals()})
    draft = wizard.decide(what="columns", where="deals.csv", word="Budget code", value="custom:choice")
    assert draft.found["trial"]["made"]["custom_field"] == 1
    draft = wizard.decide(what="columns", where="deals.csv", word="Title", value="-")
    draft = wizard.decide(what="columns", where="deals.csv", word="Budget code", value="title")
    becomes = {column["heading"]: column["becomes"] for column in draft.found["tables"][0]["columns"]}
    assert (becomes["Title"], becomes["Budget code"]) == ("-", "title")
    wizard.start()
    assert set(Deal.objects.values_list("title", flat=True)) == {"B1", "B2", "B3"}
    assert not CustomField.objects.exists()


def test_a_field_goes_to_the_column_chosen_last(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals()})
    wizard.decide(what="columns", where="deals.csv", word="Budget code", value="title")
    draft = wizard.decide(what="columns", where="deals.csv", word="Deal ID", value="title")
    meant = {column["heading"]: column["becomes"] for column in draft.found["tables"][0]["columns"]}
    assert meant["Deal ID"] == "title"
    assert meant["Budget code"].startswith("custom:")


def test_dates_that_can_be_read_either_way_are_asked(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals(day="03/04/2020")})
    assert "How are the dates of deals.csv written?" in wizard.words()
    refused = leader.post(reverse("import_start", args=[wizard.pk]), headers={"Accept": "application/json"})
    assert refused.status_code == 422
    wizard.decide(what="dates", where="deals.csv", value="mdy")
    wizard.start()
    assert Deal.objects.first().created_at.date().isoformat() == "2020-03-04"


def test_people_and_stages_are_mapped(cast: Cast, leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals(owner="O. Smith")})
    assert wizard.settle().found["trial"]["made"]["user"] == 1
    wizard.decide(what="values", where="owner", word="O. Smith", value=str(cast.owner.email))
    draft = wizard.decide(what="values", where="stage", word="Demo", value="Lost")
    assert "user" not in draft.found["trial"]["made"]
    wizard.start()
    assert set(Deal.objects.values_list("owner", "status")) == {(cast.owner.pk, "lost")}


def test_nobody_owns_what_is_said_to_be_nobodys(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals(owner="Left long ago")})
    wizard.decide(what="values", where="owner", word="Left long ago", value=".")
    wizard.start()
    assert set(Deal.objects.values_list("owner", flat=True)) == {None}


def test_new_stages_stand_as_they_are_put(leader: Client) -> None:
    rows = [(f"D{n}", f"Deal {n}", stage) for n, stage in enumerate(("Alpha", "Beta", "Gamma"))]
    wizard = Wizard(leader, {"deals.csv": table(*rows, headings=("Deal ID", "Title", "Stage"))})
    assert wizard.settle().found["new_stages"] == ["Alpha", "Beta", "Gamma"]
    leader.post(reverse("import_decide", args=[wizard.pk]), {"what": "stages", "value": ["Gamma", "Alpha", "Beta"]})
    wizard.settle()
    wizard.start()
    assert list(Stage.objects.order_by("position").values_list("name", flat=True)) == ["Gamma", "Alpha", "Beta"]


def test_currency_and_pipeline_are_chosen_for_all_of_it(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals()})
    wizard.decide(what="currency", value="EUR")
    wizard.decide(what="pipeline", value="Enterprise")
    wizard.start()
    assert set(Deal.objects.values_list("currency", "pipeline__name")) == {("EUR", "Enterprise")}


def test_an_unknown_table_stays_out_until_somebody_says_what_it_holds(leader: Client) -> None:
    strange = table(("1", "x"), ("2", "y"), headings=("foo", "bar"))
    wizard = Wizard(leader, {"things.csv": strange, "deals.csv": deals()})
    assert "stays out unless you say what it holds" in wizard.words()
    wizard.decide(what="kinds", where="things.csv", value="products")
    wizard.decide(what="columns", where="things.csv", word="bar", value="name")
    draft = wizard.decide(what="columns", where="things.csv", word="foo", value="unit_price")
    assert draft.found["trial"]["by_kind"]["products"]["created"] == 2
    draft = wizard.decide(what="kinds", where="deals.csv", value="-")
    assert "deals" not in draft.found["trial"]["by_kind"]


def test_sheets_of_a_workbook_are_decided_each_by_itself(leader: Client, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    for name, rows in (
        ("Deals", [("Deal ID", "Title", "Stage"), ("1", "Roof", "Demo")]),
        ("Firms", [("Company", "Domain", "Industry"), ("Acme", "acme.example", "Steel")]),
    ):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    wizard = Wizard(leader, {"book.xlsx": (tmp_path / "book.xlsx").read_bytes()})
    assert {one["label"] for one in wizard.settle().found["tables"]} == {"book.xlsx[Deals]", "book.xlsx[Firms]"}
    draft = wizard.decide(what="kinds", where="book.xlsx[Firms]", value="-")
    assert [one["label"] for one in draft.found["tables"]] == ["book.xlsx[Deals]"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing"])
def test_a_broken_file_changes_nothing_and_can_be_taken_out(leader: Client, content: bytes) -> None:
    wizard = Wizard(leader, {"broken.csv": content, "deals.csv": deals()})
    assert "It cannot be read" in wizard.words()
    leader.post(reverse("import_file_out", args=[wizard.pk]), {"name": "broken.csv"})
    wizard.settle()
    assert "Import 3 rows" in wizard.words()


def test_a_mended_file_takes_the_place_of_the_broken_one(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": b""})
    wizard.add({"deals.csv": deals()})
    assert [file["name"] for file in wizard.settle().files] == ["deals.csv"]
    assert "Import 3 rows" in wizard.words()


def test_bad_rows_are_marked_downloaded_mended_and_brought_in(leader: Client) -> None:
    rows = [("1", "Good", "Demo", "100"), ("2", "Bad", "Demo", "many"), ("3", "Worse", "Demo", "-5")]
    content = table(*rows, headings=("Deal ID", "Title", "Stage", "How much"))
    wizard = Wizard(leader, {"deals.csv": content})
    draft = wizard.decide(what="columns", where="deals.csv", word="How much", value="value")
    assert draft.found["trial"]["failed"] == 2
    marked = [row for row in draft.found["previews"][0]["rows"] if not row["in"]]
    assert [row["number"] for row in marked] == [3, 4]
    assert any(cell["fault"] and cell["text"] == "many" for cell in marked[0]["cells"])

    arrival = wizard.start()
    assert Deal.objects.count() == 1
    answer = leader.get(reverse("import_bad_rows", args=[arrival.pk]))
    bad = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert bad[0] == ["Deal ID", "Title", "Stage", "How much", "Leadline: column", "Leadline: reason", "Leadline: mend"]
    assert [row[1] for row in bad[1:]] == ["Bad", "Worse"]
    assert all(row[5] and row[6] for row in bad[1:])

    bad[1][3], bad[2][3] = "200", "300"
    again = Wizard(leader, {"deals-to-mend.csv": table(*bad[1:], headings=tuple(bad[0]))})
    assert again.settle().found["tables"][0]["as_in"] == arrival.pk  # "How much" is the value, as it was said
    again.start()
    assert sorted(map(int, Deal.objects.values_list("value", flat=True))) == [100, 200, 300]


def test_what_is_here_already_changes_nothing(leader: Client) -> None:
    Wizard(leader, {"deals.csv": deals()}).start()
    wizard = Wizard(leader, {"deals.csv": deals()})
    assert "Nothing would change" in wizard.words()


def test_undo_takes_all_back_but_what_was_built_upon(cast: Cast, leader: Client) -> None:
    arrival = Wizard(leader, {"deals.csv": deals()}).start()
    Deal.objects.get(external_id="D2").edit(by=cast.leader, title="Mine now")
    answer = leader.post(reverse("import_undo", args=[arrival.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    for _attempt in range(600):
        arrival.refresh_from_db()
        if arrival.state == State.UNDONE:
            break
        time.sleep(0.05)
    assert list(Deal.objects.values_list("title", flat=True)) == ["Mine now"]
    report = read(leader.get(reverse("import", args=[arrival.pk])).content).one("main").text
    assert "It was undone" in report
    assert "Mine now" in report


def test_an_import_can_be_stopped(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals(30)})
    number = held.known(Draft.objects.get(pk=wizard.pk))
    leader.post(reverse("import_cancel", args=[number]), headers={"HX-Request": "true"})
    arrival = wizard.start()
    assert arrival.state == State.CANCELLED
    assert not Deal.objects.exists()
    report = read(leader.get(reverse("import", args=[arrival.pk])).content).one("main")
    assert "Stopped: nothing of it is left" in report.text
    # Its files wait for another try.
    assert Wizard.start(wizard).state == State.DONE
    assert Deal.objects.count() == 30


def test_a_restart_loses_neither_files_nor_decisions(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals(day="03/04/2020")})
    wizard.decide(what="dates", where="deals.csv", value="dmy")
    held.give_up(wizard.pk)  # the process and what it held in memory are gone
    Draft.objects.filter(pk=wizard.pk).update(stand=Stand.READING, found={}, found_at=None)
    assert leader.get(wizard.page).status_code == 200
    assert wizard.settle().is_checked
    held.give_up(wizard.pk)
    wizard.start()
    assert Deal.objects.first().created_at.date().isoformat() == "2020-04-03"


def test_thrown_away_leaves_nothing(leader: Client) -> None:
    wizard = Wizard(leader, {"deals.csv": deals()})
    place = folder.folder(Draft.objects.get(pk=wizard.pk))
    assert leader.post(reverse("import_away", args=[wizard.pk])).headers["HX-Redirect"] == reverse("imports")
    assert not place.exists()
    assert not Draft.objects.exists()
    assert not Import.objects.exists()


def test_names_of_files_stay_inside_their_folder(leader: Client) -> None:
    wizard = Wizard(leader, {"..%2F..%2Fsecret.csv": deals()})
    draft = Draft.objects.get(pk=wizard.pk)
    assert [file["name"] for file in draft.files] == ["secret.csv"]
    assert [path.name for path in folder.folder(draft).iterdir()] == ["secret.csv"]


def test_too_large_a_file_is_refused_in_words(leader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = Wizard(leader, {"deals.csv": deals()})
    monkeypatch.setattr(folder, "LARGEST", 2000)
    answer = leader.post(
        reverse("import_files", args=[wizard.pk]) + "?name=big.csv",
        b"x" * 3000,
        "application/octet-stream",
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 422
    assert "big.csv" in json.loads(answer.content)["message"]
    assert [path.name for path in folder.folder(Draft.objects.get(pk=wizard.pk)).iterdir()] == ["deals.csv"]


def test_of_very_many_columns_those_of_a_table_come_when_it_is_opened(leader: Client) -> None:
    more = tuple(f"Column of ours {n}" for n in range(150))
    wide = table(("1", "Roof", "Demo", *more), headings=("Deal ID", "Title", "Stage", *more))
    wizard = Wizard(leader, {"deals.csv": wide})
    assert "Column of ours 77" not in wizard.words()
    body = read(leader.get(wizard.page, {"body": "tables-0"}).content)
    assert len(body.one("table", class_="columns").one("tbody").all("tr")) == 153
    assert leader.get(wizard.page, {"body": "tables-9"}).status_code == 404
    # A table that stands open on the page stays so.
    assert "Column of ours 77" in read(leader.get(wizard.page, {"open": "table-0"}).content).one("main").text


def test_the_way_on_leads_to_the_pipeline_that_was_filled(leader: Client) -> None:
    empty = add_default_pipeline(by=SYSTEM)
    assert leader.get(reverse("board", args=[empty.pk])).status_code == 200  # the one looked at last
    wizard = Wizard(leader, {"deals.csv": deals()})
    wizard.decide(what="pipeline", value="Renewals")
    arrival = wizard.start()
    filled = Deal.objects.latest("pk").pipeline
    assert filled != empty
    page = leader.get(reverse("import", args=[arrival.pk])).content.decode()
    assert reverse("board", args=[filled.pk]) in page
    assert "Renewals" in read(leader.get(reverse("pipeline")).content).one("h1").text
    leader.get(reverse("board", args=[empty.pk]))
    leader.get(reverse("import", args=[arrival.pk]))  # told once: what one looked at since is where one was
    assert empty.name in read(leader.get(reverse("pipeline")).content).one("h1").text
