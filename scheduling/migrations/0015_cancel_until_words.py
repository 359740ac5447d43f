"""Say what `cancel_until` is. Only words change: no table is altered, so no trigger is lost."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("scheduling", "0014_history_guarded_again")]

    operations = [
        migrations.AlterField(
            model_name="booking",
            name="cancel_until",
            field=models.DateTimeField(
                help_text="Until this instant cancelling or moving costs nothing; fixed when it was booked."
            ),
        ),
    ]
