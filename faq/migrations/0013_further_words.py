"""Follow-ups and supplements are found as well: threads that have some get their documents anew.

Emptied replies are what the worker's `complete-documents` looks for, at its first start after the upgrade.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, OuterRef, Q

PUBLIC = ("published", "closed")
CHUNK = 2000


def owe_documents(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the documents of all public threads with a follow-up or a supplement be completed."""
    question, added, info = (apps.get_model("faq", name) for name in ("Question", "FollowUp", "MoreInfo"))
    document = apps.get_model("search", "Document")
    own = {"question": OuterRef("pk"), "is_public": True}
    threads = question.objects.filter(
        Q(Exists(added.objects.filter(**own))) | Q(Exists(info.objects.filter(**own))), status__in=PUBLIC
    )
    last = 0
    while chunk := list(threads.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        last = chunk[-1]
        document.objects.filter(key__in=[f"question:{pk}" for pk in chunk]).update(replies="")


class Migration(migrations.Migration):
    dependencies = [
        ("faq", "0012_partial_indexes"),
        ("search", "0009_tombstone_path"),
    ]

    operations = [
        migrations.RunPython(owe_documents, migrations.RunPython.noop),
    ]
