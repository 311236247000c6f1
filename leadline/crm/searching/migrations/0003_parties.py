"""Names of other records stand apart from a record's own words: not everybody who sees it sees those too."""

from django.db import migrations, models

WORDS = """CREATE VIRTUAL TABLE searching_words USING fts5(name, body, parties, content='searching_document',
           content_rowid='rank', columnsize=0, tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')"""
COME = """CREATE TRIGGER searching_come AFTER INSERT ON searching_document BEGIN
            INSERT INTO searching_names (rowid, name) VALUES (new.rank, new.name);
            INSERT INTO searching_words (rowid, name, body, parties)
              VALUES (new.rank, new.name, new.body, new.parties);
          END"""
GONE = """CREATE TRIGGER searching_gone AFTER DELETE ON searching_document BEGIN
            INSERT INTO searching_names (searching_names, rowid, name) VALUES ('delete', old.rank, old.name);
            INSERT INTO searching_words (searching_words, rowid, name, body, parties)
              VALUES ('delete', old.rank, old.name, old.body, old.parties);
          END"""
POSTGRESQL = [
    "ALTER TABLE searching_document DROP COLUMN words",
    """ALTER TABLE searching_document ADD COLUMN words tsvector GENERATED ALWAYS AS (array_to_tsvector(
         string_to_array(name, ' ') || string_to_array(body, ' ') || string_to_array(parties, ' '))) STORED""",
    "CREATE INDEX searching_document_words ON searching_document USING gin (words)",
]


def empty(apps, schema_editor):
    """The index is made anew; emptied while the triggers that go with its rows still stand."""
    for model in ("Document", "Word", "Stale", "Progress"):
        apps.get_model("searching", model).objects.all().delete()
    if schema_editor.connection.vendor == "sqlite":
        for name in ("TRIGGER searching_come", "TRIGGER searching_gone", "TABLE searching_words"):
            schema_editor.execute(f"DROP {name}")


def index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else (WORDS, COME, GONE):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("searching", "0002_full_text")]
    operations = [
        migrations.RunPython(empty),
        migrations.AddField("document", "parties", models.TextField(default=""), preserve_default=False),
        migrations.RunPython(index),
    ]
