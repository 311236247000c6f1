"""Columns for tables that are long already."""

from __future__ import annotations

from typing import Any

from django.db import migrations


class AddColumn(migrations.AddField):
    """As AddField, but SQLite adds the column in place.

    Django writes a table anew for every column that may not be null, which takes minutes with hundreds of thousands of
    rows. SQLite adds one with a constant default at once; that the default stays in the schema does no harm, since
    every insert names every column.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """On PostgreSQL, which adds columns in place, as ever."""
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        definition, params = schema_editor.column_sql(model, field, include_default=True)
        if check := field.db_parameters(schema_editor.connection)["check"]:
            definition += f" CHECK ({check})"
        quote = schema_editor.quote_name
        sql = f"ALTER TABLE {quote(model._meta.db_table)} ADD COLUMN {quote(field.column)} {definition}"
        schema_editor.execute(sql, params or None)
