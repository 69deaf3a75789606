from django.db import migrations

from knotwork.core.search.engines import prepare, take_away


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: prepare(editor.connection), lambda _apps, editor: take_away(editor.connection)
        )
    ]
