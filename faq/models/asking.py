"""What the asker does with a question after it was sent."""

import datetime as dt
import uuid
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from faq.models.answer import AnswerDraft
from faq.models.event import QuestionEvent
from faq.models.finding import Finding
from faq.models.followup import FollowUp
from faq.models.intake import IntakeValue
from faq.models.lifecycle import Lifecycle
from faq.models.more_info import MoreInfo
from faq.models.redacting import conceal, guarded
from faq.models.sealed import SealedText
from faq.models.similar import SimilarQuestion, Surroundings
from faq.models.tagged import TaggedQuestion
from faq.models.ticket import Ticket
from faq.states import PUBLIC, InvalidMove, Status, Who
from search.changes import changing

FOLLOW_UP_WITHIN: Final = dt.timedelta(days=14)
"""How long after an answer the asker may ask one follow-up."""


class Asking(Lifecycle):
    """The asker's verbs. Whoever holds the ticket is the asker; no account is involved."""

    class Meta:
        abstract = True

    def may_follow_up(self) -> bool:
        """Say whether one follow-up may be asked now: answered, within the time, none asked before."""
        if self.status not in {Status.ANSWERED, *PUBLIC} - {Status.CLOSED} or self.answered_at is None:
            return False
        asked = FollowUp.objects.filter(question_id=self.pk, kind=FollowUp.Kind.FOLLOW_UP).exists()
        return not asked and timezone.now() - self.answered_at <= FOLLOW_UP_WITHIN

    def may_add_words(self) -> bool:
        """Say whether words may be added now: while nobody has answered."""
        return self.status in {Status.SUBMITTED, Status.ACCEPTED, Status.NEEDS_INFO}

    def add_words(self, body: str, *, key: uuid.UUID) -> FollowUp:
        """Add words of the asker, guarded and sealed like the question; answers the physician's question if one waits.

        `key` comes from the form: sent twice, it adds once and returns the same row. Raises InvalidMove when nothing
        may be added any more.
        """
        with changing():
            known = self._sent_before(key)
            if known is not None:
                return known
            if not self.may_add_words():
                raise InvalidMove("add_words", [_("Words can be added only until somebody has answered.")])
            if self.status != Status.NEEDS_INFO:
                added = self._add(FollowUp.Kind.ADDITION, body, key)
                self._log("add_words", who=Who.ASKER, by=None)
            else:
                added = self._add(FollowUp.Kind.CLARIFICATION, body, key, prompt=self.open_prompt())
                self._clarified(who=Who.ASKER)
        return added

    def follow_up(self, body: str, *, key: uuid.UUID) -> FollowUp:
        """Ask the one follow-up after an answer. Raises InvalidMove when it is too late or there was one."""
        with changing():
            known = self._sent_before(key)
            if known is not None:
                return known
            if not self.may_follow_up():
                raise InvalidMove("follow_up", [_("One follow-up may be asked, within two weeks after the answer.")])
            added = self._add(FollowUp.Kind.FOLLOW_UP, body, key)
            self._log("follow_up", who=Who.ASKER, by=None)
        return added

    def open_prompt(self) -> str:
        """Return the physician's question that waits for the asker, or an empty text."""
        if self.status != Status.NEEDS_INFO:
            return ""
        last = QuestionEvent.objects.filter(question_id=self.pk, act="ask_asker").last()
        return last.note if last else ""

    def clarified_by_time(self) -> None:
        """Return to the desk a question whose asker did not reply within the set time (the worker's)."""
        self._clarified(who=Who.SYSTEM)

    def hide_words(self, phrases: list[str]) -> list[str]:
        """Hide further words of one's own before publication; returns the phrases that were not found.

        What is found is hidden at once and put before a moderator as a finding.
        """
        if self.is_public or self.status == Status.WITHDRAWN:
            raise InvalidMove(
                "hide_words",
                [_("The question is public already: withdraw it, or write to us.")],
            )
        with changing():
            missed = conceal(self, phrases)
            if len(missed) < len(phrases):
                self._log("hide_words", who=Who.ASKER, by=None)
        return missed

    def keep_private(self) -> None:
        """Change "publish" to "answer me only", while it is not public."""
        if not self._rows().exclude(status__in=[*PUBLIC, Status.WITHDRAWN]).update(wants_public=False):
            raise InvalidMove(
                "keep_private",
                [_("The question is public already: withdraw it, or write to us.")],
            )
        self.wants_public = False
        self._log("keep_private", who=Who.ASKER, by=None)

    def change_address(self, *, key: uuid.UUID) -> Ticket:
        """Give the ticket a new secret and return it; the same form (`key`) sent twice changes it once."""
        with changing():
            ticket = Ticket.objects.select_for_update().get(question_id=self.pk)
            if ticket.rotated_with != key:
                ticket.rotate(key=key)
                self._log("rotate", who=Who.ASKER, by=None)
        return ticket

    def withdraw(self) -> QuestionEvent:
        """Take the question back for good: sealed and public text are erased, only the log of acts stays."""
        with changing():
            for translation in self._translations().exclude(status=Status.WITHDRAWN):
                translation.withdraw()
            erased: dict[str, Any] = dict.fromkeys(
                ["title", "body", "nickname", "editorial_title", "stand_in_title", "headline", "title_flaw", "teaser",
                 "answer_teaser", "slug", "age_band", "sex", "old_path", "old_url", "submission_digest"], ""
            )  # fmt: skip
            event = self._move(
                "withdraw",
                who=Who.ASKER,
                by=None,
                **erased,
                extra={},
                merged_into=None,
                claimed_by=None,
                held_by=None,
            )
            self._erase_words()
        return event

    def _erase_words(self) -> None:
        SealedText.objects.filter(question_id=self.pk).delete()
        Finding.objects.filter(question_id=self.pk).delete()
        FollowUp.objects.filter(question_id=self.pk).update(body="", is_public=False)
        IntakeValue.objects.filter(question_id=self.pk).delete()
        AnswerDraft.objects.filter(question_id=self.pk).delete()
        TaggedQuestion.objects.filter(content_object_id=self.pk).delete()
        SimilarQuestion.objects.filter(Q(question_id=self.pk) | Q(other_id=self.pk)).delete()
        Surroundings.objects.filter(question_id=self.pk).delete()
        for info in MoreInfo.objects.filter(question_id=self.pk):
            info.is_public = False
            info.save()

    def _sent_before(self, key: uuid.UUID) -> FollowUp | None:
        """Return what the form with this key has added. Looked up under the question's lock: of a double click, the
        second request waits for the first and then finds it; and the status is read again."""
        self.refresh_from_db(from_queryset=self._rows().select_for_update())
        return FollowUp.objects.filter(key=key, question_id=self.pk).first()

    def _add(self, kind: str, body: str, key: uuid.UUID, *, prompt: str = "") -> FollowUp:
        added = FollowUp.objects.create(question_id=self.pk, kind=kind, body=body, key=key, prompt=prompt)
        SealedText.seal({"body": body}, question=self, follow_up=added)
        shown, findings = guarded(self, {"body": body}, follow_up=added)
        added.body, added.is_accepted = (
            shown["body"],
            not findings or kind != FollowUp.Kind.FOLLOW_UP,
        )
        added.save(update_fields=["body", "is_accepted"])
        return added

    def _clarified(self, *, who: Who) -> QuestionEvent:
        paused = timezone.now() - (self.paused_at or timezone.now())
        return self._move(
            "clarified",
            who=who,
            by=None,
            waiting_since=self.waiting_since + paused,
            paused_at=None,
        )
