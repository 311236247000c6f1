"""R2: moving on without a required item asks for it; a leader may waive it; only a person's hand is asked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.crm.merging import merge
from leadline.crm.models import Answer, Participant
from leadline.crm.playbooks import MissingItems, answer, missing, standing, unwaive, waive
from leadline.history.models import Change
from leadline.history.undoing import undo, undo_act
from tests import factories
from tests.cast import Cast
from tests.crm.playbooks.making import choice, item, playbook

pytestmark = pytest.mark.django_db


def keys(found: object) -> list[str]:
    return [one["key"] for _stage, one in found]  # type: ignore[attr-defined]


def test_a_deal_moves_on_once_what_is_required_is_answered_or_waived(cast: Cast) -> None:
    first, second = factories.stage(0), factories.stage(1)
    playbook(first, item("agreed"), item("budget", "number"), item("nice", required=False), choice())
    deal = factories.deal(by=cast.owner, owner=cast.owner)
    with pytest.raises(MissingItems) as refused:
        deal.move_to(second, by=cast.owner)
    assert keys(refused.value.items) == ["agreed", "budget", "fit"]
    assert refused.value.messages == ["Target asks for: Agreed, Budget, Fit."]
    deal.refresh_from_db()
    assert deal.stage == first

    answer(deal, "agreed", "on", by=cast.owner)
    answer(deal, "budget", "1200,50", by=cast.owner)
    with pytest.raises(PermissionDenied):
        waive(deal, "fit", "They are a friend.", by=cast.owner)
    with pytest.raises(ValidationError, match="say why"):
        waive(deal, "fit", "  ", by=cast.leader)
    waive(deal, "fit", "They are a friend.", by=cast.leader)
    rows = {row.item["key"]: row for row in standing(deal, first)}
    assert (rows["budget"].said, rows["budget"].by) == ("1200.50", cast.owner)
    assert (rows["fit"].answered, rows["fit"].waived, rows["fit"].by) == (False, "They are a friend.", cast.leader)
    deal.move_to(second, by=cast.owner)
    assert deal.stage == second
    deal.move_to(first, by=cast.owner)  # back: nothing is asked
    unwaive(deal, "fit", by=cast.leader)
    assert keys(missing(deal, second)) == ["fit"]


def test_a_jump_and_a_win_ask_for_the_stages_they_pass(cast: Cast) -> None:
    stages = [factories.stage(at) for at in range(5)]
    for at in (0, 2, 4):
        playbook(stages[at], item(f"item{at}"))
    deal = factories.deal(by=cast.owner)
    assert keys(missing(deal, stages[1])) == ["item0"]
    assert keys(missing(deal, stages[4])) == ["item0", "item2"]
    assert keys(missing(deal, None)) == ["item0", "item2", "item4"]
    with pytest.raises(MissingItems):
        deal.win(by=cast.owner)
    for at in (0, 2, 4):
        answer(deal, f"item{at}", True, by=cast.owner)
    assert deal.win(by=cast.owner).status == "won"


def test_nobody_is_asked_who_loses_parks_imports_or_is_a_rule(cast: Cast) -> None:
    first, second = factories.stage(0), factories.stage(1)
    playbook(first, item("agreed"))
    deals = [factories.deal(by=cast.owner) for _ in range(5)]
    deals[0].lose(by=cast.owner)
    deals[1].park(by=cast.owner, come_back_on=timezone.localdate() + dt.timedelta(days=30), reason="later")
    deals[2].move_to(second, by=cast.owner.via("import"))
    deals[3].win(by=cast.owner.via("rule"))
    deals[4].move_to(second, by=SYSTEM)
    assert [deal.status for deal in deals] == ["lost", "nurture", "open", "won", "open"]
    deals[0].reopen(by=cast.owner)
    won = Change.objects.filter(entity="deal", record_id=deals[3].pk).latest("id")
    undo(won, by=cast.owner)
    undo(Change.objects.get(undoes=won.pk), by=cast.owner)
    deals[3].refresh_from_db()
    assert deals[3].status == "won"  # what is taken back is not asked either


def test_people_files_and_activities_answer_by_being_there(cast: Cast) -> None:
    first, second = factories.stage(0), factories.stage(1)
    call = factories.activity(by=cast.owner).type
    playbook(
        first,
        item("signs", "person", role="Signs"),
        item("called", "activity", type_id=call.pk),
        item("any", "activity", type_id=None),
    )
    deal = factories.deal(by=cast.owner, owner=cast.owner)
    assert keys(missing(deal, second)) == ["signs", "called", "any"]
    with pytest.raises(ValidationError, match="add the person"):
        answer(deal, "signs", "Bob", by=cast.owner)
    someone = Participant(deal=deal, person=factories.person(), role="looks on").add(by=cast.owner)
    activity = factories.activity(by=cast.owner, deal=deal, type=call)
    assert keys(missing(deal, second)) == ["signs", "called", "any"]
    someone.edit(by=cast.owner, role="signs ")
    activity.complete(by=cast.owner)
    assert missing(deal, second) == []
    rows = {row.item["key"]: row for row in standing(deal, first)}
    assert rows["signs"].by == cast.owner
    assert rows["called"].at == activity.done_at
    activity.reopen(by=cast.owner)
    assert keys(missing(deal, second)) == ["called", "any"]


def test_answers_are_checked_kept_once_undone_and_merged(cast: Cast) -> None:
    first = factories.stage(0)
    playbook(first, choice(), item("when", "date"), item("why", "text"))
    deal, other = factories.deal(by=cast.owner, owner=cast.owner), factories.deal(by=cast.owner, owner=cast.owner)
    for key, wrong in (("fit", "great"), ("when", "tomorrow"), ("none", "x")):
        with pytest.raises(ValidationError):
            answer(deal, key, wrong, by=cast.owner)
    answer(deal, "fit", "Good", by=cast.owner)
    answer(deal, "fit", "so", by=cast.owner)
    answer(deal, "why", " ", by=cast.owner)
    assert [(row.key, row.value) for row in Answer.objects.filter(deal=deal)] == [("fit", "so")]
    with pytest.raises(PermissionDenied):
        answer(deal, "why", "because", by=cast.reader)
    by = cast.owner.via("web").together()
    answer(deal, "when", "2027-02-03", by=by)
    assert by.act is not None
    undo_act(by.act, by=cast.owner)
    assert keys(missing(deal, factories.stage(1))) == ["when", "why"]
    answer(other, "fit", "good", by=cast.owner)
    answer(other, "why", "They asked.", by=cast.owner)
    merge(deal, other, by=cast.administrator)
    kept = Answer.objects.kept().filter(deal=deal).values_list("key", "value")
    assert set(kept) == {("fit", "so"), ("why", "They asked.")}


def test_a_number_is_no_million_zeros_and_a_long_text_answers(cast: Cast) -> None:
    playbook(factories.stage(0), item("much", "number"), item("why", "text"))
    deal = factories.deal(by=cast.owner, owner=cast.owner)
    for wrong in ("1e-999999", "-1e-400", "1e999999", "NaN"):
        with pytest.raises(ValidationError):
            answer(deal, "much", wrong, by=cast.owner)
    answer(deal, "much", "1e-3", by=cast.owner)
    answer(deal, "why", "a" * 9_999 + " b", by=cast.owner)  # cut behind the space
    assert missing(deal, factories.stage(1)) == []
