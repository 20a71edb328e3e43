"""What readers say under an article: held until a moderator approves it, and reported by other readers."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from faq.models import Finding
from faq.models.finding import with_redactions
from people.languages import HTML_LANG, Language
from people.models import User
from search.changes import changing
from text.guards.patient_data import find

SHOWN_UNDER_AN_ARTICLE: Final = 20


class CommentQuerySet(models.QuerySet["Comment"]):
    """Words about comments that chain."""

    def approved(self) -> "CommentQuerySet":
        """Keep what everyone may read."""
        return self.filter(state=Comment.State.APPROVED)

    def awaiting_decision(self) -> "CommentQuerySet":
        """Keep what a moderator has to look at: held ones, and approved ones that readers have reported."""
        return self.filter(Q(state=Comment.State.HELD) | Q(state=Comment.State.APPROVED, open_reports__gt=0))


class Comment(models.Model):
    """A reader's comment. Numbers and addresses of persons are taken out before it is kept, and are kept nowhere."""

    class State(models.TextChoices):
        HELD = "held", _("held")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="comments")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    language = models.CharField(_("language"), max_length=8, choices=Language)
    nickname = models.CharField(_("nickname"), max_length=40, blank=True)
    body = models.TextField(_("comment"))
    hidden = models.PositiveSmallIntegerField(
        _("taken out"), default=0, help_text=_("How many numbers and addresses the guard took out.")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.HELD)
    created_at = models.DateTimeField(_("sent at"), default=timezone.now)
    open_reports = models.PositiveIntegerField(_("reports"), default=0, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("created_at", "pk")
        indexes = [models.Index(fields=["article", "state", "created_at"], name="comment_of_article")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="comment_public_is_approved_by_someone",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="comment_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.body[:40]}"

    @classmethod
    def hold(cls, article: Article, *, key: uuid.UUID, nickname: str, body: str, language: str) -> "Comment":
        """Keep what a reader wrote until a moderator decides; the same key again returns the row that it made."""
        (shown_name, in_name), (shown_body, in_body) = (without_persons(text, language) for text in (nickname, body))
        words = {"nickname": shown_name[:40], "body": shown_body, "hidden": in_name + in_body, "language": language}
        return cls.objects.get_or_create(key=key, defaults={"article": article, **words})[0]

    def approve(self, *, by: User, seen: str = "") -> bool:
        """Show the comment, and settle what was reported about it; False if that was done already.

        `seen` is the state that the moderator saw: another one is not overruled, and the answer is False.
        """
        return self._decide(self.State.APPROVED, by, seen)

    def decline(self, *, by: User, seen: str = "") -> bool:
        """Keep the comment from the public, or take it out of it; False as with `approve`."""
        return self._decide(self.State.DECLINED, by, seen)

    def report(self, *, key: uuid.UUID, reason: str, note: str = "") -> None:
        """Note that a reader finds that the comment should not stand there; the same key again changes nothing."""
        words = {"comment": self, "reason": reason, "note": without_persons(note, self.language)[0]}
        is_new = CommentReport.objects.get_or_create(key=key, defaults=words)[1]
        if is_new:
            Comment.objects.filter(pk=self.pk).update(open_reports=F("open_reports") + 1)

    @property
    def html_lang(self) -> str:
        """The `lang` attribute of the words."""
        return HTML_LANG[self.language]

    def _decide(self, state: str, by: User, seen: str) -> bool:
        """Write the decision and the article's count under the lock of the article's row."""
        with changing() as keys:
            Article.objects.select_for_update(of=("self",)).get(pk=self.article_id)
            unsettled = Comment.objects.filter(pk=self.pk).filter(~Q(state=state) | Q(open_reports__gt=0))
            unsettled = unsettled.filter(state=seen) if seen else unsettled
            if not unsettled.update(state=state, decided_by=by, decided_at=timezone.now(), open_reports=0):
                return False
            self.reports.filter(settled_at__isnull=True).update(settled_at=timezone.now())
            count = Comment.objects.filter(article=self.article_id).approved().count()
            Article.objects.filter(pk=self.article_id).update(comment_count=count)
            keys.add(f"article:{self.article_id}")
        self.refresh_from_db()
        return True


class CommentReport(models.Model):
    """A reader's word that a comment should not stand there. Nothing says who it was."""

    class Reason(models.TextChoices):
        DANGEROUS = "dangerous", _("It gives dangerous advice.")
        PERSON = "person", _("It tells who somebody is.")
        RUDE = "rude", _("It insults somebody.")
        SPAM = "spam", _("It is advertising.")
        OTHER = "other", _("Something else.")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    note = models.CharField(_("note"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("sent at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("report of a comment")
        verbose_name_plural = _("reports of comments")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.reason}"


def without_persons(text: str, language: str) -> tuple[str, int]:
    """Return a text with every number and address of a person taken out, and how many those were."""
    hits = find(text)
    findings = [Finding(kind=hit.kind, start=hit.start, end=hit.end) for hit in hits]
    return with_redactions(text, findings, language), len(hits)
