"""Whatever stands in an address: the filter answers, never with an error, and means the same when written again."""

from __future__ import annotations

import datetime as dt
import itertools
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from leadline.crm import filtering
from leadline.crm.fields import Linked
from leadline.crm.filtering import Asker
from leadline.crm.filtering.days import LAST_YEAR, span
from leadline.crm.filtering.kinds import MOST
from leadline.crm.filtering.meaning import Unreadable
from leadline.crm.models import Deal
from leadline.history.registry import model_of
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
HOSTILE = (
    "\0", "'", '"', "%", "_", "\\", "';--", "9" * 40, "-1", "1e999", "NaN", "Infinity", "..", "....", "!", "!!", ",",
    "!,", "none", "any", "me", "none,none", "!none", "!me", "2026-02-30", "0000-01-01", "9999-12-31", "last-99999-days",
    "last-0-days", "next-9999-weeks", "2199-q4", "١٢٣", "\ud800", "x" * 5000, "1..2..3", "..none", "today..yesterday",
    "1,2;3", "\u202e", "2026-01..", "yes", "no", "9223372036854775808", "-9223372036854775809", "٢٠٢٦-٠١-٠١",
    "last-3-months..next-2-weeks",
)  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def all_of(kind: str, query: str, cast: Cast) -> None:
    user = cast.administrator
    asker = Asker(user, Linked(user), dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC))
    filter = filtering.read(kind, query, user, asker)
    ids = set(filter.apply(model_of(kind).objects.visible_to(user)).values_list("pk", flat=True))
    again = filtering.read(kind, filter.query(), user, asker)
    assert again.problems == ()
    assert again.query() == filter.query()
    assert filter.words() == again.words()
    assert set(again.apply(model_of(kind).objects.visible_to(user)).values_list("pk", flat=True)) == ids


@pytest.mark.parametrize("kind", ["deal", "lead", "person", "organization", "product", "activity"])
@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_no_value_of_any_field_is_an_error(kind: str, value: str, cast: Cast) -> None:
    if kind == "deal":
        make.deal(owner=cast.owner, custom={})
        for own in ("text", "number", "money", "date", "choice", "choices", "person", "user"):
            make.custom_field(own)
    written = quote(value, errors="replace")
    for name in filtering.askable(kind):
        all_of(kind, f"{name}={written}", cast)
        all_of(kind, f"{name}-from={written}&{name}-to=5&{name}-not=1", cast)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(
                ["owner", "value", "created_at", "q", "title", "labels", "team", "next_activity", "x", "-from"]
            ),
            st.text(max_size=30) | st.sampled_from(HOSTILE),
        ),
        max_size=6,
    )
)
@example(pairs=[("value", "1..5"), ("owner", "none")])
def test_no_address_is_an_error(pairs: list[tuple[str, str]], cast: Cast) -> None:
    all_of("deal", "&".join(f"{name}={quote(value, errors='replace')}" for name, value in pairs), cast)


def test_there_is_an_end_to_how_much_can_be_asked(cast: Cast) -> None:
    filter = filtering.read("deal", f"owner={','.join(map(str, range(MOST + 1)))}", cast.administrator)
    assert filter.problems
    assert Deal.objects.count() == filter.apply(Deal.objects.all()).count() == 0


TODAYS = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))


@given(TODAYS, st.sampled_from(["week", "month", "quarter", "year"]))
def test_this_last_and_next_follow_each_other(today: dt.date, unit: str) -> None:
    spans = [span(f"{which}-{unit}", today)[0] for which in ("last", "this", "next")]
    day = dt.timedelta(days=1)
    for (_first, end), (begin, _last) in itertools.pairwise(spans):
        assert end is not None
        assert end + day == begin
    first, last = spans[1]
    assert first is not None
    assert last is not None
    assert first <= today <= last
    if unit != "week":
        assert first.day == 1
        assert (last + day).day == 1


@given(TODAYS, st.integers(1, 400))
def test_so_many_days_are_so_many(today: dt.date, number: int) -> None:
    for way in ("last", "next"):
        (first, last), _text = span(f"{way}-{number}-days", today)
        assert first is not None
        assert last is not None
        assert (last - first).days + 1 == number
        assert today in (first, last)


@given(st.dates(dt.date(1900, 1, 1), dt.date(LAST_YEAR, 12, 31)), TODAYS)
def test_a_day_its_month_its_quarter_and_its_year_hold_it(day: dt.date, today: dt.date) -> None:
    written = (f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}-q{(day.month + 2) // 3}", f"{day:%Y}")
    spans = [span(text, today)[0] for text in written]
    for first, last in spans:
        assert first is not None
        assert last is not None
        assert first <= day <= last
    lengths = [(last - first).days for first, last in spans if first and last]
    assert lengths == sorted(lengths)


@pytest.mark.parametrize(
    "text", ["1899", "2200", "2026-1-1", "20261122", "2026-q5", "last--days", "..", "2026-11-22..2026-01-01"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        span(text, dt.date(2026, 11, 22))
