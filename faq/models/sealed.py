"""What the person really wrote: apart from everything public, encrypted with a key of its own, behind one door."""

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import User

if TYPE_CHECKING:
    from faq.models.followup import FollowUp
    from faq.models.thread import Thread

KEPT_FOR: Final = dt.timedelta(days=2 * 365)


def _house() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.SEALED_KEYS])


def _erase_on() -> dt.date:
    return timezone.localdate() + KEPT_FOR


class SealedText(models.Model):
    """The original title, words, nickname, e-mail and fields of a question, or the words of a follow-up."""

    question = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="sealed")
    follow_up = models.OneToOneField(
        "faq.FollowUp",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sealed",
    )
    wrapped_key = models.BinaryField()
    token = models.BinaryField()
    erase_on = models.DateField(default=_erase_on)

    class Meta:
        verbose_name = _("sealed text")
        verbose_name_plural = _("sealed texts")
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(follow_up__isnull=True),
                name="sealedtext_one_a_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"

    @classmethod
    def seal(
        cls,
        words: dict[str, Any],
        *,
        question: "Thread",
        follow_up: "FollowUp | None" = None,
    ) -> "SealedText":
        """Encrypt `words` (JSON values) with a fresh key, wrap that key with the house's, and store both."""
        key = Fernet.generate_key()
        token = Fernet(key).encrypt(json.dumps(words, ensure_ascii=False).encode())
        sealed = cls(
            question_id=question.pk,
            follow_up=follow_up,
            wrapped_key=_house().encrypt(key),
            token=token,
        )
        sealed.save()
        return sealed

    def open(self, *, by: User | None, reason: str) -> dict[str, Any]:
        """Return the words, and log who read them and why: the one door.

        `by` is a staff account that moderates, or None for the asker's own ticket and for the system's mail.
        Raises PermissionDenied for any other account and ValueError without a reason.
        """
        if not reason:
            raise ValueError("The sealed text is opened only with a reason.")
        if by is not None and not by.has_perm("faq.moderate_question"):
            raise PermissionDenied
        SealedAccess.objects.create(question_id=self.question_id, actor=by, reason=reason)
        return self._words()

    def _words(self) -> dict[str, Any]:
        key = _house().decrypt(bytes(self.wrapped_key))
        words: dict[str, Any] = json.loads(Fernet(key).decrypt(bytes(self.token)))
        return words


class SealedAccess(models.Model):
    """Who opened a sealed text, when and why."""

    question = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="sealed_accesses")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    reason = models.CharField(_("reason"), max_length=200)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("opening of a sealed text")
        verbose_name_plural = _("openings of sealed texts")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.question_id} {self.created_at:%Y-%m-%d %H:%M}"
