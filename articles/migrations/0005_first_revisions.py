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
        if article.expires_at and article.published_at and article.expires_at <= article.published_at:
            article.expires_at = None  # it never was public; the rows are about to refuse such times
        if article.status == "scheduled" and not _goes_public_by_itself(apps, article):
            # The worker would keep it back for good, and only its log would say so: reviewers find it in their list.
            article.status, article.edition, article.review_asked_at = "in_review", None, timezone.now()
        article.save()
        _set_right(apps.get_model("search", "Document").objects.filter(key=f"article:{article.pk}"), article)


def _goes_public_by_itself(apps, article):
    """Whether the new conditions hold: a reviewer with an account who has not written at it, and a reference."""
    if not article.is_medical:
        return True
    readings = apps.get_model("articles", "ArticleReading").objects.filter(revision=article.edition)
    return readings.exists() and bool(article.edition.sources)


def _set_right(document, article):
    """Search showed by the day what had not begun, and for good what was over: make it follow the states."""
    if article.status == "published":
        document.update(ends_at=article.expires_at)
    elif article.status == "expired":
        document.update(title="", folded_title="", body="", teaser="", is_tombstone=True)
    elif not document.filter(is_tombstone=True).exists():
        document.delete()


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
    revision = Revision.objects.create(
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
    _keep_reading(apps, article, revision)
    return revision


def _keep_reading(apps, article, revision):
    """The review that was a column becomes a reading, where the reviewer has an account that has not written at it."""
    reader = revision.reviewed_by.user_id if revision.reviewed_by else None
    writers = {article.author_id, *article.revisions.values_list("saved_by_id", flat=True)}
    if reader is not None and reader not in writers:
        apps.get_model("articles", "ArticleReading").objects.create(
            revision=revision, user_id=reader, physician=revision.reviewed_by, read_on=revision.reviewed_on
        )


def _entry(entry):
    html = to_html(entry.answer, "markdown") if entry.answer else ""
    return {"question": entry.question, "answer": entry.answer, "answer_html": html}


def _source(reference):
    checked_on = reference.checked_on.isoformat() if reference.checked_on else None
    return {"title": reference.title, "citation": reference.citation, "checked_on": checked_on}


class Migration(migrations.Migration):

    dependencies = [("articles", "0004_article_states"), ("search", "0003_document_ends_at")]

    operations = [migrations.RunPython(make_revisions, migrations.RunPython.noop)]
