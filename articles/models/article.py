"""Editorial texts."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from faq.models import Topic
from faq.models.reviewing import Reviewed
from people.languages import HTML_LANG, Language, prefix_of
from people.models import Department, Physician, User
from search.changes import bury_document, changing, put_document
from search.models import Concept, Document
from text import markdown
from text.render import to_html, to_plain
from text.slug import slugify
from text.teaser import cut


class ArticleQuerySet(models.QuerySet["Article"]):
    """Words about articles that chain."""

    def published(self) -> "ArticleQuerySet":
        """Keep what everyone may read now: the clock is asked, so that nothing shows before its time."""
        now = timezone.now()
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now),
            is_public=True,
            published_at__lte=now,
        )

    def under_prefix(self, prefix: str) -> "ArticleQuerySet":
        """Keep the articles served under an address prefix ("en" or "zh-hant")."""
        return self.filter(language__in=["en"] if prefix == "en" else ["zh-hant", "zh-hans"])

    def visible_to(self, user: User) -> "ArticleQuerySet":
        """Keep all for those who work for every department, for physicians those of their own."""
        if user.has_perm("people.cover_every_department"):
            return self
        return self.filter(department__in=Department.objects.covered_by(user))


class Article(Reviewed):  # type: ignore[django-manager-missing]  # taggit has no types
    """An editorial text: lede, body, author, reviewer, references and FAQ entries."""

    language = models.CharField(_("language"), max_length=8, choices=Language)
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    title = models.CharField(_("title"), max_length=200)
    lede = models.TextField(_("lede"), blank=True, help_text=_("One paragraph that stands before the body."))
    body = models.TextField(_("body"), help_text=_("Markdown."))
    body_html = models.TextField(editable=False)
    author_name = models.CharField(_("author"), max_length=80, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    reviewed_by = models.ForeignKey(
        Physician,
        verbose_name=_("medically reviewed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviewed_articles",
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    next_review_on = models.DateField(_("next review on"), null=True, blank=True)
    is_medical = models.BooleanField(
        _("medical"),
        default=True,
        help_text=_("Needs a medical reviewer to be public."),
    )
    is_public = models.BooleanField(_("published"), default=False)
    is_featured = models.BooleanField(_("on the home page"), default=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("related topics"), blank=True, related_name="articles")
    views = models.PositiveIntegerField(_("views"), default=0)

    concepts = TaggableManager(through="articles.TaggedArticle", blank=True, verbose_name=_("tags"))
    objects = ArticleQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["body_html", "views"])

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-published_at", "-pk")
        permissions = [("review_article", "Can approve articles as medically reviewed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False)
                | Q(is_medical=False)
                | (Q(reviewed_on__isnull=False) & Q(reviewed_by__isnull=False)),
                name="article_public_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(published_at__isnull=False),
                name="article_public_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render, store, and make public or bury what search and pages follow."""
        self.body_html = markdown.render(self.body, heading=2)  # below the page's own title
        if self.is_public and self.published_at is None:
            self.published_at = timezone.now()
        with changing():
            super().save(*args, **kwargs)
            put_document(self._document()) if self.is_public else bury_document(f"article:{self.pk}")

    def get_absolute_url(self) -> str:
        """The address under the prefix of its own language."""
        with override(prefix_of(self.language)):
            return reverse(
                "articles:article_detail",
                args=[self.pk, slugify(self.title, fallback="article")],
            )

    @property
    def html_lang(self) -> str:
        """The `lang` attribute of the text."""
        return HTML_LANG[self.language]

    @property
    def teaser(self) -> str:
        """What lists show of it: the lede, or the beginning of the body."""
        return cut(self.lede or to_plain(self.body, "markdown"), 160)

    def reviewed_department_id(self) -> int | None:
        """The department that the article is filed under, if any."""
        return self.department_id

    def _document(self) -> Document:
        return Document(
            key=f"article:{self.pk}",
            kind="article",
            language=self.language,
            department=self.department.slug if self.department else "",
            title=self.title,
            body=f"{self.lede}\n\n{to_plain(self.body, 'markdown')}",
            teaser=self.teaser,
            path=self.get_absolute_url(),
            listed_on=timezone.localdate(self.published_at) if self.published_at else None,
        )


class TaggedArticle(ItemBase):
    """One tag of one article."""

    content_object = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="tagged_articles")

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of articles")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taggedarticle_once")]

    def __str__(self) -> str:
        return f"{self.content_object_id}: {self.tag_id}"


class ArticleReference(models.Model):
    """A source of an article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="references")
    title = models.CharField(_("title"), max_length=300)
    citation = models.CharField(_("address or citation"), max_length=500, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.title


class ArticleFaqEntry(models.Model):
    """A question within an article; its answer may be missing."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="faq_entries")
    question = models.CharField(_("question"), max_length=300)
    answer = models.TextField(_("answer"), blank=True)
    answer_html = models.TextField(editable=False, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.question

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render the answer once, then store."""
        self.answer_html = to_html(self.answer, "markdown") if self.answer else ""
        super().save(*args, **kwargs)
