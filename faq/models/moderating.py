"""What moderators, and the system in their place, do with a question."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from faq.models.answer import Answer
from faq.models.event import QuestionEvent
from faq.models.finding import Finding
from faq.models.followup import FollowUp
from faq.models.lifecycle import Lifecycle
from faq.models.redacting import TEXT_FIELDS, decide, guarded
from faq.models.tagged import TaggedQuestion
from faq.states import PUBLIC, InvalidMove, Status, Who
from people.models import Department, User
from search.changes import changing
from search.models import Concept

HOLD_FOR: Final = dt.timedelta(minutes=10)
UNDO_WITHIN: Final = dt.timedelta(minutes=10)
UNDOABLE: Final = frozenset({"accept", "decline", "publish", "unpublish", "send_back"})


class Moderating(Lifecycle):
    """The moderators' verbs."""

    class Meta:
        abstract = True

    def hold(self, *, by: User) -> bool:
        """Take the question as one's own next item for ten minutes; False if another moderator has it."""
        free = Q(held_by=by) | Q(held_by__isnull=True) | Q(hold_expires_at__lte=timezone.now())
        return bool(self._rows().filter(free).update(held_by=by, hold_expires_at=timezone.now() + HOLD_FOR))

    def accept(self, *, by: User) -> QuestionEvent:
        """Pass the question on to the physicians of its department; its findings must be decided."""
        return self._move(
            "accept",
            who=Who.MODERATOR,
            by=by,
            condition=self._none_open(),
            missing=lambda: self._missing([(_("Decide the findings first."), self._none_open())]),
            held_by=None,
        )

    def decline(self, *, by: User, reason: str, note: str = "", who: Who = Who.MODERATOR) -> QuestionEvent:
        """Decline the question; the asker reads the reason (one of `choices.DeclineReason`) and the note."""
        return self._move(
            "decline", who=who, by=by, reason=reason, note=note, missing=[_("Choose a reason.")],
            held_by=None, claimed_by=None, claim_expires_at=None,
        )  # fmt: skip

    def restore(self, *, by: User) -> QuestionEvent:
        """Take a declined question up again."""
        return self._move("restore", who=Who.MODERATOR, by=by)

    def send_back(self, *, by: User, reason: str) -> QuestionEvent:
        """Return an answered question to the physicians, saying why."""
        return self._move(
            "send_back",
            who=Who.MODERATOR,
            by=by,
            note=reason,
            missing=[_("Say why it goes back.")],
            held_by=None,
        )

    def publish(self, *, by: User | None = None) -> QuestionEvent:
        """Make the question public: by a moderator, or by the system where `by` is None.

        Raises InvalidMove with a sentence for each condition that does not hold.
        """
        now = timezone.now()
        with changing():
            if self.status in {Status.ANSWERED, Status.IMPORTED}:
                # Findings are written under this lock too, so that none can appear between the check and the commit.
                self._rows().select_for_update().get()
            # Before the move, which makes the document of all that will stand on the page.
            decided = FollowUp.objects.filter(question_id=self.pk).exclude(findings__decision=Finding.Decision.OPEN)
            FollowUp.objects.filter(pk__in=list(decided.values_list("pk", flat=True))).update(is_public=True)
            return self._move(
                "publish", who=Who.MODERATOR if by else Who.SYSTEM, by=by, condition=self.publishable(),
                missing=lambda: self._missing(self._publishable()),
                published_at=self.published_at or now, changed_at=now, held_by=None,
            )  # fmt: skip

    def unpublish(self, *, by: User, reason: str) -> QuestionEvent:
        """Take the question, and its translations with it, out of the public; the page says why."""
        with changing():
            for translation in self._translations().filter(status__in=PUBLIC):
                translation.unpublish(by=by, reason=reason)
            return self._move(
                "unpublish",
                who=Who.MODERATOR,
                by=by,
                note=reason,
                missing=[_("Say why it goes.")],
            )

    def close(self, *, by: User | None = None) -> QuestionEvent:
        """End a public thread: it stays readable, with no further follow-up."""
        return self._move("close", who=Who.MODERATOR if by else Who.SYSTEM, by=by)

    def reopen(self, *, by: User) -> QuestionEvent:
        """Open a closed thread again."""
        return self._move("reopen", who=Who.MODERATOR, by=by)

    def undo(self, *, by: User) -> QuestionEvent:
        """Take back one's own last act within ten minutes, while nobody has built on it."""
        last = QuestionEvent.objects.filter(question_id=self.pk).last()
        since = timezone.now() - UNDO_WITHIN
        refusal = [_("Only your own last act can be undone, within ten minutes.")]
        if last is None or last.act not in UNDOABLE or last.actor_id != by.pk or last.created_at < since:
            raise InvalidMove("undo", refusal)
        later = QuestionEvent.objects.filter(question_id=OuterRef("pk"), pk__gt=last.pk)
        condition = ~Q(Exists(later)) & Q(claimed_by__isnull=True)
        if last.from_status in PUBLIC:
            condition &= self.publishable()
        return self._move(
            "undo",
            who=Who.MODERATOR,
            by=by,
            note=last.act,
            status=last.from_status,
            condition=condition,
            missing=refusal,
        )

    def decide(self, finding: Finding, *, show: bool, by: User) -> None:
        """Decide one of its findings; the public text follows, and the act is logged."""
        with changing():
            self._lock("decide")
            decide(finding, show=show, by=by)
            self._log(
                "decide",
                who=Who.MODERATOR,
                by=by,
                reason=finding.kind,
                note=finding.decision,
            )
            self._shown_again()

    def revise(self, *, by: User, **texts: str) -> QuestionEvent:
        """Write the public title, words or nickname anew as a moderator; the guards run over them again.

        From then on the public text is the moderator's revision, no longer the sealed text with its redactions.
        """
        with changing():
            self._lock("revise")
            old = Finding.objects.filter(question_id=self.pk, follow_up__isnull=True, field__in=TEXT_FIELDS)
            shown = {span_of(self, row): row for row in old.filter(decision=Finding.Decision.SHOWN)}
            old.update(decision=Finding.Decision.SUPERSEDED)
            for field in TEXT_FIELDS:
                setattr(self, field, texts.get(field, getattr(self, field)))
            self.is_revised = True
            self.store_text()
            if self._guard_public(shown) and self.is_public:
                raise InvalidMove("revise", [_("Take the personal data out of the text: it is public already.")])
            event = self._log("revise", who=Who.MODERATOR, by=by)
            self._shown_again()
        return event

    def retitle(self, editorial_title: str, *, by: User) -> QuestionEvent:
        """Give the question the title that lists show; an empty one leaves the patient's own."""
        with changing():
            self._lock("retitle")
            self.editorial_title = editorial_title
            self.store_text()
            event = self._log("retitle", who=Who.MODERATOR, by=by)
            self._shown_again()
        return event

    def retag(self, concepts: Iterable[Concept], *, by: User | None) -> None:
        """Make exactly these concepts the tags."""
        wanted = {concept.pk for concept in concepts}
        with changing():
            self._lock("tag")
            TaggedQuestion.objects.filter(content_object_id=self.pk).exclude(tag_id__in=wanted).delete()
            kept = set(TaggedQuestion.objects.filter(content_object_id=self.pk).values_list("tag_id", flat=True))
            new = [TaggedQuestion(content_object_id=self.pk, tag_id=pk) for pk in sorted(wanted - kept)]
            TaggedQuestion.objects.bulk_create(new)
            self._log("tag", who=Who.MODERATOR if by else Who.SYSTEM, by=by)
            self._shown_again()

    def assign(self, department: Department, *, by: User) -> QuestionEvent:
        """Put the question into the department it belongs to."""
        with changing() as keys:
            self._lock("assign")
            keys.add(f"department:{self.department_id}:waiting")
            self._rows().update(department=department, claimed_by=None, claim_expires_at=None)
            event = self._log("assign", who=Who.MODERATOR, by=by, note=department.slug)
            self._shown_again()
        return event

    def show_follow_up(self, follow_up: FollowUp, *, by: User) -> None:
        """Let a follow-up through: to the physician, and to the page of a public question."""
        with changing():
            if Finding.objects.filter(follow_up=follow_up).undecided().exists():
                raise InvalidMove("show_follow_up", [_("Decide the findings first.")])
            FollowUp.objects.filter(pk=follow_up.pk, question_id=self.pk).update(is_accepted=True, is_public=True)
            self._log("show_follow_up", who=Who.MODERATOR, by=by)
            self._shown_again()

    def _guard_public(self, shown: dict[tuple[str, str], Finding]) -> bool:
        """Run the guards over the public text; what was allowed before stays so. Says whether anything waits."""
        words = {field: getattr(self, field) for field in TEXT_FIELDS}
        _words, findings = guarded(self, words, basis=Finding.Basis.PUBLIC)
        for finding in findings:
            before = shown.get((finding.kind, words[finding.field][finding.start : finding.end]))
            if before:
                finding.decision = before.decision
                finding.decided_by, finding.decided_at = before.decided_by, before.decided_at
                finding.save()
        return any(finding.decision == Finding.Decision.OPEN for finding in findings)

    @staticmethod
    def _none_open() -> Q:
        findings = Finding.objects.filter(question_id=OuterRef("pk"), decision=Finding.Decision.OPEN)
        return ~Q(Exists(findings.filter(Q(follow_up__isnull=True) | Q(follow_up__is_public=True))))

    @classmethod
    def publishable(cls) -> Q:
        """Return every condition of "publish" beside the status, as one."""
        everything = Q()
        for _sentence, condition in cls._publishable():
            everything &= condition
        return everything

    @classmethod
    def _publishable(cls) -> list[tuple[str, Q]]:
        """The conditions of "publish", each with the sentence for the moderator who misses it."""
        tags = TaggedQuestion.objects.filter(content_object_id=OuterRef("pk"))
        answers = Answer.objects.filter(question_id=OuterRef("pk"))
        original_public = Q(translation_of__isnull=True) | Q(
            translation_of__in=cls._default_manager.filter(status__in=PUBLIC).values("pk")
        )
        return [
            (_("Decide the findings first."), cls._none_open()),
            (_("Tag the question first."), Q(Exists(tags)) | ~Q(source="")),
            (_("The question has no answer yet."), Q(Exists(answers))),
            (_("The second reading is not done."), ~Q(Exists(answers.unconfirmed()))),
            (
                _("Its date of publication has not come."),
                Q(publish_after__isnull=True) | Q(publish_after__lte=timezone.now()),
            ),
            (_("The asker wants an answer only for themselves."), Q(wants_public=True)),
            (_("Its title is empty."), ~Q(title="")),
            (_("The original of this translation is not public."), original_public),
        ]

    def _missing(self, conditions: list[tuple[str, Q]]) -> list[str]:
        return [sentence for sentence, condition in conditions if not self._rows().filter(condition).exists()]


def span_of(question: Any, finding: Finding) -> tuple[str, str]:
    """Return the kind and the words of a finding that was decided to be shown, as they stand in the public text."""
    text: str = getattr(question, finding.field, "")
    return finding.kind, text[finding.start : finding.end]
