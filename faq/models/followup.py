"""What the asker adds to a question."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faq.models.finding import Finding
from faq.states import MOVES


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Words about follow-ups that chain."""

    def published(self) -> "FollowUpQuerySet":
        """Keep what may be shown with a public question."""
        return self.filter(is_public=True)

    def unanswered(self) -> "FollowUpQuerySet":
        """Keep the follow-ups that a physician still owes a word."""
        return self.filter(kind=FollowUp.Kind.FOLLOW_UP, is_accepted=True, answers__isnull=True)

    def to_check(self) -> "FollowUpQuerySet":
        """Keep what a moderator has to read: not passed on yet, or with a finding that nobody has decided on."""
        found = Finding.objects.filter(follow_up_id=OuterRef("pk")).undecided()
        return self.filter(Q(is_accepted=False) | Exists(found))

    def answerable(self) -> "FollowUpQuerySet":
        """Keep those of questions that a further answer can join."""
        return self.filter(question__status__in=MOVES["join"].sources)


class FollowUp(models.Model):
    """More words of the asker: added while waiting, given when the physician asked, or one follow-up after an answer.
    `body` is public text like the question's; what was written is sealed."""

    class Kind(models.TextChoices):
        ADDITION = "addition", _("added words")
        CLARIFICATION = "clarification", _("reply to the physician's question")
        FOLLOW_UP = "follow_up", _("follow-up")

    question = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    prompt = models.TextField(_("the physician's question"), blank=True)
    body = models.TextField(_("text"), blank=True)
    key = models.UUIDField(unique=True)
    is_accepted = models.BooleanField(_("passed on to the physician"), default=True)
    is_public = models.BooleanField(_("published"), default=False)
    asked_on = models.DateField(_("added on"), null=True, blank=True, default=timezone.localdate)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(kind="follow_up"),
                name="followup_one_a_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.kind}"
