"""Who may import what on the pages, and that nobody reaches another's files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.imports.drafts import expiring, folder, held, working
from leadline.imports.models import Draft, Import, State
from tests import factories
from tests.cast import Cast
from tests.web.reading import read
from tests.web.test_import_wizard import Wizard, deals, table

pytestmark = pytest.mark.django_db(transaction=True)
ACTS = ("import_files", "import_file_out", "import_read", "import_decide", "import_start", "import_away")


@pytest.fixture(autouse=True)
def _nobody_at_work() -> Iterator[None]:
    yield
    for draft in Draft.objects.all():
        working.wait(draft, 60)
        held.give_up(draft.pk)


def test_nobody_else_reaches_a_draft_not_even_an_administrator(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    wizard = Wizard(signed_in(cast.owner), {"deals.csv": deals()})
    for part in ("administrator", "leader", "teammate", "outsider", "reader"):
        other = signed_in(getattr(cast, part))
        assert other.get(wizard.page).status_code == 404, part
        for name in ACTS:
            assert other.post(reverse(name, args=[wizard.pk])).status_code == 404, (part, name)
        assert "deals.csv" not in other.get(reverse("imports")).content.decode(), part
    assert wizard.settle().is_checked


def test_an_import_is_its_owners_and_the_administrators(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    wizard = Wizard(signed_in(cast.administrator), {"mine.csv": deals(owner="Ada")})
    arrival = wizard.start()
    for part in ("leader", "owner", "outsider", "reader"):
        other = signed_in(getattr(cast, part))
        assert other.get(reverse("import", args=[arrival.pk])).status_code == 404, part
        assert other.get(reverse("import_bad_rows", args=[arrival.pk])).status_code == 404, part
        assert other.post(reverse("import_undo", args=[arrival.pk])).status_code == 404, part
        assert other.post(reverse("import_cancel", args=[arrival.pk])).status_code == 404, part
        assert "mine.csv" not in other.get(reverse("imports")).content.decode(), part
    assert Deal.objects.count() == 3


def test_an_administrator_sees_every_import(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    factories.stage(0)
    arrival = Wizard(signed_in(cast.leader), {"deals.csv": deals()}).start()
    page = signed_in(cast.administrator).get(reverse("imports")).content
    assert "deals.csv" in read(page).one("main").text
    assert signed_in(cast.administrator).get(reverse("import", args=[arrival.pk])).status_code == 200


def test_readers_import_nothing(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    reader = signed_in(cast.reader)
    page = read(reader.get(reverse("imports")).content).one("main")
    assert "You may read, but not import" in page.text
    assert not page.all("input", type="file")
    assert reader.post(reverse("import_new")).status_code == 403
    assert reader.post(reverse("import_example")).status_code == 403
    assert not Draft.objects.exists()


def test_sellers_import_their_own(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    pipeline = factories.stage(0).pipeline
    stage = pipeline.first_stage().name
    rows = [("1", "Mine", stage, "Olga"), ("2", "Theirs", stage, "Theo")]
    content = table(*rows, headings=("Deal ID", "Title", "Stage", "Owner"))
    wizard = Wizard(signed_in(cast.owner), {"deals.csv": content})
    assert wizard.settle().found["trial"]["failed"] == 1
    assert "belongs to somebody else" in wizard.words()
    wizard.start()
    assert list(Deal.objects.values_list("title", "owner")) == [("Mine", cast.owner.pk)]


def test_sellers_may_not_bring_colleagues(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    users = table(("Nora", "nora@example.com", "seller"), headings=("Name", "Email", "Role"))
    wizard = Wizard(signed_in(cast.owner), {"users.csv": users})
    assert "Only administrators may import users and teams." in wizard.words()
    refused = wizard.client.post(reverse("import_start", args=[wizard.pk]), headers={"Accept": "application/json"})
    assert refused.status_code == 422
    assert not User.objects.filter(name="Nora").exists()


def test_a_choice_that_is_none_is_refused(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    wizard = Wizard(signed_in(cast.leader), {"deals.csv": deals()})
    for choice in (
        {"what": "columns", "where": "deals.csv", "word": "Title", "value": "nonsense"},
        {"what": "kinds", "where": "other.csv", "value": "deals"},
        {"what": "currency", "value": "ZZZ"},
        {"what": "duplicates", "value": "perhaps"},
        {"what": "anything", "value": "at all"},
    ):
        answer = wizard.client.post(
            reverse("import_decide", args=[wizard.pk]), choice, headers={"Accept": "application/json"}
        )
        assert answer.status_code == 422, choice


def test_files_lie_for_a_day(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    wizard = Wizard(signed_in(cast.leader), {"deals.csv": deals()})
    place = folder.folder(Draft.objects.get(pk=wizard.pk))
    assert expiring.expire() == 0
    Draft.objects.filter(pk=wizard.pk).update(touched_at=timezone.now() - dt.timedelta(days=1, minutes=1))
    assert expiring.expire() == 1
    assert not place.exists()
    assert not Import.objects.filter(state=State.PLANNED).exists()


def test_the_example_company_comes_and_goes_as_an_import(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    for part in ("leader", "owner", "reader"):
        assert signed_in(getattr(cast, part)).post(reverse("import_example")).status_code == 403, part
    administrator = signed_in(cast.administrator)
    answer = administrator.post(reverse("import_example"))
    assert answer.status_code == 302
    for draft in Draft.objects.all():
        working.wait(draft, 120)
    arrival = Import.objects.get()
    assert (arrival.state, arrival.by) == (State.DONE, cast.administrator)
    assert Deal.objects.count() > 100
    # Its people exist to own deals; nobody can sign in as one of them.
    assert not User.objects.filter(email__endswith="@brightwater.example", is_active=True).exists()
    assert administrator.post(reverse("import_example"), headers={"Accept": "application/json"}).status_code == 422


def test_files_sent_from_another_site_are_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert strict.post(reverse("import_new")).status_code == 403
    draft = Draft.objects.create(by=cast.leader)
    address = reverse("import_files", args=[draft.pk]) + "?name=deals.csv"
    assert strict.post(address, deals(), "application/octet-stream").status_code == 403
    assert list(folder.folder(draft).iterdir()) == []
