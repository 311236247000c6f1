"""Cells become values: dates by their column's order, numbers by their column's marks, names by any spelling."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.imports.faults import BadValue
from leadline.imports.values import blanks, contacts, date_order, dates, numbers, outcome, spelling

DAYS = st.dates(date(1970, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("text", "order", "meant"),
    [
        ("2017-03-01", "", datetime(2017, 3, 1, tzinfo=UTC)),
        ("2021-01-07 6:49:18", "", datetime(2021, 1, 7, 6, 49, 18, tzinfo=UTC)),
        ("2026-06-01T09:14:58+05:00", "", datetime(2026, 6, 1, 4, 14, 58, tzinfo=UTC)),
        ("2023-11-11 08:18:16.519000 UTC", "", datetime(2023, 11, 11, 8, 18, 16, 519000, tzinfo=UTC)),
        ("14.06.2026 09:20", "dmy", datetime(2026, 6, 14, 9, 20, tzinfo=UTC)),
        ("3/4/2017", "mdy", datetime(2017, 3, 4, tzinfo=UTC)),
        ("3/4/2017 1:05 PM", "mdy", datetime(2017, 3, 4, 13, 5, tzinfo=UTC)),
        ("20-10-16", "dmy", datetime(2016, 10, 20, tzinfo=UTC)),
        ("16-10-20", "ymd", datetime(2016, 10, 20, tzinfo=UTC)),
        ("2026/06/15", "", datetime(2026, 6, 15, tzinfo=UTC)),
        ("20260615", "", datetime(2026, 6, 15, tzinfo=UTC)),
        ("45631", "", datetime(2024, 12, 5, tzinfo=UTC)),
        ("45631.5", "", datetime(2024, 12, 5, 12, tzinfo=UTC)),
        ("1561234567890", "", datetime(2019, 6, 22, 20, 16, 7, 890000, tzinfo=UTC)),
        ("5 Mar 2024", "", datetime(2024, 3, 5, tzinfo=UTC)),
        ("March 5, 2024", "", datetime(2024, 3, 5, tzinfo=UTC)),
        ("5. März 2024", "", datetime(2024, 3, 5, tzinfo=UTC)),
        ("05-Mar-24", "", datetime(2024, 3, 5, tzinfo=UTC)),
    ],
)
def test_shapes_of_dates(text: str, order: str, meant: datetime) -> None:
    assert dates.moment(text, order, UTC).time == meant


@pytest.mark.parametrize("text", ["31/02/2024", "soon", "2024-13-01", "0001-01-01", "99/99/9999", "12:30"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(BadValue) as bad:
        dates.moment(text, "dmy", UTC)
    assert bad.value.mend


@pytest.mark.parametrize("text", ["May-20", "01-May", "5-Jan"])
def test_dates_that_a_spreadsheet_has_mangled(text: str) -> None:
    assert dates.mangled(text)
    with pytest.raises(BadValue, match="spreadsheet"):
        dates.moment(text, "dmy", UTC)


def evidence(texts: list[str]) -> date_order.Evidence:
    found = date_order.Evidence()
    for text in texts:
        found.add(text)
    return found


@given(st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y-%m-%d"]))
def test_the_true_order_is_always_a_candidate(days: list[date], shape: str) -> None:
    order = {"%d": "dmy", "%m": "mdy", "%Y": ""}[shape[:2]]
    candidates = evidence([day.strftime(shape) for day in days]).candidates()
    assert candidates == () if not order else order in candidates


@given(st.lists(DAYS, min_size=5, max_size=30).filter(lambda days: any(day.day > 12 for day in days)))
def test_one_day_beyond_the_twelfth_decides_the_whole_column(days: list[date]) -> None:
    for shape, order in (("%d.%m.%Y", "dmy"), ("%m/%d/%Y", "mdy")):
        found = date_order.settle({"Created": evidence([day.strftime(shape) for day in days])}, [], {})
        assert (found["Created"].order, found["Created"].how) == (order, "column")
        for day in days:
            assert dates.day(day.strftime(shape), order, UTC) == day


def test_an_undecided_column_follows_the_files_other_dates() -> None:
    columns = {"Created": evidence(["25/01/2024", "03/02/2024"]), "Closed": evidence(["01/02/2024", "05/06/2024"])}
    found = date_order.settle(columns, [], {})
    assert (found["Closed"].order, found["Closed"].how) == ("dmy", "file")


def test_logic_decides_where_columns_cannot() -> None:
    rows = [("01/02/2024", "02/02/2024"), ("05/01/2024", "04/03/2024"), ("09/03/2024", "01/04/2024")]
    columns = {"Created": evidence([a for a, _ in rows]), "Closed": evidence([b for _, b in rows])}
    samples = [date_order.Sample({"Created": a, "Closed": b}, True) for a, b in rows]
    found = date_order.settle(columns, samples, {"Created": "start", "Closed": "end"}, datetime(2026, 1, 1, tzinfo=UTC))
    assert {(one.order, one.how) for one in found.values()} == {("dmy", "logic")}


def test_what_stays_ambiguous_is_a_question() -> None:
    found = date_order.settle({"Created": evidence(["01/02/2024", "03/04/2024"])}, [], {})
    assert (found["Created"].how, found["Created"].candidates) == ("open", ("dmy", "mdy"))


@pytest.mark.parametrize(
    ("column", "texts", "meant"),
    [
        (["1,234.50", "7"], "1,234.50", "1234.50"),
        (["1.234,50", "7,25"], "1.234,50", "1234.50"),
        (["1,234", "12,500"], "1,234", "1234"),
        (["1.234", "12.500", "3.000"], "12.500", "12500"),
        (["0.125", "1.250"], "1.250", "1.250"),
        (["42,5"], "42,5", "42.5"),
        (["$1,200"], "$1,200", "1200"),
        (["1 200,50 €"], "1 200,50 €", "1200.50"),
        (["EUR 99.90"], "EUR 99.90", "99.90"),
        (["(500)"], "(500)", "-500"),
        (["500-"], "500-", "-500"),
        (["12k"], "12k", "12000"),
        (["1.5M"], "1.5M", "1500000"),
        (["12,34,567"], "12,34,567", "1234567"),
        (["CHF 1'200.00"], "CHF 1'200.00", "1200.00"),
        (["R$ 1.000,00"], "R$ 1.000,00", "1000.00"),
    ],
)
def test_amounts_by_their_whole_column(column: list[str], texts: str, meant: str) -> None:
    seen = numbers.Evidence()
    for text in column:
        seen.add(text)
    assert numbers.read(texts, seen.decimal_mark()) == Decimal(meant)


@given(
    st.lists(st.decimals(Decimal("1000"), Decimal("9999999"), places=2), min_size=3, max_size=20),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]),
)
def test_amounts_survive_any_locale(amounts: list[Decimal], marks: tuple[str, str]) -> None:
    thousands, decimal = marks
    texts = [f"{amount:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands) for amount in amounts]
    seen = numbers.Evidence()
    for text in texts:
        seen.add(text)
    assert [numbers.read(text, seen.decimal_mark()) for text in texts] == amounts


@pytest.mark.parametrize("text", ["abc", "1,2,3x", "--", "1e99", "∞"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(BadValue):
        numbers.read(text, ".")


@pytest.mark.parametrize("text", ["", " ", "Select", "NA", "N/A", "-", "null", "#N/A", "None", "- None -", "\u00a0"])
def test_placeholders_are_empty(text: str) -> None:
    assert blanks.filled(text) == ""


@pytest.mark.parametrize("text", ["other", "unknown", "0", "No", "nano", "-5"])
def test_words_are_no_placeholders(text: str) -> None:
    assert blanks.filled(f" {text} ") == text


def test_spellings_of_one_thing() -> None:
    assert spelling.key("GTXPro") == spelling.key("GTX Pro")
    assert len({spelling.key(word) for word in ("Avito", "avito", "AVITO", "Авито")}) == 1
    assert spelling.key("Société") == spelling.key("SOCIETE")
    assert len({spelling.key(word) for word in ("C", "C++", "C#")}) == 3
    assert spelling.merged(["google", "Google", "Google", "GOOGLE"]) == {"google": "Google"}


def test_addresses_in_one_cell() -> None:
    assert contacts.emails("Ann <Ann@X.org>; bob@y.com, ann@x.org") == ["ann@x.org", "bob@y.com"]
    assert contacts.domain("https://www.Acme.com/about") == "acme.com"
    assert contacts.domain("bob@acme.com") == "acme.com"
    assert contacts.phone_key("8 917 000-30-03") == contacts.phone_key("+7 917 000 30 03")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Closed Won", "won"),
        ("closedwon", "won"),
        ("Won", "won"),
        ("Closed Lost", "lost"),
        ("In_Progress", "open"),
        ("Demo", ""),
    ],
)
def test_outcomes_in_stage_columns(word: str, status: str) -> None:
    assert outcome.status(word) == status


@pytest.mark.parametrize("text", ["2024-01-01T10:00:00+99:00", "2024-01-01 10:00 +25:00"])
def test_an_offset_that_is_none_is_a_bad_value(text: str) -> None:
    with pytest.raises(BadValue):
        dates.moment(text, "ymd", UTC)


@pytest.mark.parametrize("text", ["1e99999999", "9" * 400])
def test_an_amount_beyond_all_bounds_is_a_bad_value(text: str) -> None:
    with pytest.raises(BadValue):
        numbers.read(text)
