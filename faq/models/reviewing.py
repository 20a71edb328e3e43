"""What grows old: medical review, "still valid", "outdated, see …" and corrections, the same for every kind of text.

Articles, topics, supplements and answers stand on `Ageing`; those that are written and reviewed in the house, answers
apart, on `Reviewed`. Whoever wrote a text does not review it.
"""

import datetime as dt
from typing import Any, Final, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Department, Physician, User, Versioned
from search.changes import changing

REVIEW_EVERY: Final = dt.timedelta(days=365)
"""How long an approval is good for before the text is due again."""
DUE_SOON: Final = dt.timedelta(days=30)
APPROVED: Final = "approved"
"""What the history says of a version that was saved by its reviewer, who did not write it."""


T = TypeVar("T", bound=models.Model)


class NotTheReviewer(Exception):
    """The account cannot approve this text; the message is a sentence for the person."""


class AgeingQuerySet(models.QuerySet[T]):
    """Words about texts that grow old, which chain."""

    def overdue(self) -> Self:
        """Keep those whose review is due."""
        return self.filter(next_review_on__lt=timezone.localdate())

    def due_soon(self) -> Self:
        """Keep those whose review falls due within thirty days."""
        today = timezone.localdate()
        return self.filter(next_review_on__gte=today, next_review_on__lte=today + DUE_SOON)

    def well_kept(self) -> Self:
        """Leave out what has been overdue for so long that search engines should leave it out."""
        grace = dt.timedelta(days=settings.REVIEW_GRACE_DAYS)
        return self.exclude(next_review_on__isnull=False, next_review_on__lt=timezone.localdate() - grace)

    def never_reviewed(self) -> Self:
        """Keep those that nobody has reviewed."""
        return self.filter(reviewed_on__isnull=True)

    def outdated(self) -> Self:
        """Keep what somebody has marked as outdated."""
        return self.filter(outdated_on__isnull=False)


class Ageing(models.Model):
    """A text with review dates, which only verbs write. `text_key` names it in the log: "article:12", "answer:7"."""

    reviewed_on = models.DateField(gettext_lazy("reviewed on"), null=True, blank=True)
    next_review_on = models.DateField(gettext_lazy("next review on"), null=True, blank=True, db_index=True)
    outdated_on = models.DateField(gettext_lazy("outdated since"), null=True, blank=True, editable=False)
    outdated_note = models.CharField(gettext_lazy("why it is outdated"), max_length=300, blank=True, editable=False)
    outdated_see = models.CharField(gettext_lazy("see instead"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def text_key(self) -> str:
        """What the text is called in the log and in the change sequence."""
        raise NotImplementedError

    @property
    def page_keys(self) -> set[str]:
        """The keys of the pages that show the text."""
        return {self.text_key}

    @property
    def is_overdue(self) -> bool:
        """Whether its review is due."""
        return self.next_review_on is not None and self.next_review_on < timezone.localdate()

    @property
    def is_long_overdue(self) -> bool:
        """Whether it has been overdue for so long that search engines should leave it out."""
        grace = dt.timedelta(days=settings.REVIEW_GRACE_DAYS)
        return self.next_review_on is not None and self.next_review_on + grace < timezone.localdate()

    def keep_valid(self, *, by: User) -> None:
        """Say that the text is still valid, today and for a year; what was called outdated is so no longer.

        Raises NotTheReviewer as `reviewer` does.
        """
        self.reviewer(by)
        today = timezone.localdate()
        self._write(reviewed_on=today, next_review_on=today + REVIEW_EVERY, outdated_on=None, outdated_note="",
                    outdated_see="")  # fmt: skip
        ReviewEvent.log(self, ReviewEvent.Act.STILL_VALID, by=by)

    def outdate(self, *, by: User, note: str, see: str = "") -> None:
        """Say that the text is outdated, why, and which inside address says it better. Raises NotTheReviewer."""
        self.reviewer(by, may_have_written=True)
        self._write(outdated_on=timezone.localdate(), outdated_note=note, outdated_see=see)
        ReviewEvent.log(self, ReviewEvent.Act.OUTDATED, by=by, note=note)

    def reviewer(self, by: User, *, may_have_written: bool = False) -> Physician:
        """Return the profile in whose name an account reviews this text.

        Raises NotTheReviewer for an account without a verified profile, for a writer of the text (unless that does
        not matter), and for a physician of another department.
        """
        physician = Physician.objects.speaking_for(by).first()
        if physician is None:
            raise NotTheReviewer(_("Only a verified physician can approve a text."))
        if not may_have_written and by.pk in self.writers():
            raise NotTheReviewer(_("You wrote this text: somebody else has to review it."))
        if not self.is_covered_by(by):
            raise NotTheReviewer(_("This text belongs to another department."))
        return physician

    def writers(self) -> set[int]:
        """Return the accounts that wrote the text or changed it."""
        raise NotImplementedError

    def is_covered_by(self, user: User) -> bool:
        """Say whether the text belongs to a department that the account works for."""
        if user.has_perm("people.cover_every_department"):
            return True
        department = self.reviewed_department_id()
        return department is not None and Department.objects.covered_by(user).filter(pk=department).exists()

    def reviewed_department_id(self) -> int | None:
        """Return the department whose physicians may review the text; None where there is none."""
        raise NotImplementedError

    def _write(self, **columns: Any) -> None:
        """Write columns beside the text, and say that its pages changed."""
        for name, value in columns.items():
            setattr(self, name, value)
        with changing() as keys:
            type(self)._default_manager.filter(pk=self.pk).update(**columns)
            keys.update(self.page_keys)


class Reviewed(Ageing, Versioned):
    """A text of the house with a history; `reviewed_by` says whose review stands under it."""

    corrections = models.JSONField(default=list, blank=True, editable=False)

    history: Any
    reviewed_by: Any

    class Meta:
        abstract = True

    @property
    def shown_corrections(self) -> list[dict[str, Any]]:
        """What readers are told was corrected, the newest first: `on` (a date) and `note`."""
        return [{**told, "on": dt.date.fromisoformat(told["on"])} for told in reversed(self.corrections)]

    def correct(self, note: str, *, by: User) -> None:
        """Tell readers on the page that something was corrected today, and what."""
        told = {"on": timezone.localdate().isoformat(), "note": note.strip()[:300]}
        with changing():
            self._write(corrections=[*self.corrections, told])
            ReviewEvent.log(self, ReviewEvent.Act.CORRECTED, by=by, note=told["note"])

    def approve(self, *, by: User) -> None:
        """Sign the text as medically reviewed, today and for a year. Raises NotTheReviewer as `reviewer` does."""
        physician = self.reviewer(by)
        today = timezone.localdate()
        self.reviewed_by = self.signature_of(physician)
        self.reviewed_on, self.next_review_on = today, today + REVIEW_EVERY
        self.outdated_on, self.outdated_note, self.outdated_see = None, "", ""
        self._change_reason = APPROVED
        columns = ["reviewed_by", "reviewed_on", "next_review_on", "outdated_on", "outdated_note", "outdated_see"]
        with changing():
            self.save(update_fields=columns)
            ReviewEvent.log(self, ReviewEvent.Act.APPROVED, by=by)

    def keep_valid(self, *, by: User) -> None:
        """Say that the text is still valid: whoever says so signs it. Raises NotTheReviewer."""
        self.approve(by=by)

    def take_review_back(self) -> None:
        """Forget the review, because the text is no longer the one that was reviewed; the caller saves."""
        self.reviewed_by = self.signature_of(None)
        self.reviewed_on = self.next_review_on = None

    def writers(self) -> set[int]:
        """Return the accounts that wrote the text or changed it."""
        versions = self.history.exclude(history_change_reason=APPROVED).exclude(history_user__isnull=True)
        author: int | None = getattr(self, "author_id", None)
        return set(versions.values_list("history_user_id", flat=True)) | ({author} if author else set())

    def signature_of(self, physician: Physician | None) -> Any:
        """Return what stands in `reviewed_by` for a physician."""
        return physician


class ReviewEvent(models.Model):
    """Who reviewed, kept, outdated or corrected a text, when and why. Rows are only ever added."""

    class Act(models.TextChoices):
        APPROVED = "approved", gettext_lazy("approved as medically reviewed")
        STILL_VALID = "still_valid", gettext_lazy("still valid")
        OUTDATED = "outdated", gettext_lazy("outdated")
        CORRECTED = "corrected", gettext_lazy("corrected")

    key = models.CharField(max_length=80, db_index=True)
    act = models.CharField(gettext_lazy("act"), max_length=12, choices=Act)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_events")
    note = models.CharField(gettext_lazy("note"), max_length=300, blank=True)
    happened_on = models.DateField(gettext_lazy("on"), default=timezone.localdate)
    created_at = models.DateTimeField(gettext_lazy("when"), auto_now_add=True)

    class Meta:
        verbose_name = gettext_lazy("review event")
        verbose_name_plural = gettext_lazy("review events")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(act__in=["outdated", "corrected"]) | ~Q(note=""), name="reviewevent_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.act}"

    @classmethod
    def log(cls, text: Ageing, act: str, *, by: User, note: str = "") -> "ReviewEvent":
        """Add what somebody did with a text."""
        return cls.objects.create(key=text.text_key, act=act, actor=by, note=note)
