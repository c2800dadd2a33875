"""Indexes that hold all that statistics and groups ask, so that no row need be read on either database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0005_voided_and_waiting")]

    operations = [
        migrations.RemoveIndex(model_name="task", name="task_given_lines"),
        migrations.RemoveIndex(model_name="task", name="task_given_groups"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["giver", "state", "due", "done_on", "area", "unit"], name="task_given_lines"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["giver", "clause", "state", "due", "id"], name="task_given_groups"),
        ),
    ]
