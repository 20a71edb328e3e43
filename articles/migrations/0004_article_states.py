import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_picture'),
        ('faq', '0003_ageing'),
        ('people', '0002_opened_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20, verbose_name='act')),
                ('from_status', models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('scheduled', 'scheduled'), ('published', 'published'), ('expired', 'expired'), ('withdrawn', 'withdrawn')], max_length=10, verbose_name='from')),
                ('to_status', models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('scheduled', 'scheduled'), ('published', 'published'), ('expired', 'expired'), ('withdrawn', 'withdrawn')], max_length=10, verbose_name='to')),
                ('who', models.CharField(choices=[('editor', 'editor'), ('reviewer', 'medical reviewer'), ('system', 'the system')], max_length=10, verbose_name='who')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ArticleFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16, verbose_name='kind')),
                ('excerpt', models.CharField(max_length=200, verbose_name='words')),
                ('decision', models.CharField(choices=[('open', 'open'), ('keep', 'stays: it belongs to no patient')], default='open', max_length=8, verbose_name='decision')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ArticleReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='read on')),
            ],
            options={
                'verbose_name': 'reading',
                'verbose_name_plural': 'readings',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ArticleRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('lede', models.TextField(blank=True, verbose_name='lede')),
                ('body', models.TextField(verbose_name='body')),
                ('body_html', models.TextField(editable=False)),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('author_name', models.CharField(blank=True, max_length=80, verbose_name='author')),
                ('entries', models.JSONField(blank=True, default=list, verbose_name='FAQ entries')),
                ('sources', models.JSONField(blank=True, default=list, verbose_name='references')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saved at')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what changed')),
                ('is_small', models.BooleanField(default=False, verbose_name='small correction')),
                ('reviewed_on', models.DateField(null=True, verbose_name='reviewed on')),
                ('next_review_on', models.DateField(null=True, verbose_name='next review on')),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ('-number',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='article',
            name='article_public_is_reviewed',
        ),
        migrations.RemoveConstraint(
            model_name='article',
            name='article_public_is_dated',
        ),
        migrations.AddField(
            model_name='article',
            name='author_physician',
            field=models.ForeignKey(blank=True, help_text='Where the author is a physician of the house.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles_written', to='people.physician', verbose_name="author's profile"),
        ),
        migrations.AddField(
            model_name='article',
            name='comment_count',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='comments'),
        ),
        migrations.AddField(
            model_name='article',
            name='comments_until',
            field=models.DateField(blank=True, help_text='The last day; empty means without end.', null=True, verbose_name='comments until'),
        ),
        migrations.AddField(
            model_name='article',
            name='description',
            field=models.CharField(blank=True, help_text='One or two sentences for search engines and links.', max_length=300, verbose_name='description'),
        ),
        migrations.AddField(
            model_name='article',
            name='hero',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='articles.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='article',
            name='import_notes',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='article',
            name='in_line_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='found in line at'),
        ),
        migrations.AddField(
            model_name='article',
            name='needs_second_reader',
            field=models.BooleanField(default=False, help_text='Two reviewers have to approve the text.', verbose_name='needs a second reviewer'),
        ),
        migrations.AddField(
            model_name='article',
            name='outdated_note',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it is outdated'),
        ),
        migrations.AddField(
            model_name='article',
            name='outdated_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='outdated since'),
        ),
        migrations.AddField(
            model_name='article',
            name='outdated_see',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='see instead'),
        ),
        migrations.AddField(
            model_name='article',
            name='questions',
            field=models.ManyToManyField(blank=True, related_name='articles', to='faq.question', verbose_name='related questions'),
        ),
        migrations.AddField(
            model_name='article',
            name='review_asked_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='handed in for review at'),
        ),
        migrations.AddField(
            model_name='article',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('scheduled', 'scheduled'), ('published', 'published'), ('expired', 'expired'), ('withdrawn', 'withdrawn')], default='draft', editable=False, max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='article',
            name='takes_comments',
            field=models.BooleanField(default=False, verbose_name='readers may comment'),
        ),
        migrations.AddField(
            model_name='article',
            name='text_changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='text changed at'),
        ),
        migrations.AddField(
            model_name='article',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='article',
            name='withdrawn_note',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it was withdrawn'),
        ),
        migrations.AlterField(
            model_name='article',
            name='expires_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='expires at'),
        ),
        migrations.AlterField(
            model_name='article',
            name='next_review_on',
            field=models.DateField(blank=True, db_index=True, null=True, verbose_name='next review on'),
        ),
        migrations.AlterField(
            model_name='article',
            name='published_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published at'),
        ),
        migrations.AlterField(
            model_name='article',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviewed_articles', to='people.physician', verbose_name='medically reviewed by'),
        ),
        migrations.AlterField(
            model_name='article',
            name='views',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='views'),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='article_events', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='articles.article'),
        ),
        migrations.AddField(
            model_name='articlefinding',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='articles.article'),
        ),
        migrations.AddField(
            model_name='articlefinding',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articlereading',
            name='physician',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.physician'),
        ),
        migrations.AddField(
            model_name='articlereading',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articlerevision',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='articles.article'),
        ),
        migrations.AddField(
            model_name='articlerevision',
            name='author_physician',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.physician', verbose_name='author'),
        ),
        migrations.AddField(
            model_name='articlerevision',
            name='hero',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='articlerevision',
            name='restored_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.articlerevision'),
        ),
        migrations.AddField(
            model_name='articlerevision',
            name='reviewed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.physician', verbose_name='medically reviewed by'),
        ),
        migrations.AddField(
            model_name='articlerevision',
            name='saved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
        ),
        migrations.AddField(
            model_name='articlereading',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='articles.articlerevision'),
        ),
        migrations.AddField(
            model_name='article',
            name='draft',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.articlerevision'),
        ),
        migrations.AddField(
            model_name='article',
            name='edition',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.articlerevision'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['status', 'published_at'], name='article_status'),
        ),
        migrations.AddConstraint(
            model_name='articleevent',
            constraint=models.CheckConstraint(condition=models.Q(('who', 'system'), ('actor__isnull', False), _connector='OR'), name='articleevent_staff_is_named'),
        ),
        migrations.AddConstraint(
            model_name='articlefinding',
            constraint=models.UniqueConstraint(fields=('article', 'kind', 'excerpt'), name='articlefinding_once'),
        ),
        migrations.AddConstraint(
            model_name='articlerevision',
            constraint=models.UniqueConstraint(fields=('article', 'number'), name='articlerevision_number'),
        ),
        migrations.AddConstraint(
            model_name='articlerevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_by__isnull', True), ('reviewed_on__isnull', True)), models.Q(('reviewed_by__isnull', False), ('reviewed_on__isnull', False)), _connector='OR'), name='articlerevision_review_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='articlereading',
            constraint=models.UniqueConstraint(fields=('revision', 'user'), name='articlereading_once'),
        ),
    ]
