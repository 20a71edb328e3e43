"""What was an article with a history becomes an article with states and revisions: every saved version is kept."""

from django.db import migrations
from django.utils import timezone

from text import markdown
from text.render import to_html

SAME = ("title", "lede", "body", "author_name")


def make_revisions(apps, schema_editor):
    for article in apps.get_model("articles", "Article").objects.order_by("pk"):
        revision = _revisions_of(apps, article)
        article.status = _status_of(article)
        article.draft = revision
        article.edition = revision if article.status in ("scheduled", "published") else None
        article.version = revision.number
        article.save()


def _status_of(article):
    if not article.is_public:
        return "draft"
    if article.published_at > timezone.now():
        return "scheduled"
    return "expired" if article.expires_at and article.expires_at <= timezone.now() else "published"


def _revisions_of(apps, article):
    Revision, History = (apps.get_model("articles", name) for name in ("ArticleRevision", "HistoricalArticle"))
    versions = [version for version in History.objects.filter(id=article.pk).order_by("history_date", "history_id")]
    number, last = 0, None
    for version in versions:
        said = {name: getattr(version, name) for name in SAME}
        if said == last or said == {name: getattr(article, name) for name in SAME}:
            continue
        number, last = number + 1, said
        Revision.objects.create(
            article=article, number=number, body_html=markdown.render(version.body, heading=2),
            saved_by_id=version.history_user_id, saved_at=version.history_date, **said,
        )
    newest = versions[-1] if versions else None
    return Revision.objects.create(
        article=article,
        number=number + 1,
        body_html=markdown.render(article.body, heading=2),
        entries=[_entry(entry) for entry in article.faq_entries.order_by("order", "pk")],
        sources=[_source(reference) for reference in article.references.order_by("order", "pk")],
        saved_by_id=newest.history_user_id if newest else article.author_id,
        saved_at=newest.history_date if newest else timezone.now(),
        reviewed_by=article.reviewed_by if article.reviewed_on else None,
        reviewed_on=article.reviewed_on if article.reviewed_by else None,
        next_review_on=article.next_review_on,
        **{name: getattr(article, name) for name in SAME},
    )


def _entry(entry):
    html = to_html(entry.answer, "markdown") if entry.answer else ""
    return {"question": entry.question, "answer": entry.answer, "answer_html": html}


def _source(reference):
    checked_on = reference.checked_on.isoformat() if reference.checked_on else None
    return {"title": reference.title, "citation": reference.citation, "checked_on": checked_on}


class Migration(migrations.Migration):

    dependencies = [("articles", "0004_article_states")]

    operations = [migrations.RunPython(make_revisions, migrations.RunPython.noop)]
