"""A tombstone has no address either: it holds the words of the title."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EMPTY = (
    *("title", "folded_title", "body", "replies", "teaser", "tags", "concepts", "title_concepts"),
    *("segmented_title", "segmented_body", "segmented_replies", "path", "care_level"),
)


def forget_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("search", "Document").objects.filter(is_tombstone=True).update(path="", care_level="")


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_learnt"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="document_tombstone_is_empty"),
        migrations.RunPython(forget_addresses, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(is_tombstone=False) | models.Q(**dict.fromkeys(EMPTY, "")),
                name="document_tombstone_is_empty",
            ),
        ),
    ]
