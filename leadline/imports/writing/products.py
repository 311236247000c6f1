"""Products: rows of a product file, and products that deals name."""

from typing import Any

from leadline.crm.models import Product
from leadline.imports.planning.staging import Staged
from leadline.imports.values import spelling
from leadline.imports.writing.context import Context
from leadline.imports.writing.names import Names


class Products(Names):
    """Products by name, code and external id."""

    def __init__(self, context: Context) -> None:
        self.by_code: dict[str, int] = {}
        super().__init__(context, Product, "product")
        rows = Product.objects.kept().exclude(code="").order_by("-pk").values_list("pk", "code")
        self.by_code = {spelling.key(code): pk for pk, code in rows}

    def find(self, text: str) -> int | None:
        """The product meant by an id, a code or a name."""
        return super().find(text) or self.by_code.get(spelling.key(text))

    def of(self, body: dict[str, Any]) -> int | None:
        """The product that a line names by id, code or name; None where none of them is known."""
        for field in ("product.id", "code", "product"):
            found = self.find(body[field]) if field in body else None
            if found is not None:
                return found
        return None

    def match(self, row: Staged) -> int | None:
        """The product that a row of a product file tells of, if known."""
        if row.ext:
            return self.by_external.get(row.ext) or self.unclaimed(row.body.get("name", ""))
        return self.find(row.body.get("code", "") or row.body["name"])

    def unclaimed(self, name: str) -> int | None:
        """A product of that name which has no id yet: made when a deal named it."""
        found = self.by_key.get(spelling.key(name)) if name else None
        return None if found in self.by_external.values() else found
