from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("faq", "0010_lists_of_what_is_public")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="helpful",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="found helpful"),
        ),
        migrations.AddField(
            model_name="question",
            name="unhelpful",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="found not helpful"),
        ),
    ]
