"""Scans that wait to be read are found without looking at every file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0006_whole_indexes")]

    operations = [
        migrations.AddIndex(
            model_name="sourcefile",
            index=models.Index(condition=models.Q(("role", "waiting")), fields=["id"], name="file_waiting"),
        ),
    ]
