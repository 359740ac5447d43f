"""How visits to calendars went by day, what last changed, and whose calendar it is, encrypted."""

from django.db import migrations, models

import cms.core.fields
import scheduling.models.calendars


def encrypt_addresses(apps, schema_editor):
    feeds = apps.get_model("scheduling", "CalendarFeed").objects.using(schema_editor.connection.alias)
    for feed in feeds.exclude(owner_in_clear="").only("pk", "owner_in_clear"):
        feed.owner_address = feed.owner_in_clear
        feed.save(update_fields=["owner_address"])


def decrypt_addresses(apps, schema_editor):
    feeds = apps.get_model("scheduling", "CalendarFeed").objects.using(schema_editor.connection.alias)
    for feed in feeds.only("pk", "owner_address"):
        feed.owner_in_clear = feed.owner_address
        feed.save(update_fields=["owner_in_clear"])


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0004_reminders")]

    operations = [
        migrations.AddField(
            model_name="calendarfeed",
            name="times_came",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="times_went",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="visits",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.RenameField(
            model_name="calendarfeed", old_name="owner_address", new_name="owner_in_clear"
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="owner_address",
            field=cms.core.fields.EncryptedTextField(
                blank=True,
                default="",
                help_text="Invitations that this address declined take no time. Left empty, it is the therapist's e-mail for notices. Several are separated by commas. Stored encrypted.",
                validators=[scheduling.models.calendars.validate_addresses],
                verbose_name="therapist's e-mail address in this calendar",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(encrypt_addresses, decrypt_addresses),
        migrations.RemoveField(model_name="calendarfeed", name="owner_in_clear"),
    ]
