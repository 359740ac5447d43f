"""States of bookings, and their history, whose rows the database itself keeps from being altered."""

import cms.core.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


REFUSAL = "A row of a booking's history can't be changed."

POSTGRESQL = f"""
CREATE FUNCTION scheduling_bookingchange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL.replace("'", "''")}';
END $$;
CREATE TRIGGER scheduling_bookingchange_no_update BEFORE UPDATE ON scheduling_bookingchange
    FOR EACH ROW EXECUTE FUNCTION scheduling_bookingchange_refuse();
"""

SQLITE = f"""
CREATE TRIGGER scheduling_bookingchange_no_update BEFORE UPDATE ON scheduling_bookingchange
BEGIN SELECT RAISE(ABORT, '{REFUSAL.replace("'", "''")}'); END
"""


def refuse_changes(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if is_postgresql else SQLITE, params=None)


def allow_changes(apps, schema_editor):
    # The trigger goes with the table, which this migration's reverse drops next.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER scheduling_bookingchange_no_update ON scheduling_bookingchange;"
            "DROP FUNCTION scheduling_bookingchange_refuse();",
            params=None,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('locations', '0001_initial'),
        ('scheduling', '0002_profile_traits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BookingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.CharField(choices=[('client', 'client'), ('therapist', 'therapist, by the link in a mail'), ('staff', 'staff'), ('program', 'program')], max_length=16, verbose_name='who')),
                ('user_name', models.CharField(blank=True, max_length=150)),
                ('before', models.CharField(choices=[('held', 'held'), ('requested', 'asked for'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('expired', 'not answered in time'), ('cancelled', 'cancelled'), ('late_cancelled', 'cancelled late'), ('completed', 'took place'), ('no_show', 'client did not come')], max_length=16)),
                ('after', models.CharField(choices=[('requested', 'asked for'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('expired', 'not answered in time'), ('cancelled', 'cancelled'), ('late_cancelled', 'cancelled late'), ('completed', 'took place'), ('no_show', 'client did not come')], max_length=16)),
                ('moved_from', models.DateTimeField(help_text='The start it had, where it moved.', null=True)),
                ('reason', cms.core.fields.EncryptedTextField(blank=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='booking',
            options={'ordering': ['-starts_at'], 'permissions': [('view_client_details', "Can see clients' names and how to reach them"), ('view_all_bookings', 'Can see the bookings of every therapist, not only their own'), ('cancel_booking', 'Can cancel a booking for a client'), ('record_outcome', 'Can say whether a session took place')]},
        ),
        migrations.AddField(
            model_name='schedulingsettings',
            name='complete_after_hours',
            field=models.PositiveSmallIntegerField(default=24, help_text='Until then you can say that a client did not come; later you can correct it.', validators=[django.core.validators.MaxValueValidator(336)], verbose_name='hours after its end until a session counts as having taken place'),
        ),
        migrations.AlterField(
            model_name='booking',
            name='status',
            field=models.CharField(choices=[('requested', 'asked for'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('expired', 'not answered in time'), ('cancelled', 'cancelled'), ('late_cancelled', 'cancelled late'), ('completed', 'took place'), ('no_show', 'client did not come')], default='confirmed', max_length=16),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['status', 'ends_at'], name='booking_by_status'),
        ),
        migrations.AddField(
            model_name='bookingchange',
            name='booking',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='scheduling.booking'),
        ),
        migrations.AddField(
            model_name='bookingchange',
            name='user',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
