"""Every saving of an article is kept: the whole text as it was, who saved it, and who read it as a reviewer."""

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.picture import Picture
from people.models import Physician
from text.outline import Heading, outline
from text.render import to_plain
from text.teaser import brief

TEASER: Final = 200
HEAVY: Final = ("body", "body_html", "entries", "sources")
"""What only the page of an article needs of its edition; lists leave it in the database."""
TEXTS = ("title", "lede", "body", "description", "author_name", "author_physician_id", "hero_id")
"""The columns that an article and its revisions share."""


class ArticleRevision(models.Model):
    """An article's text at one saving. It is never changed, only signed by reviewers; readers see one as the edition.

    `entries` are dicts of question, answer and answer_html; `sources` dicts of title, citation and checked_on (ISO).
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    lede = models.TextField(_("lede"), blank=True)
    body = models.TextField(_("body"))
    body_html = models.TextField(editable=False)
    teaser = models.CharField(max_length=300, blank=True, editable=False)
    description = models.CharField(_("description"), max_length=300, blank=True)
    author_name = models.CharField(_("author"), max_length=80, blank=True)
    author_physician = models.ForeignKey(
        Physician, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    hero = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    entries = models.JSONField(_("FAQ entries"), default=list, blank=True)
    sources = models.JSONField(_("references"), default=list, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    is_small = models.BooleanField(_("small correction"), default=False)
    restored_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    reviewed_by = models.ForeignKey(
        Physician, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("medically reviewed by")
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True)
    next_review_on = models.DateField(_("next review on"), null=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="articlerevision_number"),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_on__isnull=False, reviewed_by__isnull=False),
                name="articlerevision_review_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} / {self.number}"

    def summed_up(self) -> str:
        """Return what lists show of the text: the lede, or else the start of the body."""
        return brief(self.lede or to_plain(self.body, "markdown"), TEASER)

    @property
    def plain(self) -> str:
        """All words of the text, for search and the guards."""
        asked = [f"{entry['question']}\n{to_plain(entry['answer'], 'markdown')}".strip() for entry in self.entries]
        return "\n\n".join(filter(None, [self.lede, to_plain(self.body, "markdown"), *asked]))

    @property
    def shown(self) -> tuple[str, list[Heading]]:
        """The stored HTML with a fragment on every heading, and the headings."""
        return outline(self.body_html)

    @property
    def shown_sources(self) -> list[dict[str, Any]]:
        """The references with their dates as dates."""
        return [{**source, "checked_on": _date(source.get("checked_on"))} for source in self.sources]

    def says_the_same(self, other: "ArticleRevision") -> bool:
        """Whether readers would see no difference."""
        return all(getattr(self, name) == getattr(other, name) for name in (*TEXTS, "entries", "sources"))


def _date(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


class ArticleReading(models.Model):
    """Somebody read a revision as a medical reviewer and signed it."""

    revision = models.ForeignKey(ArticleRevision, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    physician = models.ForeignKey(Physician, on_delete=models.PROTECT, related_name="+")
    read_on = models.DateField(_("read on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["revision", "user"], name="articlereading_once")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.user_id}"
