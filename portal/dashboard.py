"""What waits for somebody who signs in: piles with their numbers and their oldest, each with the way there."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.ageing import kinds_of, rows_of
from articles.models import Article, Comment, ContactMessage
from faq.admin.moderator_queues import QUEUES
from faq.admin.physician_fetch import Seat, seat_of
from faq.admin.physician_lists import KINDS
from faq.models import Notification
from faq.paging import Tally, tally
from people.models import Department, Physician, User
from portal.dashboard_figures import SPANS, Figures, figures_of
from portal.work_page import SEEN_BY, rows
from search.models import Concept, WantedTopic


@dataclass(frozen=True)
class Viewer:
    """Who looks, and the seat at the physicians' desk that the account has once somebody verified its profile."""

    user: User
    seat: Seat | None


Rows = Callable[[Viewer], Iterable[QuerySet[Any]]]


@dataclass(frozen=True)
class Pile:
    """Something that waits: for whom, what it is called, where it lies, the rows, and the column that says since when
    one of them waits (empty where nothing does). Some piles are made of several kinds of rows."""

    permission: str
    label: Any
    address: str
    rows: Rows
    since: str = ""
    query: str = ""


@dataclass(frozen=True)
class Shown:
    """A pile as somebody sees it. `since` is the moment from which the oldest waits."""

    pile: Pile
    count: Tally
    since: dt.datetime | None

    @property
    def url(self) -> str:
        """Where it lies."""
        return reverse(self.pile.address) + self.pile.query


def _queue(name: str, since: str) -> Pile:
    queue = QUEUES[name]
    return Pile(
        "faq.moderate_question", queue.title, "admin:faq_moderator_desk", lambda viewer: [queue.ordered()], since,
        f"?queue={name}",
    )  # fmt: skip


def _list(name: str, since: str) -> Pile:
    kind = KINDS[name]

    def rows(viewer: Viewer) -> Iterable[QuerySet[Any]]:
        return [kind.rows(viewer.seat, viewer.seat.questions())] if viewer.seat else []

    return Pile("faq.answer_question", kind.title, "admin:faq_physician_desk", rows, since, f"?list={name}")


def _overdue(viewer: Viewer) -> Iterable[QuerySet[Any]]:
    return [rows_of(kind, viewer.user, "overdue") for kind in kinds_of(viewer.user)]


PILES: Final = (
    _list("waiting", "waiting_since"),
    _list("claimed", ""),
    _list("follow_ups", "created_at"),
    _list("readings", "created_at"),
    _list("drafts", "saved_at"),
    _queue("new", "waiting_since"),
    _queue("answered", "answered_at"),
    _queue("follow_ups", ""),
    _queue("archive", ""),
    Pile(
        "articles.change_comment", _("Comments to decide on"), "admin:articles_comment_changelist",
        lambda viewer: [Comment.objects.awaiting_decision()], "created_at",
    ),
    Pile(
        "articles.review_article", _("Articles to review"), "admin:articles_article_review",
        lambda viewer: [Article.objects.visible_to(viewer.user).awaiting_review()], "review_asked_at",
    ),
    Pile("faq.review_answer", _("Texts whose review is due"), "admin:ageing_report", _overdue, "next_review_on"),
    Pile(
        "faq.add_topic", _("Topics that are wanted"), "admin:faq_topic_changelist",
        lambda viewer: [WantedTopic.objects.open()], "created_at",
    ),
    Pile(
        "search.change_concept", _("Concepts proposed"), "admin:search_concept_suggestions",
        lambda viewer: [Concept.objects.filter(is_proposal=True, merged_into__isnull=True)],
    ),
    Pile(
        "articles.change_contactmessage", _("Messages from readers"), "admin:articles_contactmessage_changelist",
        lambda viewer: [ContactMessage.objects.filter(handled_at__isnull=True)], "created_at",
    ),
    Pile(
        "people.change_physician", _("Physicians to verify"), "admin:people_physician_changelist",
        lambda viewer: [Physician.objects.current().filter(verified_at__isnull=True, user__isnull=False)],
    ),
    Pile(
        "people.change_user", _("Mails that are late"), "admin:faq_notification_changelist",
        lambda viewer: [_late_mails()], "not_before",
    ),
)  # fmt: skip
"""Everything that can wait, in the order in which it is shown."""
LATE: Final = dt.timedelta(minutes=15)


def dashboard_of(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return the template's words: what waits for an account, and the figures of its departments."""
    viewer = Viewer(user, seat_of(user) if user.has_perm("faq.answer_question") else None)
    piles = [shown for pile in PILES if user.has_perm(pile.permission) and (shown := look_at(pile, viewer))]
    return {
        "piles": [shown for shown in piles if shown.count.number],
        "empty_piles": [shown for shown in piles if not shown.count.number],
        "figures": figures_for(viewer, request.GET.get("weeks", "")),
        "spans": SPANS,
        "can_answer": viewer.seat is not None,
        "works": rows(unfinished=True) if user.has_perm(SEEN_BY) else None,
        "can_moderate": user.has_perm("faq.moderate_question"),
    }


def figures_for(viewer: Viewer, typed: str) -> Figures | None:
    """The figures of the departments that concern an account, over the weeks that were asked for; None for none of
    its business."""
    departments = _departments(viewer)
    span = next((span for span in SPANS if str(span) == typed), SPANS[0])
    return None if departments is None else figures_of(departments, span)


def _departments(viewer: Viewer) -> list[Department] | None:
    if viewer.user.has_perm("faq.moderate_question") or viewer.user.has_perm("people.change_department"):
        return list(Department.objects.all())
    return viewer.seat.departments() if viewer.seat else None


def look_at(pile: Pile, viewer: Viewer) -> Shown | None:
    """Count a pile, no further than people read, and find its oldest; None where the account has no place for it."""
    parts = list(pile.rows(viewer))
    if not parts:
        return None
    counts = [tally(rows) for rows in parts]
    count = Tally(sum(each.number for each in counts), any(each.is_more for each in counts))
    moments = filter(None, map(partial(_oldest, since=pile.since), parts)) if pile.since and count.number else ()
    return Shown(pile, count, min(moments, default=None))


def _oldest(rows: QuerySet[Any], since: str) -> dt.datetime | None:
    found = rows.order_by(since).values_list(since, flat=True).first()
    if isinstance(found, dt.date) and not isinstance(found, dt.datetime):
        return dt.datetime.combine(found, dt.time(), tzinfo=timezone.get_current_timezone())
    return found


def _late_mails() -> QuerySet[Notification]:
    """What should have been sent some time ago and was not given up."""
    return Notification.objects.filter(sent_at__isnull=True, dropped="", not_before__lt=timezone.now() - LATE)
