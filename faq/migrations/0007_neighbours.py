"""What neighbours share becomes a column: ten rows a question leave no room for a table of pairs."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CHUNK = 2000


def keep_shared(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the concepts of each row into its column, in the order of their numbers."""
    similar = apps.get_model("faq", "SimilarQuestion")
    rows = similar.objects.exclude(shared=None).order_by("pk").distinct()
    last = 0
    while chunk := list(rows.filter(pk__gt=last).prefetch_related("shared")[:CHUNK]):
        last = chunk[-1].pk
        for row in chunk:
            row.numbers = " ".join(str(pk) for pk in sorted(concept.pk for concept in row.shared.all())[:8])
        similar.objects.bulk_update(chunk, ["numbers"])


class Migration(migrations.Migration):
    dependencies = [
        ("faq", "0006_no_home_flag"),
    ]

    operations = [
        migrations.AddField(
            model_name="similarquestion",
            name="numbers",
            field=models.CharField(blank=True, default="", max_length=160),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="similarquestion",
            name="words",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(keep_shared, migrations.RunPython.noop),
        migrations.RemoveField(model_name="similarquestion", name="shared"),
        migrations.RenameField(model_name="similarquestion", old_name="numbers", new_name="shared"),
        migrations.CreateModel(
            name="Surroundings",
            fields=[
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="surroundings",
                        serialize=False,
                        to="faq.question",
                    ),
                ),
                ("topics", models.CharField(blank=True, max_length=200)),
                ("rules", models.PositiveSmallIntegerField(db_index=True, default=0)),
            ],
            options={
                "verbose_name": "surroundings of a question",
                "verbose_name_plural": "surroundings of questions",
            },
        ),
    ]
