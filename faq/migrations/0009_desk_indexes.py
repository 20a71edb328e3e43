from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("faq", "0008_said_names")]

    operations = [
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["status", "-id"], name="question_status"),
        ),
        migrations.AddIndex(
            model_name="questionevent",
            index=models.Index(fields=["actor", "-id"], name="event_actor"),
        ),
        migrations.AddIndex(
            model_name="taggedquestion",
            index=models.Index(fields=["tag", "-content_object"], name="taggedquestion_newest"),
        ),
    ]
