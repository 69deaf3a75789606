"""Three indexes go that others hold already; each costs two pages on the disk at every vote.

Rows of the log are never to be touched, and SQLite writes a table anew to change a field of it; so the indexes are taken
from the database by their own names, and only Django's picture of the fields is changed.
"""

import django.db.models.deletion
from django.db import migrations, models

_INDEXES = (("vote", "conversation"), ("vote", "participant"), ("votelogentry", "conversation"))


def _automatic(schema_editor, model, column):
    """The index that came with the foreign key: of this column alone, and named by Django."""
    named = {index.name for index in model._meta.indexes}
    names = schema_editor._constraint_names(model, [column], index=True, unique=False, primary_key=False)
    return [name for name in names if name not in named]


def drop(apps, schema_editor):
    for name, field in _INDEXES:
        model = apps.get_model("conversations", name)
        for index in _automatic(schema_editor, model, f"{field}_id"):
            schema_editor.execute(schema_editor._delete_index_sql(model, index))


def put_back(apps, schema_editor):
    for name, field in _INDEXES:
        model = apps.get_model("conversations", name)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[model._meta.get_field(field)]))


class Migration(migrations.Migration):
    dependencies = [("conversations", "0008_heard_and_reports")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, put_back)],
            state_operations=[
                migrations.AlterField(
                    "vote",
                    "conversation",
                    models.ForeignKey(
                        "conversations.conversation",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                    ),
                ),
                migrations.AlterField(
                    "vote",
                    "participant",
                    models.ForeignKey(
                        "conversations.participant",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                    ),
                ),
                migrations.AlterField(
                    "votelogentry",
                    "conversation",
                    models.ForeignKey(
                        "conversations.conversation",
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                    ),
                ),
            ],
        )
    ]
