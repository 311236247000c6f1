"""The full-text indexes beside the table of documents, kept by the database itself.

SQLite: two FTS5 tables, of names and of all words, which hold no text of their own; triggers tell them of every row that
comes or goes. PostgreSQL: two generated columns of lexemes, each with a GIN index; no extension is needed.
"""

from django.db import migrations

FTS = """fts5({columns}, content='searching_document', content_rowid='rank', columnsize=0,
         tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')"""

SQLITE = [
    "CREATE VIRTUAL TABLE searching_names USING " + FTS.format(columns="name"),
    "CREATE VIRTUAL TABLE searching_words USING " + FTS.format(columns="name, body"),
    """CREATE TRIGGER searching_come AFTER INSERT ON searching_document BEGIN
         INSERT INTO searching_names (rowid, name) VALUES (new.rank, new.name);
         INSERT INTO searching_words (rowid, name, body) VALUES (new.rank, new.name, new.body);
       END""",
    """CREATE TRIGGER searching_gone AFTER DELETE ON searching_document BEGIN
         INSERT INTO searching_names (searching_names, rowid, name) VALUES ('delete', old.rank, old.name);
         INSERT INTO searching_words (searching_words, rowid, name, body) VALUES ('delete', old.rank, old.name, old.body);
       END""",
    "CREATE INDEX searching_document_name ON searching_document (kind, name)",
]
SQLITE_BACK = [
    "DROP TRIGGER searching_come",
    "DROP TRIGGER searching_gone",
    "DROP INDEX searching_document_name",
    "DROP TABLE searching_names",
    "DROP TABLE searching_words",
]
POSTGRESQL = [
    """ALTER TABLE searching_document
         ADD COLUMN names tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(name, ' '))) STORED,
         ADD COLUMN words tsvector GENERATED ALWAYS AS
           (array_to_tsvector(string_to_array(name, ' ') || string_to_array(body, ' '))) STORED""",
    "CREATE INDEX searching_document_names ON searching_document USING gin (names)",
    "CREATE INDEX searching_document_words ON searching_document USING gin (words)",
    "CREATE INDEX searching_document_name ON searching_document (kind, name text_pattern_ops)",
]
POSTGRESQL_BACK = [
    "DROP INDEX searching_document_name",
    "ALTER TABLE searching_document DROP COLUMN names, DROP COLUMN words",
]


def forward(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("searching", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
