"""What was public before neighbours came from the index is owed its surroundings: the worker computes them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PUBLIC = ("published", "closed")
CHUNK = 2000


def owe_surroundings(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every public question that has none a provisional row."""
    question, surroundings = (apps.get_model("faq", name) for name in ("Question", "Surroundings"))
    waiting = question.objects.filter(status__in=PUBLIC, surroundings__isnull=True).order_by("pk")
    last = 0
    while chunk := list(waiting.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        last = chunk[-1]
        surroundings.objects.bulk_create(
            [surroundings(question_id=pk, rules=0) for pk in chunk], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [
        ("faq", "0008_neighbour_quality"),
    ]

    operations = [
        migrations.RunPython(owe_surroundings, migrations.RunPython.noop),
    ]
