from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("faq", "0005_draft_keeps_everything"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="moreinfo",
            options={
                "permissions": [("review_moreinfo", "Can approve more info as medically reviewed")],
                "verbose_name": "more info",
                "verbose_name_plural": "more infos",
            },
        ),
        migrations.AlterModelOptions(
            name="topic",
            options={
                "ordering": ("department__order", "pk"),
                "permissions": [("review_topic", "Can approve topics as medically reviewed")],
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
            },
        ),
    ]
