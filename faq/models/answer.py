"""Physicians' replies, their drafts and corrections."""

import uuid
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from faq.choices import CareLevel, Outcome, TextFormat
from faq.models.reviewing import Ageing, AgeingQuerySet
from faq.states import MOVES
from people.languages import in_language
from people.models import Department, Physician, User
from search.changes import changing
from search.models import Document
from text.render import to_html

OLD_AFTER_DAYS: Final = 5 * 365


class AnswerQuerySet(AgeingQuerySet["Answer"]):
    """Words about answers that chain."""

    def published(self) -> "AnswerQuerySet":
        """Keep what may be shown with a public question: confirmed where a second reading was required."""
        return self.filter(Q(needs_confirmation=False) | Q(confirmed_at__isnull=False))

    def unconfirmed(self) -> "AnswerQuerySet":
        """Keep what still waits for its second reading."""
        return self.filter(needs_confirmation=True, confirmed_at__isnull=True)

    def awaiting_confirmation(self) -> "AnswerQuerySet":
        """Keep what a colleague can confirm now."""
        return self.unconfirmed().filter(question__status__in=MOVES["confirm"].sources)


class Answer(Ageing):
    """A physician's reply, with name, title, hospital and department as they were that day."""

    question = models.ForeignKey("faq.Question", on_delete=models.PROTECT, related_name="answers")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    physician = models.ForeignKey(
        Physician,
        verbose_name=_("physician"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
    )
    physician_name = models.CharField(max_length=80, blank=True)
    title_en = models.CharField(max_length=80, blank=True)
    title_zh_hant = models.CharField(max_length=80, blank=True)
    hospital_en = models.CharField(max_length=120, blank=True)
    hospital_zh_hant = models.CharField(max_length=120, blank=True)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
    )
    follow_up = models.ForeignKey(
        "faq.FollowUp",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
    )
    points_to = models.ForeignKey(
        "faq.Question",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pointed_at_by",
    )
    body = models.TextField(_("answer"))
    body_html = models.TextField(editable=False)
    format = models.CharField(max_length=8, choices=TextFormat, default=TextFormat.MARKDOWN)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, default=Outcome.ANSWERED)
    referred_to = models.CharField(_("referred to"), max_length=120, blank=True)
    care_level = models.CharField(_("care level"), max_length=10, choices=CareLevel, blank=True)
    settles = models.JSONField(_("parts it settles"), default=list, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    needs_confirmation = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmed_answers",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("position", "pk")
        permissions = [("review_answer", "Can say that an answer is still valid or outdated")]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(needs_confirmation=True, confirmed_at__isnull=True),
                name="answer_unconfirmed",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="answer_has_words"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_by__isnull=False),
                name="answer_confirmed_by_someone",
            ),
            models.UniqueConstraint(
                fields=["follow_up"],
                condition=Q(follow_up__isnull=False),
                name="answer_one_a_follow_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.physician_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render the words once, then store."""
        self.render()
        super().save(*args, **kwargs)

    @property
    def title(self) -> str:
        """The physician's title as of that day."""
        return in_language(get_language(), en=self.title_en, zh_hant=self.title_zh_hant)

    @property
    def hospital(self) -> str:
        """The hospital as of that day."""
        return in_language(get_language(), en=self.hospital_en, zh_hant=self.hospital_zh_hant)

    @property
    def shown_name(self) -> str:
        """The physician's name in the script of the page, or as the archive gave it."""
        return self.physician.display_name if self.physician else self.physician_name

    @property
    def is_old(self) -> bool:
        """Whether the reply is so old that the page must say so (DESIGN: review dates; five years unless reviewed)."""
        latest = self.reviewed_on or self.replied_on
        return latest is not None and (timezone.localdate() - latest).days > OLD_AFTER_DAYS

    @property
    def text_key(self) -> str:
        """What the answer is called in the log."""
        return f"answer:{self.pk}"

    @property
    def page_keys(self) -> set[str]:
        """It stands on the page of its question."""
        return {f"question:{self.question_id}"}

    def writers(self) -> set[int]:
        """The account of the physician who replied, and of those who corrected the reply."""
        own = {self.physician.user_id} if self.physician and self.physician.user_id else set()
        return own | set(self.corrections.filter(corrected_by__gt=0).values_list("corrected_by", flat=True))

    def reviewed_department_id(self) -> int | None:
        """The department of the reply, or that of its question."""
        return self.department_id or self.question.department_id

    def _write(self, **columns: Any) -> None:
        """Write columns beside the text, and let the question's document say whether all its answers are outdated."""
        with changing():
            super()._write(**columns)
            shown = Answer.objects.published().filter(question_id=self.question_id)
            is_outdated = shown.exists() and not shown.filter(outdated_on__isnull=True).exists()
            Document.objects.filter(key__in=self.page_keys, is_tombstone=False).update(is_outdated=is_outdated)

    def render(self) -> None:
        """Make the HTML of the words, for those who store many rows at once."""
        self.body_html = to_html(self.body, self.format)


class AnswerCorrection(models.Model):
    """What an answer said before it was corrected, with the notice that readers see."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="corrections")
    old_body = models.TextField()
    notice = models.CharField(_("what was corrected"), max_length=300)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    corrected_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.answer_id} {self.corrected_on}"


class AnswerDraft(models.Model):
    """What a physician has written and not sent: survives a closed tab and an ended sign-in."""

    question = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="answer_drafts")
    key = models.UUIDField(default=uuid.uuid4)
    body = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.ANSWERED)
    referred_to = models.CharField(max_length=120, blank=True)
    care_level = models.CharField(max_length=10, choices=CareLevel, blank=True)
    points_to = models.ForeignKey("faq.Question", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")
        constraints = [models.UniqueConstraint(fields=["question", "author"], name="answerdraft_one_an_author")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.author_id}"


class CannedTextQuerySet(models.QuerySet["CannedText"]):
    """Words about canned texts that chain."""

    def visible_to(self, user: User) -> "CannedTextQuerySet":
        """Keep the texts of the departments of a physician's account; all of them for a superuser."""
        if user.is_superuser:
            return self
        return self.filter(department__in=Department.objects.filter(physicians__user_id=user.pk))


class CannedText(models.Model):
    """A text that a department's physicians use often."""

    department = models.ForeignKey(
        Department,
        on_delete=models.CASCADE,
        related_name="canned_texts",
        verbose_name=_("department"),
    )
    language = models.CharField(_("language"), max_length=8, choices=[("en", "English"), ("zh-hant", "中文")])
    title = models.CharField(_("title"), max_length=80)
    body = models.TextField(_("text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = CannedTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("canned text")
        verbose_name_plural = _("canned texts")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.title
