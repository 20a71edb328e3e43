"""What grows old in the house, of every kind in one place: articles, topics, supplements and answers."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.states import PUBLIC
from faq.models import Answer, MoreInfo, Topic
from faq.models.answer import OLD_AFTER_DAYS
from faq.models.reviewing import Ageing
from people.models import Department, User

LISTED: Final = 50
COUNTED: Final = 200


@dataclass(frozen=True)
class Kind:
    """One kind of text: what of it is public, where its department stands, who may review it."""

    name: str
    label: Any
    public: Callable[[], QuerySet[Any]]
    department: str
    permission: str
    related: tuple[str, ...]


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind(
            "article",
            _("Articles"),
            lambda: Article.objects.filter(status__in=PUBLIC, is_medical=True),
            "department",
            "articles.review_article",
            ("department", "edition"),
        ),
        Kind(
            "topic",
            _("Topics"),
            lambda: Topic.objects.published().exclude(introduction=""),
            "department",
            "faq.review_topic",
            ("department", "concept"),
        ),
        Kind(
            "more_info",
            _("More info"),
            lambda: MoreInfo.objects.filter(is_public=True, question__is_listed=True),
            "question__department",
            "faq.review_moreinfo",
            ("question__department",),
        ),
        Kind(
            "answer",
            _("Answers"),
            lambda: Answer.objects.published().filter(question__is_listed=True),
            "question__department",
            "faq.review_answer",
            ("question__department", "physician"),
        ),
    )
}
STATES: Final = {
    "overdue": _("overdue"),
    "due_soon": _("due within 30 days"),
    "never_reviewed": _("never reviewed"),
    "outdated": _("marked as outdated"),
}


@dataclass(frozen=True)
class Aged:
    """One text in the report: what it is called, where it is read and changed."""

    kind: Kind
    text: Any
    title: str
    lang: str
    department: Department | None
    address: str

    @classmethod
    def of(cls, kind: Kind, text: Any) -> "Aged":
        """Describe a text of a kind."""
        holder = text if hasattr(text, "get_absolute_url") else text.question
        title = getattr(holder, "shown_title", None) or str(holder)
        address = holder.get_absolute_url() + (f"#answer-{text.pk}" if kind.name == "answer" else "")
        return cls(kind, text, title, holder.html_lang, holder.department, address)

    @property
    def act_address(self) -> str:
        """Where the two buttons lead."""
        return reverse("admin:ageing_act", args=[self.kind.name, self.text.pk])


def kinds_of(user: User | AnonymousUser) -> list[Kind]:
    """Return the kinds that an account may review."""
    return [kind for kind in KINDS.values() if user.has_perm(kind.permission)]


def rows_of(kind: Kind, user: User, state: str, department: Department | None = None) -> Any:
    """Return the public texts of a kind in a state, of the departments of the account or of one of them.

    An answer that nobody has reviewed counts from its fifth year on. Raises KeyError for an unknown state.
    """
    rows: Any = _public_to(kind, user)
    if department is not None:
        rows = rows.filter(**{kind.department: department})
    rows = {
        "overdue": lambda: rows.overdue().order_by("next_review_on", "pk"),
        "due_soon": lambda: rows.due_soon().order_by("next_review_on", "pk"),
        "never_reviewed": lambda: rows.never_reviewed().order_by("pk"),
        "outdated": lambda: rows.outdated().order_by("outdated_on", "pk"),
    }[state]()
    if kind.name == "answer" and state == "never_reviewed":
        return rows.filter(replied_on__lt=timezone.localdate() - dt.timedelta(days=OLD_AFTER_DAYS))
    return rows


def listed(kind: Kind, user: User, state: str, department: Department | None) -> list[Aged]:
    """Return the first texts of a kind in a state, those that have waited longest first."""
    rows = rows_of(kind, user, state, department).select_related(*kind.related)
    return [Aged.of(kind, text) for text in rows[:LISTED]]


def counted(kind: Kind, user: User, state: str, department: Department | None) -> int:
    """Count them, no further than COUNTED."""
    number: int = rows_of(kind, user, state, department).order_by()[:COUNTED].count()
    return number


def overdue_by_department(kinds: list[Kind], user: User) -> list[tuple[Department, list[int]]]:
    """Return for each department with something overdue how much it is, kind by kind: a query a kind."""
    counts: dict[int, list[int]] = {}
    for place, kind in enumerate(kinds):
        rows = rows_of(kind, user, "overdue").order_by().values_list(kind.department).annotate(Count("pk"))
        for department, number in rows:
            counts.setdefault(department or 0, [0] * len(kinds))[place] = number
    return [(row, counts[row.pk]) for row in Department.objects.filter(pk__in=counts)]


def text_of(kind: Kind, user: User, pk: int) -> Ageing | None:
    """Return one public text that the account may review; None where there is none."""
    if not user.has_perm(kind.permission):
        return None
    text: Ageing | None = _public_to(kind, user).filter(pk=pk).first()
    return text


def _public_to(kind: Kind, user: User) -> QuerySet[Any]:
    """The public texts of a kind, those of the account's departments."""
    rows = kind.public()
    if user.has_perm("people.cover_every_department"):
        return rows
    return rows.filter(**{f"{kind.department}__in": Department.objects.covered_by(user)})
