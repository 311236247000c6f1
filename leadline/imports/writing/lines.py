"""Products in deals: named in the deal's own row, or in a file of lines."""

from decimal import Decimal

from django.utils.translation import gettext as _

from leadline.crm.models import DealProduct
from leadline.imports.kinds import Kind
from leadline.imports.planning.rows import deal_key
from leadline.imports.planning.staging import Staged
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import states
from leadline.imports.writing.everything import Everything

CENT = Decimal("0.01")


class Told:
    """The product that a deal's row names becomes its line, unless the deal has that line."""

    def __init__(self, all_: Everything, known: dict[int, State]) -> None:
        self.all_ = all_
        self.has: set[tuple[int, int]] = set()
        if known:
            rows = DealProduct.objects.kept().filter(deal_id__in=list(known))
            self.has = set(rows.values_list("deal_id", "product_id"))

    def line(self, row: Staged, deal: int, begun: str = "") -> None:
        """The line of one deal, there since the deal `begun`: a history tells nothing of lines. Else since now."""
        body, context = row.body, self.all_.context
        if "product" not in body and "product.id" not in body:
            return
        product = self.all_.products.of(body)
        if product is None:
            if "product" not in body:
                context.fault(row, "product.id", body["product.id"], *unknown_product())
                return
            product = self.all_.products.get(body["product"], active=True)
        if (deal, product) in self.has:
            return
        self.has.add((deal, product))
        quantity = Decimal(body.get("product_quantity") or 1)
        state: State = {
            "deal_id": deal,
            "product_id": product,
            "quantity": thousandths(quantity),
            "discount": "0.00",
            "position": 0,
        }
        if "product_price" in body and quantity:
            state["unit_price"] = format((Decimal(body["product_price"]) / quantity).quantize(CENT), "f")
        context.batch.create(DealProduct, state, min(begun or context.stamp, context.stamp))


def bring_in(all_: Everything, chunk: list[Staged]) -> None:
    """Rows of a file of lines."""
    context = all_.context
    all_.deals.look_up((deal_key(row.body), row.body.get("deal.id") or row.body.get("deal", "")) for row in chunk)
    deals = {row.id: all_.deals.get(deal_key(row.body)) for row in chunk}
    there = existing(deals.values())
    known = states(DealProduct, there.values())
    for row in chunk:
        deal = deals[row.id]
        if deal is None:
            context.fault(
                row, "deal.id" if "deal.id" in row.body else "deal", deal_key(row.body)[2:], _("there is no such deal"),
                _("Correct the id, or import the deal as well."), fatal=True,
            )  # fmt: skip
            continue
        product = all_.products.of(row.body)
        if product is None and "product" in row.body:
            product = all_.products.get(row.body["product"], active=True)
        if product is None:
            field = "product.id" if "product.id" in row.body else "code"
            context.fault(row, field, row.body.get(field, ""), *unknown_product(), fatal=True)
            continue
        wanted = line(all_, row, deal, product)
        pk = there.get(("x", row.ext)) if row.ext else there.get((deal, product))
        pk = context.settle(Kind.DEAL_PRODUCTS, DealProduct, pk, known.get(pk or 0), wanted)
        there[("x", row.ext) if row.ext else (deal, product)] = pk


def existing(deals: object) -> dict[object, int]:
    """Lines that are there, by external id and by deal and product."""
    ids = [pk for pk in deals if pk and pk > 0]  # type: ignore[attr-defined]  # the values of a dict
    rows = DealProduct.objects.kept().filter(deal_id__in=ids).values_list("pk", "deal_id", "product_id", "external_id")
    found: dict[object, int] = {}
    for pk, deal, product, external in rows:
        found[(deal, product)] = pk
        if external:
            found[("x", external)] = pk
    return found


def line(all_: Everything, row: Staged, deal: int, product: int) -> State:
    """The fields of a line."""
    body = row.body
    quantity = Decimal(body.get("quantity") or 1)
    price = Decimal(body["unit_price"]) if "unit_price" in body else None
    if price is None and "line_total" in body and quantity:
        price = (Decimal(body["line_total"]) / quantity).quantize(CENT)
    state: State = {
        "deal_id": deal, "product_id": product, "quantity": thousandths(quantity),
        "discount": discount(all_, row, quantity, price), "position": int(float(body.get("position", 0))),
    }  # fmt: skip
    if price is not None:
        state["unit_price"] = format(price, "f")
    if row.ext:
        state["external_id"] = row.ext
    return state


def discount(all_: Everything, row: Staged, quantity: Decimal, price: Decimal | None) -> str:
    """Percent. More than a hundred can only be an amount off the whole line: taken as its share, and said."""
    given = Decimal(row.body.get("discount") or 0)
    if given <= 100:
        return format(max(given, Decimal(0)).quantize(CENT), "f")
    total = quantity * (price or Decimal(0))
    share = (min(given / total, Decimal(1)) * 100).quantize(CENT) if total else Decimal("0.00")
    all_.context.fault(
        row, "discount", str(given),
        _("a discount of more than 100 percent was taken as an amount: %(share)s %%") % {"share": share},
        _("Write the discount in percent."),
    )  # fmt: skip
    return format(share, "f")


def thousandths(quantity: Decimal) -> str:
    """As the database keeps quantities."""
    return format(quantity.quantize(Decimal("0.001")), "f")


def unknown_product() -> tuple[str, str]:
    """Reason and mend."""
    return _("there is no product with this id"), _("Correct the id, or import the product as well.")
