"""Guard the history of bookings again on SQLite.

To alter a table SQLite's schema editor makes a new one and drops the old, and with it the trigger of
0003 that refuses changes. Whoever alters this table further must end with the same operation.
"""

from importlib import import_module

from django.db import migrations

TRIGGER = "scheduling_bookingchange_no_update"
CREATE = import_module("scheduling.migrations.0003_booking_states").SQLITE


def refuse_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TRIGGER}", params=None)
        schema_editor.execute(CREATE, params=None)


class Migration(migrations.Migration):

    dependencies = [("scheduling", "0013_series")]

    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop)]
