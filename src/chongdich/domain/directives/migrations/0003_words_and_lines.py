"""Indexes for search by words and for long lists of tasks."""

from typing import Any

from django.db import migrations, models

from chongdich.domain.directives import searching


def install(apps: Any, schema_editor: Any) -> None:
    searching.install(schema_editor.connection.alias)


def remove(apps: Any, schema_editor: Any) -> None:
    searching.remove(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("directives", "0002_refused_documents")]

    operations = [
        migrations.RemoveIndex(model_name="task", name="task_of_unit"),
        migrations.RemoveIndex(model_name="task", name="task_given"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["unit", "state", "due", "done_on", "area"], name="task_unit_lines"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["giver", "state", "due", "done_on", "area"], name="task_given_lines"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["giver", "clause", "state", "due"], name="task_given_groups"),
        ),
        migrations.AddIndex(
            model_name="directive",
            index=models.Index(fields=["number"], name="directive_number"),
        ),
        migrations.CreateModel(
            name="DirectiveWords",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        db_column="id",
                        db_constraint=False,
                        on_delete=models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="directives.directive",
                    ),
                ),
                ("place", models.BigIntegerField()),
                ("asked", models.TextField()),
            ],
            options={"db_table": "directive_words_found", "managed": False},
        ),
        migrations.CreateModel(
            name="TaskWords",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        db_column="id",
                        db_constraint=False,
                        on_delete=models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="directives.task",
                    ),
                ),
                ("place", models.BigIntegerField()),
                ("asked", models.TextField()),
            ],
            options={"db_table": "task_words_found", "managed": False},
        ),
        migrations.RunPython(install, remove),
    ]
