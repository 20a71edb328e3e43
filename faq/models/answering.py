"""What physicians do with a question."""

import datetime as dt
import uuid
from typing import Any, Final

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from faq.choices import Outcome
from faq.models.answer import Answer, AnswerCorrection, AnswerDraft
from faq.models.event import QuestionEvent
from faq.models.followup import FollowUp
from faq.models.lifecycle import Lifecycle
from faq.states import AWAITING, InvalidMove, Status, Who
from people.models import Department, Physician, User
from search.changes import changing

CLAIM_FOR: Final = dt.timedelta(minutes=30)
"""How long a claim holds without a sign of life; saving a draft renews it."""


class Answering(Lifecycle):
    """The physicians' verbs."""

    class Meta:
        abstract = True

    def claim(self, *, by: User) -> None:
        """Take the question for oneself for half an hour, or renew that. Raises InvalidMove if another holds it."""
        fresh = self.claimed_by_id != by.pk or not self.is_claimed
        rows = self._rows().filter(self._free_for(by)).exclude(status__in=[Status.SUBMITTED, Status.WITHDRAWN])
        if not rows.update(claimed_by=by, claim_expires_at=timezone.now() + CLAIM_FOR):
            raise InvalidMove(
                "claim",
                [_("Another physician is answering this question at the moment.")],
            )
        self.refresh_from_db()
        if fresh:
            self._log("claim", who=Who.PHYSICIAN, by=by)

    def release(self, *, by: User) -> None:
        """Give a claim of one's own back; nothing if there is none."""
        if self._rows().filter(claimed_by=by).update(claimed_by=None, claim_expires_at=None):
            self._log("release", who=Who.PHYSICIAN, by=by)
        self.refresh_from_db()

    def save_draft(self, *, by: User, version: int, **written: Any) -> AnswerDraft:
        """Keep what a physician has written so far and renew the claim.

        `version` is the one the page was loaded with: raises InvalidMove when another window saved a newer one.
        """
        draft, _new = AnswerDraft.objects.get_or_create(question_id=self.pk, author=by)
        columns = {**written, "version": version + 1, "saved_at": timezone.now()}
        if not AnswerDraft.objects.filter(pk=draft.pk, version=version).update(**columns):
            raise InvalidMove("save_draft", [_("A newer draft was saved in another window.")])
        self._rows().filter(claimed_by=by).update(claim_expires_at=timezone.now() + CLAIM_FOR)
        draft.refresh_from_db()
        return draft

    def answer(
        self,
        *,
        by: User,
        body: str,
        outcome: str = Outcome.ANSWERED,
        care_level: str = "",
        referred_to: str = "",
        settles: list[int] | None = None,
        points_to: models.Model | None = None,
        follow_up: FollowUp | None = None,
        key: uuid.UUID | None = None,
    ) -> Answer:
        """Send a reply under the physician's name as of today; the first one moves the question to ANSWERED.

        `key` comes from the draft: sent twice, it answers once. Raises InvalidMove if the account is not a verified
        physician of the department, or another physician holds the question.
        """
        physician = self._answering_physician(by)
        first = self.status == Status.ACCEPTED
        now = timezone.now()
        with changing():
            self._rows().select_for_update().get()
            # Under the lock, so that the second half of a double click finds what the first has sent.
            known = Answer.objects.filter(key=key, question_id=self.pk).first() if key else None
            if known is not None:
                return known
            if follow_up is not None and follow_up.answers.exists():
                raise InvalidMove("answer", [_("This follow-up has been answered already.")])
            reply = self._signed(physician, key or uuid.uuid4(), body=body, outcome=outcome, care_level=care_level,
                                 referred_to=referred_to, settles=settles or [], points_to=points_to,
                                 follow_up=follow_up)  # fmt: skip
            self._move(
                "answer" if first else "join",
                who=Who.PHYSICIAN,
                by=by,
                condition=self._free_for(by),
                missing=[_("Another physician is answering this question at the moment.")],
                claimed_by=None,
                claim_expires_at=None,
                answered_at=now,
                changed_at=now,
            )
            AnswerDraft.objects.filter(question_id=self.pk, author=by).delete()
        return reply

    def ask_asker(self, *, by: User, note: str) -> QuestionEvent:
        """Ask the patient for more; the clock pauses until they reply."""
        self._answering_physician(by)
        return self._move(
            "ask_asker", who=Who.PHYSICIAN, by=by, note=note, condition=self._free_for(by),
            missing=[_("Write what you want to know from the asker.")],
            paused_at=timezone.now(), claimed_by=None, claim_expires_at=None,
        )  # fmt: skip

    def hand_over(self, *, to: Department, note: str, by: User) -> QuestionEvent:
        """Give the question to another department, with a note for the colleagues there."""
        if not note.strip():
            raise InvalidMove("hand_over", [_("Write a note for the other department.")])
        with changing() as keys:
            keys.add(f"department:{self.department_id}:waiting")
            rows = self._rows().filter(self._free_for(by), status__in=AWAITING).exclude(department=to)
            if not rows.update(department=to, claimed_by=None, claim_expires_at=None):
                raise InvalidMove(
                    "hand_over",
                    [_("The question is no longer waiting in this department.")],
                )
            AnswerDraft.objects.filter(question_id=self.pk, author=by).delete()
            event = self._log("hand_over", who=Who.PHYSICIAN, by=by, note=note)
            self.refresh_from_db()
            keys.add(f"department:{to.pk}:waiting")
        return event

    def confirm(self, answer: Answer, *, by: User) -> QuestionEvent:
        """Confirm a colleague's answer where a second reading is required; never one's own."""
        physician = self._answering_physician(by)
        if answer.physician_id == physician.pk:
            raise InvalidMove(
                "confirm",
                [_("An answer is confirmed by another physician than its author.")],
            )
        with changing():
            rows = Answer.objects.filter(pk=answer.pk, question_id=self.pk).unconfirmed()
            if not rows.update(confirmed_by=by, confirmed_at=timezone.now()):
                raise InvalidMove("confirm", [_("This answer is confirmed already.")])
            return self._move("confirm", who=Who.PHYSICIAN, by=by)

    def correct(self, answer: Answer, *, body: str, notice: str, by: User) -> AnswerCorrection:
        """Correct one's own answer: the old wording is kept, and a dated notice is shown with the new one."""
        physician = self._answering_physician(by)
        if answer.physician_id != physician.pk:
            raise InvalidMove("correct", [_("Only the physician who wrote an answer corrects it.")])
        if not notice.strip():
            raise InvalidMove("correct", [_("Say in a sentence what was corrected.")])
        with changing():
            locked = Answer.objects.select_for_update().get(pk=answer.pk, question_id=self.pk)
            correction = AnswerCorrection.objects.create(
                answer=locked, old_body=locked.body, notice=notice, corrected_by=by
            )
            locked.body = body
            locked.save(update_fields=["body", "body_html"])
            self._log("correct", who=Who.PHYSICIAN, by=by, note=notice)
            self._shown_again()
        return correction

    def _free_for(self, user: User) -> Q:
        return Q(claimed_by=user) | Q(claimed_by__isnull=True) | Q(claim_expires_at__lte=timezone.now())

    def _answering_physician(self, user: User) -> Physician:
        """Return the verified profile under which `user` answers here; raises InvalidMove where there is none."""
        here = Department.objects.filter(pk=self.department_id, physicians=OuterRef("pk"))
        physician = Physician.objects.verified().current().filter(Exists(here), user=user).first()
        if physician is None:
            raise InvalidMove(
                "answer",
                [_("Only a verified physician of the department answers its questions.")],
            )
        return physician

    def _signed(self, physician: Physician, key: uuid.UUID, **written: Any) -> Answer:
        return Answer.objects.create(
            question_id=self.pk,
            key=key,
            position=Answer.objects.filter(question_id=self.pk).count(),
            physician=physician,
            physician_name=physician.name,
            title_en=physician.title_en,
            title_zh_hant=physician.title_zh_hant,
            hospital_en=physician.hospital_en,
            hospital_zh_hant=physician.hospital_zh_hant,
            department_id=self.department_id,
            replied_on=timezone.localdate(),
            needs_confirmation=self.department.second_reading,
            **written,
        )
