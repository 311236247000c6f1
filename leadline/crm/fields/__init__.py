"""What each kind of record has, field by field.

Lists, filters, editing in place, changing many, exporting and rules all read it: a field that is told here once is
everywhere. `fields_of("deal")` gives them in the order in which people read them, own fields last.
"""

from leadline.crm.fields.field import Field, FieldKind
from leadline.crm.fields.linked import HIDDEN, Linked
from leadline.crm.fields.registry import add_fields, field_of, fields_of, kinds

__all__ = ["HIDDEN", "Field", "FieldKind", "Linked", "add_fields", "field_of", "fields_of", "kinds"]
