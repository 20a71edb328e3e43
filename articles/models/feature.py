"""What the home page features."""

from html import unescape
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.menu import LANGUAGES
from faq.models import Question, Topic
from people.languages import prefix_of
from search.changes import changing
from text.teaser import brief

TEASER: Final = 110
"""Characters of a teaser: the cards of three kinds stand side by side."""
KINDS = ("article", "topic", "question")
RELATED = ("article__edition", "topic__concept", "topic__department", "question__department")


class HomeFeatureQuerySet(models.QuerySet["HomeFeature"]):
    """Words about features that chain."""

    def published(self) -> "HomeFeatureQuerySet":
        """Keep those whose text everyone may read now."""
        return self.filter(
            Q(article__in=Article.objects.published())
            | Q(topic__in=Topic.objects.published())
            | Q(question__in=Question.objects.published())
        )

    def on_page(self, language: str) -> "HomeFeatureQuerySet":
        """Keep what the home page of a language shows, in its order."""
        return self.published().filter(language=language).select_related(*RELATED).order_by("order", "pk")


class HomeFeature(models.Model):
    """One text on the home page of a language: an article, a topic or a question."""

    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, null=True, blank=True, related_name="features"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, null=True, blank=True, related_name="features"
    )
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, null=True, blank=True, related_name="features"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = HomeFeatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("feature of the home page")
        verbose_name_plural = _("features of the home page")
        ordering = ("language", "order", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, topic__isnull=True, question__isnull=True)
                | Q(article__isnull=True, topic__isnull=False, question__isnull=True)
                | Q(article__isnull=True, topic__isnull=True, question__isnull=False),
                name="homefeature_is_one_thing",
            ),
            models.UniqueConstraint(fields=["article"], name="homefeature_article_once"),
            models.UniqueConstraint(fields=["topic"], name="homefeature_topic_once"),
            models.UniqueConstraint(fields=["question"], name="homefeature_question_once"),
        ]

    def __str__(self) -> str:
        return str(self.subject) if self.kind else "-"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store, and say that the home page changed."""
        with changing() as keys:
            super().save(*args, **kwargs)
            keys.add("home")

    def clean(self) -> None:
        """Refuse none and several, and what is served under the other language."""
        chosen = [name for name in KINDS if getattr(self, f"{name}_id")]
        if len(chosen) != 1:
            raise ValidationError(translate("Choose exactly one: an article, a topic or a question."))
        if prefix_of(self.subject.language) != self.language:
            raise ValidationError({chosen[0]: translate("This text is in the other language.")})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Take it away, and say so."""
        with changing() as keys:
            keys.add("home")
            return super().delete(*args, **kwargs)

    @property
    def kind(self) -> str:
        """The kind of thing: "article", "topic" or "question"; empty while a form has chosen none."""
        return next((name for name in KINDS if getattr(self, f"{name}_id")), "")

    @property
    def title(self) -> str:
        """What readers see of it."""
        return str(self.topic) if self.topic else str(self.subject.shown_title)

    @property
    def teaser(self) -> str:
        """The first words of a topic's introduction, of an article, or of the answer to a question."""
        if self.topic:
            return brief(unescape(strip_tags(self.topic.introduction_html)), TEASER)
        return brief(str(self.article.teaser if self.article else self.subject.answer_teaser), TEASER)

    @property
    def subject(self) -> Any:
        """The article, topic or question."""
        return getattr(self, self.kind)
