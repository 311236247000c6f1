"""Where a lead comes from is said at its start; what was changed since stays visible (R46)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Lead
from leadline.crm.models.origins import changed_origins
from leadline.history.models import Change
from leadline.history.undoing import undo
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def last() -> Change:
    return Change.objects.filter(entity="lead").latest("id")


def test_its_owner_and_who_leads_change_it_and_it_stays_visible() -> None:
    cast, fair, web, post = assemble(), *(make.source(name) for name in ("Fair", "Web", "Post"))
    lead = make.lead(owner=cast.owner)
    lead.edit(by=cast.teammate, source=fair)  # nothing was said yet: anybody says it who may change the lead
    assert changed_origins(lead) == []
    with pytest.raises(PermissionDenied, match="said at the start"):
        lead.edit(by=cast.teammate, source=web)
    lead.refresh_from_db()
    lead.edit(by=cast.teammate, title="Another title")
    lead.edit(by=cast.owner, source=web, originator=cast.owner)
    lead.edit(by=cast.leader, source=post, originator=cast.teammate)
    told = [(was.name, was.pk, was.by_id) for was in changed_origins(lead)]
    assert told == [
        ("originator_id", cast.owner.pk, cast.leader.pk),
        ("source_id", web.pk, cast.leader.pk),
        ("source_id", fair.pk, cast.owner.pk),
    ]
    lead.edit(by=SYSTEM, source=fair)
    assert changed_origins(lead)[0].by_id is None
    undo(last(), by=cast.owner)
    assert [was.pk for was in changed_origins(lead) if was.name == "source_id"] == [web.pk, fair.pk], "taken back"


def test_who_gives_it_away_and_says_another_source_at_once_was_its_owner() -> None:
    cast, fair, web = assemble(), make.source("Fair"), make.source("Web")
    lead = make.lead(owner=cast.owner, source=fair)
    lead.edit(by=cast.owner, source=web, owner=cast.teammate)
    assert Lead.objects.get(pk=lead.pk).source == web
    with pytest.raises(PermissionDenied):
        lead.edit(by=cast.owner, source=fair)
