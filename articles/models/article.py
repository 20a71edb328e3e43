"""Editorial texts."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from articles.models.lifecycle import PublishedArticle
from articles.models.revision import HEAVY, ArticleRevision
from articles.states import GOING_PUBLIC, PUBLIC, Status
from faq.models.reviewing import AgeingQuerySet
from people.languages import HTML_LANG, languages_under, prefix_of
from people.models import Department, Physician, User
from search.models import Concept, Document
from text.slug import slugify


class ArticleQuerySet(AgeingQuerySet["Article"]):
    """Words about articles that chain."""

    def published(self) -> "ArticleQuerySet":
        """Keep what everyone may read now: the clock is asked, so that nothing shows out of its time, whatever the
        worker does. A translation is over with its original."""
        now = timezone.now()
        goes_on = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        original_goes_on = Q(translation_of__expires_at__isnull=True) | Q(translation_of__expires_at__gt=now)
        rows = self.filter(goes_on, original_goes_on, status__in=PUBLIC, published_at__lte=now)
        return rows.select_related("edition").defer(*(f"edition__{name}" for name in HEAVY))

    def to_publish(self) -> "ArticleQuerySet":
        """Keep what is scheduled and due."""
        return self.filter(status=Status.SCHEDULED, published_at__lte=timezone.now())

    def to_expire(self) -> "ArticleQuerySet":
        """Keep what is published and over."""
        return self.filter(status=Status.PUBLISHED, expires_at__lte=timezone.now())

    def awaiting_review(self) -> "ArticleQuerySet":
        """Keep what was handed in for medical review."""
        return self.filter(review_asked_at__isnull=False)

    def with_changes(self) -> "ArticleQuerySet":
        """Keep what has a newer text than readers see."""
        return self.filter(edition__isnull=False).exclude(draft=models.F("edition"))

    def under_prefix(self, prefix: str) -> "ArticleQuerySet":
        """Keep the articles served under an address prefix ("en" or "zh-hant")."""
        return self.filter(language__in=languages_under(prefix))

    def visible_to(self, user: User) -> "ArticleQuerySet":
        """Keep all for those who work for every department, for physicians those of their own."""
        if user.has_perm("people.cover_every_department"):
            return self
        return self.filter(department__in=Department.objects.covered_by(user))


class Article(PublishedArticle):  # type: ignore[django-manager-missing]  # taggit has no types
    """An editorial text with its states. The review columns are those of what readers see, or will see at its time."""

    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    edition = models.ForeignKey(ArticleRevision, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    reviewed_by = models.ForeignKey(
        Physician,
        verbose_name=_("medically reviewed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reviewed_articles",
    )
    review_asked_at = models.DateTimeField(_("handed in for review at"), null=True, editable=False)
    is_medical = models.BooleanField(
        _("medical"),
        default=True,
        help_text=_("Needs a medical reviewer to be public."),
    )
    needs_second_reader = models.BooleanField(
        _("needs a second reviewer"), default=False, help_text=_("Two reviewers have to approve the text.")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True, editable=False)
    withdrawn_note = models.CharField(_("why it was withdrawn"), max_length=300, blank=True, editable=False)
    takes_comments = models.BooleanField(_("readers may comment"), default=False)
    comments_until = models.DateField(
        _("comments until"), null=True, blank=True, help_text=_("The last day; empty means without end.")
    )
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    views = models.PositiveIntegerField(_("views"), default=0, editable=False)

    concepts = TaggableManager(through="articles.TaggedArticle", blank=True, verbose_name=_("tags"))
    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-published_at", "-pk")
        permissions = [("review_article", "Can approve articles as medically reviewed")]
        indexes = [models.Index(fields=["status", "published_at"], name="article_status")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=sorted(GOING_PUBLIC))
                | Q(is_medical=False)
                | (Q(reviewed_on__isnull=False) & Q(reviewed_by__isnull=False)),
                name="article_public_is_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(GOING_PUBLIC)) | Q(published_at__isnull=False, edition__isnull=False),
                name="article_public_has_edition",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(expires_at__gt=models.F("published_at")),
                name="article_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | ~Q(withdrawn_note=""), name="article_withdrawn_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The address under the prefix of its own language."""
        with override(prefix_of(self.language)):
            return reverse(
                "articles:article_detail",
                args=[self.pk, slugify(self.shown_title, fallback="article")],
            )

    @property
    def text_key(self) -> str:
        """What the article is called in the log and in the change sequence."""
        return f"article:{self.pk}"

    @property
    def is_public(self) -> bool:
        """Whether everyone may read it now."""
        now = timezone.now()
        begun = self.published_at is not None and self.published_at <= now
        return self.status in PUBLIC and begun and (self.expires_at is None or self.expires_at > now)

    @property
    def shown_title(self) -> str:
        """The title that readers see, else the working title."""
        return self.edition.title if self.edition else self.title

    @property
    def teaser(self) -> str:
        """The start of the text that readers see."""
        return self.edition.teaser if self.edition else self.preview().teaser

    @property
    def html_lang(self) -> str:
        """The `lang` attribute of the text."""
        return HTML_LANG[self.language]

    @property
    def are_comments_open(self) -> bool:
        """Whether readers may comment today."""
        return self.takes_comments and (self.comments_until is None or self.comments_until >= timezone.localdate())

    def document(self) -> Document:
        """Return the public form of the article, for search."""
        edition = self.edition
        if edition is None:
            raise ValueError("An article without an edition has no public form.")
        ends = (self.expires_at, self.translation_of.expires_at if self.translation_of else None)
        return Document(
            key=self.text_key,
            kind="article",
            language=self.language,
            department=self.department.slug if self.department else "",
            title=edition.title,
            body=edition.plain,
            teaser=edition.teaser,
            tags=" ".join(map(str, sorted(self.tagged.values_list("tag_id", flat=True)))),
            path=self.get_absolute_url(),
            listed_on=timezone.localdate(self.published_at) if self.published_at else None,
            ends_at=min(filter(None, ends), default=None),
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
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.question
