"""What editors and reviewers can do with an article beside writing: each act with its button, its questions and its
verb. Which of them fit a state is the table's (`articles.states`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.states import MOVES, Who
from people.models import User
from search.changes import changing

WRITES: Final = "articles.change_article"
REVIEWS: Final = "articles.review_article"
BOTH: Final = 2
"""The signatures under a text that needs a second reviewer."""


def _local(label: Any, help_text: Any, *, required: bool) -> forms.DateTimeField:
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, required=required, widget=picker)


class ActForm(forms.Form):
    """An act that asks for nothing."""


class NoteForm(ActForm):
    """An act that needs a reason."""

    note = forms.CharField(
        label=_("What should be different?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "cols": 60})
    )


class WithdrawForm(ActForm):
    note = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        help_text=_("Readers get to read this in its place."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )


class PublishForm(ActForm):
    until = _local(_("Take it off at"), _("Empty: it stays."), required=False)


class RepublishForm(PublishForm):
    """What was public before may carry a notice about what was wrong."""

    correction = forms.CharField(
        label=_("Correction notice"),
        required=False,
        max_length=300,
        help_text=_("Printed on the page with today's date, where something was wrong before. Empty: no notice."),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )
    field_order = ("correction", "until")


class ScheduleForm(PublishForm):
    at = _local(_("Publish at"), _("In the time of Taipei."), required=True)
    field_order = ("at", "until")


@dataclass(frozen=True)
class Act:
    """One act.

    `label` is what its button says; `says` tells beforehand what will happen, `done` afterwards what did. `moves` are
    the rows of the table that it can make.
    """

    name: str
    label: str | Promise
    says: str | Promise
    done: str | Promise
    may: frozenset[str]
    moves: tuple[str, ...]
    do: Callable[[Article, User, dict[str, Any]], object]
    form: type[ActForm] = ActForm
    sees_text: bool = False
    is_grave: bool = False

    def fits(self, article: Article, user: User) -> bool:
        """Whether the act is one for this account, and possible in the article's state."""
        in_table = any(article.status in MOVES[move].sources for move in self.moves) if self.moves else True
        return in_table and self.is_for(user) and NEEDS.get(self.name, _always)(article)

    def is_for(self, user: User) -> bool:
        """Whether the account may do it at all."""
        return any(user.has_perm(permission) for permission in self.may)

    def form_for(self, article: Article) -> type[ActForm]:
        """The questions: publishing again asks for a notice, too."""
        return RepublishForm if self.name == "publish" and article.edition_id else self.form


def _always(_article: Article) -> bool:
    return True


def is_behind(article: Article) -> bool:
    """Whether an article is a translation whose original changed after it."""
    original: Any = article.translation_of
    return original is not None and article.is_behind(original)


def waits_for_signature(article: Article) -> bool:
    """Whether the newest text lacks a review, its second one, or one that is not over."""
    draft: Any = article.draft
    if draft is None:
        return False
    lacks_second = article.needs_second_reader and draft.readings.count() < BOTH
    is_over = draft.next_review_on is not None and draft.next_review_on < timezone.localdate()
    return draft.reviewed_by_id is None or lacks_second or is_over


NEEDS: Final[dict[str, Callable[[Article], bool]]] = {
    "submit": lambda article: article.review_asked_at is None,
    "send_back": lambda article: article.review_asked_at is not None,
    "approve": waits_for_signature,
    "in_line": is_behind,
}
"""What an act needs beside the state. What is public can be published again: with another end, or with a notice."""


def _publish(article: Article, by: User, words: dict[str, Any]) -> object:
    return article.publish(by=by, correction=words.get("correction", ""), until=words["until"], seen=words["seen"])


def _schedule(article: Article, by: User, words: dict[str, Any]) -> object:
    return article.schedule(words["at"], by=by, until=words["until"], seen=words["seen"])


def _send_back(article: Article, by: User, words: dict[str, Any]) -> object:
    who = Who.REVIEWER if by.has_perm(REVIEWS) else Who.EDITOR
    return article.send_back(by=by, note=words["note"], who=who)


def _bring_in_line(article: Article, _by: User, _words: dict[str, Any]) -> object:
    with changing() as keys:
        article.bring_in_line()
        keys.add(article.text_key)
    return None


_EDITORS: Final = frozenset({WRITES})

ACTS: Final = {
    act.name: act
    for act in (
        Act(
            "submit", _("Hand in for review"),
            _("A medical reviewer finds it in the list of what waits."), _("Handed in for medical review."),
            _EDITORS, ("submit", "submit_changes"), lambda article, by, _words: article.submit(by=by),
        ),
        Act(
            "approve", _("Approve as medically reviewed"),
            _("You sign this revision in your name, as of today and for a year. It is not published by that."),
            _("Approved as medically reviewed."),
            frozenset({REVIEWS}), ("approve",), lambda article, by, words: article.approve(by=by, seen=words["seen"]),
            sees_text=True,
        ),
        Act(
            "send_back", _("Send back …"),
            _("It goes back to the editors with your note."), _("Sent back to the editors."),
            frozenset({WRITES, REVIEWS}), ("send_back", "send_back_changes"), _send_back, NoteForm,
        ),
        Act(
            "publish", _("Publish …"),
            _("Everyone can read this revision at once."), _("Published."),
            _EDITORS, ("publish", "republish"), _publish, PublishForm, sees_text=True,
        ),
        Act(
            "schedule", _("Schedule …"),
            _("Everyone can read this revision from the moment that you choose."), _("Scheduled."),
            _EDITORS, ("schedule",), _schedule, ScheduleForm, sees_text=True,
        ),
        Act(
            "unschedule", _("Take the schedule back …"),
            _("It is a draft again, and does not go public by itself."), _("The schedule is taken back."),
            _EDITORS, ("unschedule",), lambda article, by, _words: article.unschedule(by=by),
        ),
        Act(
            "expire", _("Take off …"),
            _("Readers do not find it any more. It can be published again."), _("Taken off."),
            _EDITORS, ("expire",), lambda article, by, _words: article.expire(by=by), is_grave=True,
        ),
        Act(
            "withdraw", _("Withdraw …"),
            _("Readers find your reason in its place. Its translations are withdrawn with it."), _("Withdrawn."),
            _EDITORS, ("withdraw",), lambda article, by, words: article.withdraw(by=by, note=words["note"]),
            WithdrawForm, is_grave=True,
        ),
        Act(
            "reopen", _("Take up again …"),
            _("It becomes a draft; readers see nothing of it."), _("It is a draft again."),
            _EDITORS, ("reopen",), lambda article, by, _words: article.reopen(by=by),
        ),
        Act(
            "in_line", _("In line with the original"),
            _("You have compared the translation with its original: nothing has to change. Readers are no longer told "
              "that it is out of date."), _("Found in line with its original."),
            _EDITORS, (), _bring_in_line,
        ),
    )
}  # fmt: skip
"""Every act, in the order of its buttons."""


def acts_for(article: Article, user: User) -> list[Act]:
    """Return the acts that fit the role of an account and the state of an article."""
    return [act for act in ACTS.values() if act.fits(article, user)]
