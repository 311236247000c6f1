"""Any verbs in any order: the log replayed is the rows, clocks follow the log, undo brings everything back."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from leadline.accounts.actors import Actor
from leadline.crm.converting import convert_to_deal, convert_to_lead
from leadline.crm.filing import attach
from leadline.crm.merging import merge
from leadline.crm.models import Deal, Lead, Organization, Person, Rate, Stage
from leadline.crm.models.clocks import read_clocks
from leadline.crm.pipelines import add_pipeline, delete_pipeline, delete_stage
from leadline.crm.rates import add_rate, delete_rate, set_base_currency
from leadline.history import members
from leadline.history.models import Change
from leadline.history.recorded import Recorded
from leadline.history.registry import recorded_models
from leadline.history.replay import disagreements, state_of
from leadline.history.undoing import undo_act
from leadline.history.values import dumps, filled, plain
from tests import factories as make
from tests.cast import person

pytestmark = pytest.mark.django_db

picks = st.integers(0, 1000)
ways = st.sampled_from(["web", "web", "web", "api", "import", "job"])
words = st.sampled_from(["", "Acme", "ünïcode", "a 'quoted' \"word\"", "x" * 40])
money = st.one_of(st.none(), st.decimals(0, 10**9, places=2))
ago = st.one_of(st.none(), st.integers(1, 400))
RECORDS = (Deal, Lead, Person, Organization)


def rows() -> dict[tuple[str, int], dict[str, Any]]:
    """Every kept record as it stands; what is in the trash counts as gone."""
    return {
        (entity, row.pk): filled({name: plain(value) for name, value in row.snapshot().items()})
        for entity, model in recorded_models().items()
        for row in model.objects.kept()
    }


class Company(RuleBasedStateMachine):
    """A small company in which anything may happen."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.ada = person("Ada", role="administrator")
        pipeline = make.pipeline()
        for stage in pipeline.kept_stages()[2:]:
            stage.trash(by=self.ada)
        add_pipeline("Partners", ["First talk", "Contract"], by=self.ada)
        self.fields = [make.custom_field(kind) for kind in ("text", "number", "choices", "person")]
        self.label, self.reason, self.product = make.label(), make.lost_reason(), make.product()
        make.activity()
        self.deals = [make.deal(self.ada, owner=self.ada), make.deal(self.ada)]
        self.first = (rows(), set(Change.objects.values_list("pk", flat=True)))
        self.acts: list[Any] = []

    def teardown(self) -> None:
        try:
            self.log_is_rows()
            for act in reversed(self.acts):
                assert undo_act(act, by=self.ada).left == []
            assert rows() == self.first[0]
            self.log_is_rows()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # --- what is true at any moment (the log is read at the end: a difference stays once it is there) ---

    def log_is_rows(self) -> None:
        for model in recorded_models().values():
            assert list(disagreements(model)) == []

    @invariant()
    def clocks_are_what_the_log_says(self) -> None:
        deals = {deal.pk: deal for deal in Deal.objects.all()}
        read = read_clocks({pk: deal.stage_id for pk, deal in deals.items()})
        for pk, deal in deals.items():
            assert (deal.last_touch_at, deal.stage_entered_at) == read[pk], deal

    @invariant()
    def rotten_is_rotten(self) -> None:
        now = timezone.now() + dt.timedelta(days=9)
        for moment in (timezone.now(), now, now + dt.timedelta(days=100)):
            rotten = set(Deal.objects.rotten(moment).values_list("pk", flat=True))
            assert rotten == {deal.pk for deal in Deal.objects.all() if deal.is_rotten(moment)}

    # --- what may happen ---

    def by(self, way: str = "web") -> Actor:
        """Ada, by some way, in an act of its own."""
        actor = self.ada.via(way).together()
        self.acts.append(actor.act)
        return actor

    def one(self, model: type[Recorded], pick: int) -> Any:
        """Any record of a kind, also from the trash; makes one where there is none."""
        ids = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        if not ids:
            return getattr(make, model.ENTITY)(self.by())
        return model._base_manager.get(pk=ids[pick % len(ids)])

    def maybe(self, deed: Any) -> None:
        """A verb may refuse; then nothing of it may stay, which the invariants see."""
        try:
            deed()
        except ValidationError:
            pass

    @rule(kind=st.sampled_from(["deal", "lead", "person", "organization"]), word=words, way=ways, days=ago)
    def add(self, kind: str, word: str, way: str, days: int | None) -> None:
        name = "name" if kind in ("person", "organization") else "title"
        fields: dict[str, Any] = {name: word or "New"}
        if kind == "deal":
            fields |= {"at": days and timezone.now() - dt.timedelta(days=days)}
        getattr(make, kind)(self.by(way), **fields)

    @rule(pick=picks, word=words, value=money, way=ways, currency=st.sampled_from(["USD", "EUR", "GBP"]))
    def edit_deal(self, pick: int, word: str, value: Decimal | None, way: str, currency: str) -> None:
        changes = {"title": word, "value": value, "currency": currency, "competitor": word}
        self.maybe(lambda: self.one(Deal, pick).edit(by=self.by(way), **changes))

    @rule(pick=picks, word=words, number=picks)
    def edit_person(self, pick: int, word: str, number: int) -> None:
        emails = [{"value": f"P{number}@Example.com"}, {"value": "b@example.com", "primary": number % 2 == 0}]
        organization = self.one(Organization, number).pk
        changes = {"emails": emails, "job_title": word, "organization_id": organization}
        self.maybe(lambda: self.one(Person, pick).edit(by=self.by(), **changes))

    @rule(pick=picks, to=picks, way=ways, days=ago)
    def move(self, pick: int, to: int, way: str, days: int | None) -> None:
        at = timezone.now() - dt.timedelta(days=days) if days else None
        self.maybe(lambda: self.one(Deal, pick).move_to(self.one(Stage, to), by=self.by(way), at=at))

    @rule(pick=picks, verb=st.sampled_from(["win", "lose", "reopen", "park", "trash", "restore"]), way=ways, days=ago)
    def close(self, pick: int, verb: str, way: str, days: int | None) -> None:
        more: dict[str, Any] = {"at": timezone.now() - dt.timedelta(days=days)} if days else {}
        if verb == "lose":
            more |= {"reason": self.reason, "note": "Too dear"}
        if verb == "park":
            more |= {"come_back_on": dt.date.today() + dt.timedelta(days=60), "reason": "Next year"}
        deal = self.one(Deal, pick)
        self.maybe(lambda: getattr(deal, verb)(by=self.by(way), **more))

    @rule(pick=picks, verb=st.sampled_from(["discard", "reopen", "trash", "restore"]))
    def end_lead(self, pick: int, verb: str) -> None:
        lead = self.one(Lead, pick)
        self.maybe(lambda: getattr(lead, verb)(by=self.by()))

    @rule(pick=picks, kind=st.sampled_from(RECORDS), on=st.booleans())
    def label_record(self, pick: int, kind: type[Recorded], on: bool) -> None:
        record = self.one(kind, pick)
        self.maybe(lambda: (record.label if on else record.unlabel)(self.label, by=self.by()))

    @rule(pick=picks, number=picks, word=words)
    def set_own(self, pick: int, number: int, word: str) -> None:
        text, count, choices, somebody = self.fields
        values = {
            text: word,
            count: number,
            choices: ["gold", "Silver"][: number % 3],
            somebody: self.one(Person, pick),
        }
        self.maybe(lambda: self.one(Deal, pick).set_own(values, by=self.by()))

    @rule(pick=picks, kind=st.sampled_from(RECORDS), way=ways)
    def write_note(self, pick: int, kind: type[Recorded], way: str) -> None:
        make.note(self.one(kind, pick), self.by(way), pinned=pick % 2 == 0)

    @rule(pick=picks, kind=st.sampled_from(RECORDS))
    def keep_file(self, pick: int, kind: type[Recorded]) -> None:
        attach(self.one(kind, pick), f"{pick}.txt", io.BytesIO(b"content"), by=self.by())

    @rule(pick=picks, kind=st.sampled_from(RECORDS), way=ways, days=ago)
    def plan(self, pick: int, kind: type[Recorded], way: str, days: int | None) -> None:
        done = timezone.now() - dt.timedelta(days=days) if days else None
        make.activity(self.by(way), **{kind.ENTITY: self.one(kind, pick)}, done_at=done)

    @rule(pick=picks, name=st.sampled_from(["note", "file", "activity", "deal_product"]), to=picks)
    def change_what_hangs(self, pick: int, name: str, to: int) -> None:
        model = recorded_models()[name]
        ids = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        if not ids:
            return
        thing: Any = model._base_manager.get(pk=ids[pick % len(ids)])
        deal = self.one(Deal, to)
        verbs = {"trash": {}, "restore": {}}
        if name in ("note", "file", "activity"):
            verbs["edit"] = {"deal_id": deal.pk}
        if name == "activity":
            verbs |= {"complete": {}, "reopen": {}}
        verb = sorted(verbs)[pick % len(verbs)]
        self.maybe(lambda: getattr(thing, verb)(by=self.by(), **verbs[verb]))

    @rule(pick=picks, quantity=st.decimals(0, 100, places=3))
    def sell(self, pick: int, quantity: Decimal) -> None:
        deal = self.one(Deal, pick)
        make.line(deal, self.by(), product=self.product, quantity=quantity)
        self.maybe(lambda: deal.take_value_from_lines(by=self.by()))

    @rule(kind=st.sampled_from([Deal, Person, Organization]), pick=picks, other=picks)
    def merge_two(self, kind: type[Any], pick: int, other: int) -> None:
        self.maybe(lambda: merge(self.one(kind, pick), self.one(kind, other), by=self.by()))

    @rule(pick=picks, back=st.booleans())
    def convert(self, pick: int, back: bool) -> None:
        if back:
            self.maybe(lambda: convert_to_lead(self.one(Deal, pick), by=self.by()))
        else:
            self.maybe(lambda: convert_to_deal(self.one(Lead, pick), by=self.by()))

    @rule(pick=picks, to=picks, whole=st.booleans())
    def delete_place(self, pick: int, to: int, whole: bool) -> None:
        stage, destination = self.one(Stage, pick), self.one(Stage, to)
        if whole:
            self.maybe(lambda: delete_pipeline(stage.pipeline, by=self.by(), destination=destination))
        else:
            self.maybe(lambda: delete_stage(stage, by=self.by(), destination=destination))

    @rule(days=st.integers(0, 500), rate=st.decimals("0.5", "2", places=4), currency=st.sampled_from(["EUR", "GBP"]))
    def rate(self, days: int, rate: Decimal, currency: str) -> None:
        day = dt.date.today() - dt.timedelta(days=days)
        self.maybe(lambda: add_rate(currency, day, rate, by=self.by()))

    @rule(pick=picks, code=st.sampled_from(["USD", "EUR"]))
    def turn_money(self, pick: int, code: str) -> None:
        rates = list(Rate.objects.kept())
        if rates and pick % 2:
            delete_rate(rates[pick % len(rates)], by=self.by())
        else:
            self.maybe(lambda: set_base_currency(code, by=self.by()))

    @rule(on=st.booleans())
    def take_label_away(self, on: bool) -> None:
        (self.label.restore if on else self.label.trash)(by=self.by())

    @rule(name=words)
    def rename_colleague(self, name: str) -> None:
        members.change(self.ada, by=self.by(), name=name or "Ada")

    @rule(pick=picks)
    def undo_something(self, pick: int) -> None:
        """Also what others have built upon since, and undos themselves."""
        if self.acts:
            act = self.acts[-1 - pick % min(len(self.acts), 6)]
            self.maybe(lambda: undo_act(act, by=self.by()))


def test_any_verbs_in_any_order() -> None:
    health = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    few = settings(
        max_examples=25,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=health,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking twenty-five steps takes minutes
    )
    run_state_machine_as_test(Company, settings=few)


def test_state_at_any_moment_is_what_stood_then() -> None:
    """As of a moment: neither before the record was, nor what came later."""
    user, deal = person("Olga"), None
    stood: list[tuple[dt.datetime, dict[str, Any]]] = [(timezone.now(), {})]
    deal = make.deal(user, title="One")
    for title in ("Two", "Three"):
        stood.append((timezone.now(), filled({k: plain(v) for k, v in deal.snapshot().items()})))
        deal.edit(by=user, title=title)
    deal.trash(by=user)
    for moment, state in stood:
        assert state_of("deal", deal.pk, moment) == state
    assert "deleted_at" in state_of("deal", deal.pk)


def test_a_disagreement_is_found_wherever_it_is() -> None:
    changed, lost, unlogged = make.deal(title="A"), make.deal(title="B"), make.deal(title="C")
    Deal.objects.filter(pk=changed.pk).update(title="Changed behind the log")
    Deal.objects.filter(pk=lost.pk).delete()
    Change.objects.filter(entity="deal", record_id=unlogged.pk).delete()
    assert sorted((pk, name) for pk, name, *_ in disagreements(Deal)) == [
        (changed.pk, "title"),
        (lost.pk, ""),
        (unlogged.pk, ""),
    ]


def test_a_log_from_before_a_field_means_its_default() -> None:
    """After an upgrade the rows have new columns of which no entry ever said a word."""
    row = make.activity()
    entry = Change.objects.get(entity="activity", record_id=row.pk)
    older = {name: value for name, value in entry.new.items() if name not in ("occurrence", "priority")}
    Change.objects.filter(pk=entry.pk).update(after=dumps(older))
    assert list(disagreements(type(row))) == []
    by = person("Olga", role="administrator").via("web").together()
    row.edit(by=by, priority=2)
    assert list(disagreements(type(row))) == []
    assert undo_act(by.act, by=by).left == []
    row.refresh_from_db()
    assert (row.priority, state_of("activity", row.pk)["priority"]) == (0, 0)
    type(row).objects.filter(pk=row.pk).update(occurrence=3)
    assert list(disagreements(type(row))) == [(row.pk, "occurrence", 3, 0)]
