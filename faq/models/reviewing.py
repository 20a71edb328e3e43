"""Medical review: whoever wrote a text does not review it."""

import datetime as dt
from typing import Any, Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Department, Physician, User

REVIEW_EVERY: Final = dt.timedelta(days=365)
"""How long an approval is good for before the text is due again."""
APPROVED: Final = "approved"
"""What the history says of a version that was saved by its reviewer, who did not write it."""


class NotTheReviewer(Exception):
    """The account cannot approve this text; the message is a sentence for the person."""


class Reviewed(models.Model):
    """A text with an author, a history, and columns for its review that only `approve` writes."""

    history: Any
    reviewed_by: Any
    reviewed_on: Any
    next_review_on: Any

    class Meta:
        abstract = True

    def approve(self, *, by: User) -> None:
        """Sign the text as medically reviewed, or as still valid, today and for a year.

        Raises NotTheReviewer for an account without a verified profile, for a writer of the text, and for a physician
        of another department.
        """
        physician = Physician.objects.speaking_for(by).first()
        if physician is None:
            raise NotTheReviewer(_("Only a verified physician can approve a text."))
        if by.pk in self.writers():
            raise NotTheReviewer(_("You wrote this text: somebody else has to review it."))
        if not self.is_covered_by(by):
            raise NotTheReviewer(_("This text belongs to another department."))
        self.reviewed_by = self.signature_of(physician)
        self.reviewed_on = timezone.localdate()
        self.next_review_on = self.reviewed_on + REVIEW_EVERY
        self._change_reason = APPROVED
        self.save()

    def take_review_back(self) -> None:
        """Forget the review, because the text is no longer the one that was reviewed; the caller saves."""
        self.reviewed_by = self.signature_of(None)
        self.reviewed_on = self.next_review_on = None

    def writers(self) -> set[int]:
        """Return the accounts that wrote the text or changed it."""
        versions = self.history.exclude(history_change_reason=APPROVED).exclude(history_user__isnull=True)
        author: int | None = getattr(self, "author_id", None)
        return set(versions.values_list("history_user_id", flat=True)) | ({author} if author else set())

    def is_covered_by(self, user: User) -> bool:
        """Say whether the text belongs to a department that the account works for."""
        if user.has_perm("people.cover_every_department"):
            return True
        department = self.reviewed_department_id()
        return department is not None and Department.objects.covered_by(user).filter(pk=department).exists()

    def reviewed_department_id(self) -> int | None:
        """Return the department whose physicians may review the text; None where there is none."""
        raise NotImplementedError

    def signature_of(self, physician: Physician | None) -> Any:
        """Return what stands in `reviewed_by` for a physician."""
        return physician
