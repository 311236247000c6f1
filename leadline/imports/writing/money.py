"""Which currency an amount is in, and what it is worth in the base currency."""

from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import Currency, Rate, base_currency
from leadline.imports.permitting import require_making
from leadline.imports.planning.staging import Staged
from leadline.imports.values import money_signs
from leadline.imports.writing.context import Context

CENT = Decimal("0.01")
DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "MXN"})


class Money:
    """Currencies in use and their rates."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.base = base_currency()
        self.used = set(Currency.objects.values_list("code", flat=True))
        self.by_file = {table.label: table.currency for table in context.plan.tables}
        self.days: dict[str, list[str]] = defaultdict(list)
        self.rates: dict[str, list[Decimal]] = defaultdict(list)
        for code, day, rate in Rate.objects.kept().order_by("on_date").values_list("currency", "on_date", "rate"):
            self.days[code].append(day.isoformat())
            self.rates[code].append(rate)

    def currency(self, row: Staged) -> str:
        """The ISO code of an amount: its own, its sign's, the file's only one, else the base. Said where assumed."""
        told = row.body.get("currency", "")
        code = money_signs.code(told) if told else self.of_sign(row.body.get("sign", ""))
        if told and not code:
            self.context.fault(
                row, "currency", told, _("this is not a currency"),
                _("Write the three letters of ISO 4217, e.g. EUR. The amount was taken as %(code)s.")
                % {"code": self.assumed(row)},
            )  # fmt: skip
        if not code:
            code = self.assumed(row)
            if "value" in row.body and not told:
                self.say_assumed(row, code)
        self.use(code)
        return code

    def of_sign(self, sign: str) -> str:
        """A dollar is the base's where the base is a dollar."""
        if sign == "$":
            return self.base if self.base in DOLLARS else "USD"
        return sign

    def assumed(self, row: Staged) -> str:
        """What an amount without a currency is taken for."""
        return self.context.plan.options.currency or self.by_file.get(row.file, "") or self.base

    def say_assumed(self, row: Staged, code: str) -> None:
        """A blank cell of a currency column is a warning; a file without such a column is one note."""
        if "currency" in self.context.headings.get(row.file, {}):
            self.context.fault(
                row, "currency", "", _("the currency is missing; the amount was taken as %(code)s") % {"code": code},
                _("Give the currency if it is another one."),
            )  # fmt: skip
        else:
            self.context.notes[
                _("%(file)s names no currency; its amounts were taken as %(code)s") % {"file": row.file, "code": code}
            ] += 1

    def use(self, code: str) -> None:
        """A currency that is not in use yet is put into use."""
        if code != self.base and code not in self.used:
            require_making(self.context.by, Currency, code)
            self.used.add(code)
            self.context.batch.create(Currency, {"code": code, "is_base": False}, self.context.stamp)
            self.context.note(Currency, code)

    def in_base(self, value: Any, code: str, day: str) -> str | None:
        """The amount in the base currency at the rate of a day (ISO); None where no rate is known by then."""
        if value is None:
            return None
        if code == self.base:
            return str(value)
        place = bisect_right(self.days[code], day)
        if place == 0:
            note = _("no exchange rate for %(code)s: its amounts are in no sum until it has one (Settings, Currencies)")
            self.context.notes[note % {"code": code}] += 1
            return None
        return format((Decimal(value) * self.rates[code][place - 1]).quantize(CENT), "f")
