from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_viewcount'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='ends_at',
            field=models.DateTimeField(null=True),
        ),
    ]
