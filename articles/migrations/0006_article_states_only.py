import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_first_revisions'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='historicalarticle',
            name='author',
        ),
        migrations.RemoveField(
            model_name='historicalarticle',
            name='department',
        ),
        migrations.RemoveField(
            model_name='historicalarticle',
            name='history_user',
        ),
        migrations.RemoveField(
            model_name='historicalarticle',
            name='reviewed_by',
        ),
        migrations.RemoveField(
            model_name='historicalarticle',
            name='translation_of',
        ),
        migrations.RemoveField(
            model_name='article',
            name='body_html',
        ),
        migrations.RemoveField(
            model_name='article',
            name='is_public',
        ),
        migrations.RemoveField(
            model_name='articlefaqentry',
            name='answer_html',
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['published', 'scheduled']), _negated=True), ('is_medical', False), models.Q(('reviewed_on__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='article_public_is_reviewed'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['published', 'scheduled']), _negated=True), models.Q(('edition__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='article_public_has_edition'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__isnull', True), ('published_at__isnull', True), ('expires_at__gt', models.F('published_at')), _connector='OR'), name='article_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), _negated=True), models.Q(('withdrawn_note', ''), _negated=True), _connector='OR'), name='article_withdrawn_says_why'),
        ),
        migrations.DeleteModel(
            name='HistoricalArticle',
        ),
    ]
