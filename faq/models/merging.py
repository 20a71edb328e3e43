"""One answer for several questions: a question is joined to another that asks the same, and parted from it again.

`merged_into` is where readers are led in the end, never to a question that is itself merged: when a survivor is merged
on, what had been merged into it comes along and notes in `merged_through` with which question it came, so that parting
that question takes them back with it.

Whoever writes to a merged question and to its survivor locks the survivor first.
"""

from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from faq.models.asking import Asking
from faq.models.event import QuestionEvent
from faq.models.featured import FeaturedQuestion
from faq.models.moderating import Moderating
from faq.models.notification import Notification
from faq.models.publication import show
from faq.models.thread import Thread
from faq.states import MERGEABLE, PUBLIC, InvalidMove, Status, Who
from people.models import User
from search.changes import changing

ENDED: Final = frozenset({Status.MERGED, Status.WITHDRAWN, Status.REJECTED})
"""Where nothing can be merged into."""


class Merging(Moderating, Asking):
    """The verbs of joining and parting, and what the other verbs mean for what is joined."""

    class Meta:
        abstract = True

    def merge(self, *, into: models.Model, by: User, as_variant: bool = False) -> QuestionEvent:
        """Join the question to another that says the same: its address redirects, both askers are told.

        What was merged into it comes along. `as_variant` lists its public title on the other's page, as `list_variant`
        does. Raises InvalidMove with a sentence for each reason against it.
        """
        with changing():
            target = self._locked_with(into.pk)
            if reasons := self._against(target):
                raise InvalidMove("merge", reasons)
            self._rows_merged_here().filter(merged_through__isnull=True).update(merged_through=self.pk)
            self._rows_merged_here().update(merged_into=target.pk)
            event = self._move(
                "merge", who=Who.MODERATOR, by=by, note=str(target.pk),
                merged_into=target, status_before=self.status, is_variant=False,
                claimed_by=None, claim_expires_at=None, held_by=None,
            )  # fmt: skip
            if as_variant:
                self.list_variant(by=by)
            target._receive(self, by=by)
        return event

    def unmerge(self, *, by: User) -> QuestionEvent:
        """Part the question from the one it was merged into; what came with it comes back with it.

        It is again what it was before; one that was public and may not be so now (an open finding) is answered.
        """
        return self._part(who=Who.MODERATOR, by=by)

    def list_variant(self, *, by: User) -> QuestionEvent:
        """Show the public title of a merged question on the page of its survivor, under "Also asked as".

        Raises InvalidMove with a sentence for each condition that does not hold.
        """
        with changing():
            if not self._rows().filter(self.listable()).update(is_variant=True):
                raise InvalidMove("list_variant", self._missing(self._listable()))
            return self._listed_anew("list_variant", by=by)

    def unlist_variant(self, *, by: User) -> QuestionEvent:
        """Take the title off the survivor's page; the address still leads there."""
        with changing():
            self._rows().update(is_variant=False)
            return self._listed_anew("unlist_variant", by=by)

    def publish(self, *, by: User | None = None) -> QuestionEvent:
        """Publish, and tell those whose question was joined with this one that there is something to read now."""
        is_first = self.published_at is None
        with changing():
            event = super().publish(by=by)
            if is_first:
                for merged in self._rows_merged_here().order_by("pk"):
                    merged._log("published_there", who=Who.SYSTEM, by=None, note=str(self.pk))
        return event

    def withdraw(self) -> QuestionEvent:
        """Take the question back for good; what was merged into it is parted from it first, and lives on."""
        with changing():
            survivor = self._lock_family()
            for merged in self._rows_merged_here().filter(merged_through__isnull=True).order_by("pk"):
                merged._part(who=Who.SYSTEM, by=None)
            event = super().withdraw()
            self._all().filter(merged_through=self.pk).update(merged_through=None)
            if survivor is not None:
                show(survivor)
        return event

    @classmethod
    def listable(cls) -> Q:
        """Return every condition of being listed as a variant, as one."""
        everything = Q(status=Status.MERGED)
        for _sentence, condition in cls._listable():
            everything &= condition
        return everything

    @classmethod
    def _listable(cls) -> list[tuple[str, Q]]:
        return [
            (_("Its title can be listed only when its findings are decided."), cls._none_open()),
            (_("Its asker wants an answer only for themselves: its title is not shown."), Q(wants_public=True)),
            (_("Its title is empty."), ~Q(title="")),
        ]

    def _against(self, target: "Merging") -> list[str]:
        """The sentences that say why the question can't be merged into `target`, which is locked."""
        reasons = [
            (target.pk == self.pk or target.status in ENDED,
             _("A question is merged into another that is not merged itself.")),
            (target.prefix != self.prefix, _("The other question is in another language.")),
            (not target.wants_public,
             _("The asker of the other question wants an answer only for themselves: nobody else could read it.")),
            (self.is_public and not target.is_public,
             _("This question is public and the other is not: its readers would find nothing. Publish that first.")),
            (self._translations().filter(status__in=PUBLIC).exists(),
             _("Its translation is public: take that out of the public, or merge it too, first.")),
        ]  # fmt: skip
        return [sentence for is_so, sentence in reasons if is_so] if self.status in MERGEABLE else []

    def _receive(self, merged: Thread, *, by: User) -> None:
        """What merging means for the survivor. Its asker gets one mail, however many are merged into it."""
        event = self._log("merged_here", who=Who.MODERATOR, by=by, note=str(merged.pk))
        told = Notification.objects.filter(event__question=self.pk, event__act="merged_here", recipient=None)
        if not told.exists():
            Notification.objects.create(event=event)
        FeaturedQuestion.follow(merged.pk, self, by=by)
        show(self)

    def _part(self, *, who: Who, by: User | None) -> QuestionEvent:
        with changing():
            survivor = self._lock_family()
            back = Status(self.status_before or Status.SUBMITTED)
            if back in PUBLIC and self._missing(self._publishable()):
                back = Status.ANSWERED
            event = self._move(
                "unmerge", who=who, by=by, status=back,
                merged_into=None, merged_through=None, is_variant=False,
                condition=self.publishable() if back in PUBLIC else Q(),
                missing=lambda: self._missing(self._publishable()),
            )  # fmt: skip
            if survivor is not None:
                self._take_back_from(survivor)
                show(survivor)
                show(self)
        return event

    def _take_back_from(self, survivor: Thread) -> None:
        """What had come along with this question stands at it again."""
        direct = list(self._all().filter(merged_through=self.pk).values_list("pk", flat=True))
        found, latest = set(direct), direct
        while latest:
            deeper = self._all().filter(merged_into=survivor.pk, merged_through__in=latest).exclude(pk__in=found)
            latest = list(deeper.values_list("pk", flat=True))
            found.update(latest)
        self._all().filter(pk__in=found).update(merged_into=self.pk)
        self._all().filter(pk__in=direct).update(merged_through=None)

    def _shown_again(self) -> None:
        """Renew what is public, also where the title is listed on a survivor's page."""
        super()._shown_again()
        if self.merged_into is not None:
            show(self.merged_into)

    def _listed_anew(self, act: str, *, by: User) -> QuestionEvent:
        self.refresh_from_db()
        event = self._log(act, who=Who.MODERATOR, by=by)
        if self.merged_into is not None:
            show(self.merged_into)
        return event

    def _locked_with(self, pk: Any) -> "Merging":
        """Lock the question and another in one order, so that two mergings wait for each other; returns the other."""
        pair = self._all().select_for_update().filter(pk__in=[self.pk, pk]).order_by("pk")
        found: dict[int, Merging] = {row.pk: row for row in pair}
        self.refresh_from_db()
        return found[pk]

    def _lock_family(self) -> Thread | None:
        """Lock the survivor, then the question, and read it anew; returns the survivor, None where there is none."""
        known = self.merged_into
        if known is not None:
            self._all().select_for_update().get(pk=known.pk)
        self._rows().select_for_update().get()
        self.refresh_from_db()
        if self.merged_into != known:
            raise InvalidMove("unmerge", [_("The question it belongs to was merged on in this moment. Try again.")])
        return self.merged_into

    def _rows_merged_here(self) -> models.QuerySet[Any]:
        return self._all().filter(merged_into=self.pk)

    def _all(self) -> models.QuerySet[Any]:
        return type(self)._default_manager.all()
