"""What editors and reviewers do with an article: the one writer of its status, and what every move leaves behind."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.db.models import Manager, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.conditions import conditions
from articles.models.draft import DraftedArticle
from articles.models.event import ArticleEvent
from articles.models.finding import ArticleFinding
from articles.models.revision import ArticleReading, ArticleRevision
from articles.states import GOING_PUBLIC, MOVES, PUBLIC, Status, Who
from faq.models import ReviewEvent
from faq.models.reviewing import REVIEW_EVERY
from faq.states import InvalidMove
from people.models import User
from search.changes import bury_document, changing, put_document

FRESH: Final[dict[str, Any]] = {"outdated_on": None, "outdated_note": "", "outdated_see": ""}
"""What a review says about a text that had been called outdated."""


class PublishedArticle(DraftedArticle):
    """The verbs of an article."""

    is_public: Any
    document: Any

    class Meta:
        abstract = True

    def submit(self, *, by: User) -> ArticleEvent:
        """Hand the newest text in for medical review; a public article stays public meanwhile."""
        move = "submit_changes" if self.status in GOING_PUBLIC else "submit"
        return self._move(move, who=Who.EDITOR, by=by, review_asked_at=timezone.now())

    def send_back(self, *, by: User, note: str, who: Who = Who.REVIEWER) -> ArticleEvent:
        """Return a text that was handed in to the editors, saying why."""
        move = "send_back_changes" if self.status in GOING_PUBLIC else "send_back"
        said = [_("Say what should be different. Only what was handed in is sent back.")]
        handed_in = Q(review_asked_at__isnull=False)
        return self._move(move, who=who, by=by, note=note, condition=handed_in, missing=said, review_asked_at=None)

    def approve(self, *, by: User, seen: int | None = None) -> None:
        """Sign the newest text as medically reviewed, today and for a year.

        `seen` is the number of the revision that was read. Raises NotTheReviewer as `Ageing.reviewer` does,
        InvalidMove if there is nothing to sign or a newer text than that.
        """
        physician = self.reviewer(by)
        with changing():
            self._lock()
            revision = self._newest(seen)
            ArticleReading.objects.get_or_create(revision=revision, user=by, defaults={"physician": physician})
            today = timezone.localdate()
            signed = {"reviewed_by": physician, "reviewed_on": today, "next_review_on": today + REVIEW_EVERY}
            ArticleRevision.objects.filter(pk=revision.pk).update(**signed)
            columns: dict[str, Any] = {**signed, **FRESH} if revision.pk == self.edition_id else {}
            self._move("approve", who=Who.REVIEWER, by=by, **columns)
            ReviewEvent.log(self, ReviewEvent.Act.APPROVED, by=by)

    def keep_valid(self, *, by: User) -> None:
        """Sign the text that readers see as still valid, today and for a year. Raises NotTheReviewer."""
        physician = self.reviewer(by)
        today = timezone.localdate()
        signed = {"reviewed_by": physician, "reviewed_on": today, "next_review_on": today + REVIEW_EVERY}
        with changing():
            self._lock()
            ArticleRevision.objects.filter(pk__in=[self.edition_id or 0]).update(**signed)
            self._write(**signed, **FRESH)
            self._log("still_valid", who=Who.REVIEWER, by=by)
            ReviewEvent.log(self, ReviewEvent.Act.STILL_VALID, by=by)

    def schedule(
        self, at: dt.datetime, *, by: User, until: dt.datetime | None = None, seen: int | None = None
    ) -> ArticleEvent:
        """Have the newest text published at a moment, and taken off at another.

        Raises InvalidMove with a sentence for each condition that does not hold.
        """
        refusals = self._times_refused(at, until)
        if at <= timezone.now():
            refusals.append(_("Choose a moment that is still to come, or publish at once."))
        if refusals:
            raise InvalidMove("schedule", refusals)
        with changing():
            self._lock()
            return self._go_public("schedule", self._newest(seen), Who.EDITOR, by, published_at=at, expires_at=until)

    def unschedule(self, *, by: User) -> ArticleEvent:
        """Take the schedule back; the article is a draft again."""
        return self._move("unschedule", who=Who.EDITOR, by=by, edition=None)

    def publish(
        self,
        *,
        by: User | None = None,
        correction: str = "",
        until: dt.datetime | None = None,
        seen: int | None = None,
    ) -> ArticleEvent:
        """Make the newest text public: by an editor, or by the system what was scheduled and is due.

        `correction` is printed on the page with today's date; `seen` is the number of the revision that the editor
        saw: a newer one is not published. Raises InvalidMove with a sentence for each condition that does not hold.
        """
        now = timezone.now()
        with changing():
            self._lock()
            if by is None:
                if self.status != Status.SCHEDULED or self.edition is None or (self.published_at or now) > now:
                    raise InvalidMove("publish", [_("Only what is scheduled and due goes public by itself.")])
                return self._go_public("publish", self.edition, Who.SYSTEM, None)
            if refusals := self._times_refused(now, until):
                raise InvalidMove("publish", refusals)
            move = "republish" if self.status in PUBLIC else "publish"
            first = self.published_at if self.published_at and self.published_at < now else now
            event = self._go_public(move, self._newest(seen), Who.EDITOR, by, published_at=first, expires_at=until)
            if correction.strip():
                self.correct(correction, by=by)
            return event

    def expire(self, *, by: User | None = None) -> ArticleEvent:
        """Take an article off whose time is over, or earlier by an editor."""
        due = Q() if by else Q(expires_at__lte=timezone.now())
        who = Who.EDITOR if by else Who.SYSTEM
        with changing():
            self._lock()
            event = self._move("expire", who=who, by=by, condition=due)
            for translation in self._translations().filter(status__in=PUBLIC):
                translation._move("expire", who=who, by=by)
        return event

    def withdraw(self, *, by: User, note: str) -> ArticleEvent:
        """Take the article, and its translations with it, out of the public for good; the page says why."""
        with changing():
            self._lock()
            for translation in self._translations().filter(status__in=GOING_PUBLIC):
                translation.withdraw(by=by, note=note)
            return self._move("withdraw", who=Who.EDITOR, by=by, note=note, withdrawn_note=note.strip()[:300],
                              missing=[_("Say why it goes.")], edition=None, review_asked_at=None)  # fmt: skip

    def reopen(self, *, by: User) -> ArticleEvent:
        """Take up a withdrawn or expired article again, as a draft."""
        return self._move("reopen", who=Who.EDITOR, by=by, edition=None, withdrawn_note="", expires_at=None)

    def decide(self, finding: ArticleFinding, *, by: User) -> None:
        """Say that what the guard found belongs to no patient and stays."""
        with changing():
            self._lock()
            kept = {"decision": ArticleFinding.Decision.KEEP, "decided_by": by, "decided_at": timezone.now()}
            self.findings.filter(pk=finding.pk).update(**kept)
            self._log("decide", who=Who.EDITOR, by=by, note=finding.kind)

    def missing(self) -> list[str]:
        """Return a sentence for each condition that keeps the newest text from being published."""
        return self._missing(self._newest())

    def _go_public(
        self, move: str, revision: ArticleRevision, who: Who, by: User | None, **columns: Any
    ) -> ArticleEvent:
        everything = Q()
        for _sentence, holds in conditions(type(self), revision):
            everything &= holds
        if self._says_something_new(revision):
            columns["text_changed_at"] = timezone.now()
        event = self._move(
            move, who=who, by=by, condition=everything, missing=lambda: self._missing(revision), edition=revision,
            reviewed_by=revision.reviewed_by, reviewed_on=revision.reviewed_on,
            next_review_on=revision.next_review_on, review_asked_at=None, **columns,
        )  # fmt: skip
        # They end no later than their original, whose end may have been moved.
        for translation in self._translations().filter(status__in=PUBLIC):
            translation.show()
        return event

    def _says_something_new(self, revision: ArticleRevision) -> bool:
        """Whether more than small corrections lie between what readers saw and this text."""
        before = self.edition.number if self.edition else 0
        later = self.revisions.filter(number__gt=before, number__lte=revision.number, is_small=False)
        return bool(later.exists())

    def _missing(self, revision: ArticleRevision) -> list[str]:
        return [said for said, holds in conditions(type(self), revision) if not self._rows().filter(holds).exists()]

    def _times_refused(self, begins: dt.datetime, ends: dt.datetime | None) -> list[str]:
        return [_("It would end before it begins.")] if ends and ends <= begins else []

    def _newest(self, seen: int | None = None) -> ArticleRevision:
        """The newest revision; refuses where it is not the one that was seen."""
        if self.draft is None:
            raise InvalidMove("approve", [_("Nothing has been saved yet.")])
        if seen is not None and seen != self.draft.number:
            raise InvalidMove("approve", [_("Somebody saved a newer text. Read it, then decide again.")])
        return self.draft

    def _translations(self) -> Any:
        manager: Manager[Any] = type(self)._default_manager
        return manager.filter(translation_of=self.pk)

    def _move(
        self,
        move: str,
        *,
        who: Who,
        by: User | None,
        note: str = "",
        condition: Q | None = None,
        missing: list[str] | Callable[[], list[str]] | None = None,
        **columns: Any,
    ) -> ArticleEvent:
        """Make one move of the table: a conditional UPDATE on the expected status, and its event.

        Raises InvalidMove and changes nothing if it cannot be made.
        """
        rule = MOVES[move]
        before = Status(self.status)
        if who not in rule.who or before not in rule.sources or (rule.needs_note and not note.strip()):
            raise InvalidMove(move, _said(missing))
        target = rule.target or before
        with changing():
            rows = self._rows().filter(status=before).filter(condition or Q())
            if not rows.update(status=target, **columns):
                raise InvalidMove(move, _said(missing))
            event = self._log(move, who=who, by=by, note=note, before=before, after=target)
            self.refresh_from_db()
            self.show()
        return event

    def _log(
        self, act: str, *, who: Who, by: User | None, note: str = "",
        before: Status | None = None, after: Status | None = None,
    ) -> ArticleEvent:  # fmt: skip
        here = Status(self.status)
        return ArticleEvent.objects.create(article_id=self.pk, act=act, from_status=before or here,
                                           to_status=after or here, who=who, actor=by, note=note)  # fmt: skip

    def show(self) -> None:
        """Bring what is derived from the public text up to date: its document, or a tombstone."""
        with changing() as keys:
            keys.add(self.text_key)
            put_document(self.document()) if self.is_public else bury_document(self.text_key)


def _said(missing: list[str] | Callable[[], list[str]] | None) -> list[str] | None:
    return missing() if callable(missing) else missing
