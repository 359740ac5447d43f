"""The audit of looks at client details, which the database itself keeps from being changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSAL = "A row of the audit can't be changed or deleted."

POSTGRESQL = f"""
CREATE FUNCTION core_accessrecord_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL.replace("'", "''")}';
END $$;
CREATE TRIGGER core_accessrecord_append_only BEFORE UPDATE OR DELETE ON core_accessrecord
    FOR EACH ROW EXECUTE FUNCTION core_accessrecord_refuse();
"""

SQLITE = [
    f"""
    CREATE TRIGGER core_accessrecord_no_{action.lower()} BEFORE {action} ON core_accessrecord
    BEGIN SELECT RAISE(ABORT, '{REFUSAL.replace("'", "''")}'); END
    """
    for action in ("UPDATE", "DELETE")
]


def refuse_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
    else:
        for statement in SQLITE:
            schema_editor.execute(statement, params=None)


def allow_changes(apps, schema_editor):
    # The triggers go with the table, which this migration's reverse drops next.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER core_accessrecord_append_only ON core_accessrecord;"
            "DROP FUNCTION core_accessrecord_refuse();",
            params=None,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('user_name', models.CharField(max_length=150, verbose_name='who')),
                ('action', models.CharField(choices=[('view', 'viewed'), ('export', 'exported'), ('search', 'found')], max_length=8)),
                ('record_type', models.CharField(max_length=80)),
                ('record_id', models.PositiveBigIntegerField()),
                ('record_label', models.CharField(max_length=80, verbose_name='record')),
                ('details', models.CharField(max_length=200, verbose_name='what')),
                ('user', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'look at client details',
                'verbose_name_plural': 'looks at client details',
                'ordering': ['-at', '-pk'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['record_type', 'record_id'], name='access_by_record')],
            },
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
