"""What must hold for a text of an article to be public, beside what the database itself refuses."""

from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from articles.models.finding import ArticleFinding
from articles.models.revision import ArticleReading, ArticleRevision
from articles.states import PUBLIC

NOT_MEDICAL: Final = Q(is_medical=False)


def conditions(articles: Any, revision: ArticleRevision) -> list[tuple[str, Q]]:
    """Return each condition on the row of an article with the sentence for whoever misses it.

    They span tables, so they stand in the UPDATE that makes the text public, under the lock of the article's row:
    whatever alters one of these tables takes that lock too.
    """
    this = ArticleRevision.objects.filter(article=OuterRef("pk"), pk=revision.pk)
    # Findings are those of the newest text: what is only there keeps back no older one that was scheduled.
    opened = ArticleFinding.objects.filter(
        article=OuterRef("pk"), article__draft=revision.pk, decision=ArticleFinding.Decision.OPEN
    )
    originals = articles._default_manager.filter(pk=OuterRef("translation_of"), status__in=PUBLIC)
    readings = _foreign_readings(revision)
    two = readings.values("revision").annotate(readers=Count("pk")).filter(readers__gte=2)
    reviewed = Q(Exists(this.filter(reviewed_by__isnull=False)))
    return [
        (_("A medical reviewer has to approve this text."), NOT_MEDICAL | reviewed),
        (
            _("Whoever approved this text has also written at it: somebody else has to review it."),
            NOT_MEDICAL | ~reviewed | Q(Exists(readings)),
        ),
        (_("A second reviewer has to approve this text."), Q(needs_second_reader=False) | Q(Exists(two))),
        (_("A medical text needs at least one reference."), NOT_MEDICAL | Q(Exists(this.exclude(sources=[])))),
        (_("Decide first what the guard found in the text."), ~Q(Exists(opened))),
        (_("Its original is not public."), Q(translation_of__isnull=True) | Q(Exists(originals))),
    ]


def _foreign_readings(revision: ArticleRevision) -> Any:
    """The readings of a revision by people who have not written at the article."""
    written = ArticleRevision.objects.filter(article=revision.article_id, saved_by=OuterRef("user"))
    return ArticleReading.objects.filter(revision=revision.pk).exclude(Exists(written))
