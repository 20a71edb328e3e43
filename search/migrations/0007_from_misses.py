from django.db import migrations


def keep_decisions(apps, schema_editor):
    """Keep what was settled, by its digest alone: from how many places the words came nobody knows any more.

    What nobody had settled begins anew with the next search.
    """
    misses = apps.get_model("search", "SearchMiss").objects.filter(settled_at__isnull=False)
    columns = ("digest", "language", "last_on", "settled_at", "concept_id")
    query = apps.get_model("search", "SearchQuery")
    rows = [query(**row) for row in misses.values(*columns)]
    query.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0006_searches"),
    ]

    operations = [
        migrations.RunPython(keep_decisions, migrations.RunPython.noop),
        migrations.DeleteModel(name="SearchMiss"),
    ]
