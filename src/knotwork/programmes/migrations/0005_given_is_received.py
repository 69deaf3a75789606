"""What was given had come: it counts as received. Backwards, what came counts as given and a promise as pledged."""

from django.db import migrations

FORWARDS = {'given': 'received'}
BACKWARDS = {'received': 'given', 'spent': 'given', 'agreed': 'pledged'}


def forwards(apps, _schema_editor):
    _rename(apps, FORWARDS)


def backwards(apps, _schema_editor):
    _rename(apps, BACKWARDS)


def _rename(apps, names):
    entries = apps.get_model('programmes', 'LedgerEntry').objects
    for old, new in names.items():
        entries.filter(state=old).update(state=new)


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0004_ledger_states'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
