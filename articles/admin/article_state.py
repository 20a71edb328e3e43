"""Where an article stands, in sentences for those who work at it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from articles.states import PUBLIC, Status


@dataclass(frozen=True)
class State:
    """The heading of an article's desk: its state in a word, what readers see, what else is to be known."""

    word: str
    readers: str
    more: list[str]


def state_word(article: Article) -> str:
    """The state in a word; what is over by the clock is expired, whether or not the worker has come by."""
    return str(Status(shown_status(article)).label)


def shown_status(article: Article) -> str:
    """The status, with the clock asked."""
    ended = article.expires_at is not None and article.expires_at <= timezone.now()
    return Status.EXPIRED if article.status in PUBLIC and ended else article.status


def state_of(article: Article) -> State:
    """Return what the desk says on top about an article."""
    return State(state_word(article), _readers_see(article), [*_times(article), *_review(article), *_changes(article)])


def _readers_see(article: Article) -> str:
    edition: Any = article.edition
    if article.is_public and edition:
        return _("Readers see revision %(number)d, saved on %(day)s.") % _saved(edition)
    if article.status == Status.SCHEDULED and edition:
        return _("Readers see nothing yet. Revision %(number)d, saved on %(day)s, waits for its time.") % _saved(
            edition
        )
    if article.status == Status.WITHDRAWN:
        return _("Readers see that it was withdrawn: %s") % article.withdrawn_note
    return _("Readers see nothing of it.")


def _times(article: Article) -> list[str]:
    said = []
    if article.status == Status.SCHEDULED and article.published_at:
        said.append(_("It goes public on %s.") % moment(article.published_at))
    if article.expires_at and article.status in {Status.SCHEDULED, *PUBLIC}:
        ended = article.expires_at <= timezone.now()
        sentence = _("It was taken off on %s.") if ended else _("It is taken off on %s.")
        said.append(sentence % moment(article.expires_at))
    return said


def _review(article: Article) -> list[str]:
    said = []
    if article.review_asked_at:
        said.append(_("It was handed in for medical review on %s.") % moment(article.review_asked_at))
    draft: Any = article.draft
    if draft is not None and draft.reviewed_on:
        said.append(_("The newest text was medically reviewed on %s.") % f"{draft.reviewed_on:%Y/%m/%d}")
    if article.is_overdue:
        said.append(_("Its next medical review is overdue."))
    if article.outdated_on:
        said.append(_("It is marked as outdated: %s") % article.outdated_note)
    return said


def _changes(article: Article) -> list[str]:
    draft: Any = article.draft
    if not (article.is_public and article.has_changes and draft):
        return []
    return [_("There are changes that readers do not see: revision %(number)d, saved on %(day)s.") % _saved(draft)]


def _saved(revision: Any) -> dict[str, Any]:
    return {"number": revision.number, "day": moment(revision.saved_at)}


def moment(at: Any) -> str:
    """A moment in the time of the house, as days are written on the pages: 2026/05/01 08:00."""
    return f"{timezone.localtime(at):%Y/%m/%d %H:%M}"
