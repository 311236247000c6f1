"""SQLite: the index by name, which adding a column had lost. On PostgreSQL each lexeme begins with its record's kind, so
that a common word of one kind costs nothing in another."""

from django.db import migrations


def lexemes(column):
    return f"string_to_array(kind::text || replace({column}, ' ', ' ' || kind::text), ' ')"


FORWARD = [
    "ALTER TABLE searching_document DROP COLUMN names, DROP COLUMN words",
    f"""ALTER TABLE searching_document
          ADD COLUMN names tsvector GENERATED ALWAYS AS (array_to_tsvector({lexemes("name")})) STORED,
          ADD COLUMN words tsvector GENERATED ALWAYS AS (array_to_tsvector(
            {lexemes("name")} || {lexemes("body")} || {lexemes("parties")})) STORED""",
    "CREATE INDEX searching_document_names ON searching_document USING gin (names)",
    "CREATE INDEX searching_document_words ON searching_document USING gin (words)",
]


SQLITE = ["CREATE INDEX IF NOT EXISTS searching_document_name ON searching_document (kind, name)"]


def forward(apps, schema_editor):
    for statement in FORWARD if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("searching", "0003_parties")]
    operations = [migrations.RunPython(forward)]
