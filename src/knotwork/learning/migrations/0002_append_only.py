from django.db import migrations

from knotwork.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial")]

    operations = [append_only("learning_threewords")]
