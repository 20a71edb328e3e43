"""FAQ topics: a concept in a department."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from faq.choices import TextFormat
from faq.models.featured import MOST, FeaturedQuestion, NotFeaturable
from faq.models.lifecycle import Lifecycle
from faq.models.reviewing import AgeingQuerySet, Reviewed
from faq.states import Who
from people.languages import HTML_LANG, Language, languages_under, prefix_of
from people.models import Department, Physician, Translated, User
from search.changes import bury_document, changing, put_document
from search.models import Concept, Document
from text import insets, markdown
from text.render import to_plain
from text.slug import slugify
from text.teaser import brief


class TopicQuerySet(AgeingQuerySet["Topic"]):
    """Words about topics that chain."""

    def published(self) -> "TopicQuerySet":
        """Keep what everyone may read."""
        return self.filter(is_public=True)

    def under_prefix(self, prefix: str) -> "TopicQuerySet":
        """Keep the topics served under an address prefix ("en" or "zh-hant")."""
        return self.filter(language__in=languages_under(prefix))

    def visible_to(self, user: User) -> "TopicQuerySet":
        """Keep those of the departments that an account works for."""
        return self.filter(department__in=Department.objects.covered_by(user))


class Topic(Reviewed, Translated):
    """The FAQ topic "Systemic Lupus Erythematosus (Internal Medicine)". Its questions are the department's public
    questions that are tagged with the concept."""

    texts: ClassVar[tuple[str, ...]] = ("introduction",)

    concept = models.ForeignKey(
        Concept,
        verbose_name=_("concept"),
        on_delete=models.PROTECT,
        related_name="topics",
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        related_name="topics",
    )
    language = models.CharField(_("language"), max_length=8, choices=Language)
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
    )
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("Markdown."))
    introduction_html = models.TextField(editable=False, blank=True)
    reviewed_by = models.ForeignKey(
        Physician,
        verbose_name=_("reviewed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviewed_topics",
    )
    is_public = models.BooleanField(_("published"), default=False)

    objects = TopicQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["introduction_html"])

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("department__order", "pk")
        permissions = [("review_topic", "Can approve topics as medically reviewed")]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "department", "language"],
                name="topic_once_a_department",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False)
                | Q(introduction="")
                | (Q(reviewed_on__isnull=False) & Q(reviewed_by__isnull=False)),
                name="topic_public_is_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(topic)s (%(department)s)") % {"topic": self.name, "department": self.department_name}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render, store, and make public or bury what search and pages follow."""
        self.introduction_html = markdown.render(
            self.introduction, heading=2, language=self.language, insets=insets.mark
        )
        with changing():
            super().save(*args, **kwargs)
            self.renew_document()

    def takes(self, question: Lifecycle) -> bool:
        """Say whether a question is one of the topic's: public, of its department and language, tagged with it."""
        is_near = question.department_id == self.department_id and question.prefix == prefix_of(self.language)
        return question.is_public and is_near and question.concepts.filter(pk=self.concept_id).exists()

    def feature(self, question: Lifecycle, *, by: User) -> None:
        """Show a question of the topic before all others. Raises NotFeaturable with a sentence."""
        if not self.takes(question):
            raise NotFeaturable(gettext("Only a public question of this topic can be featured on it."))
        if self.featured.count() >= MOST:
            text = gettext("A topic features %(number)d questions at most: take one off first.")
            raise NotFeaturable(text % {"number": MOST})
        with changing() as keys:
            if FeaturedQuestion.append(self, question, by=by):
                question._log("feature", who=Who.MODERATOR, by=by, note=str(self))
                keys.add(self.text_key)

    def unfeature(self, question: Lifecycle, *, by: User) -> None:
        """Take a question off the featured ones; nothing if it is none of them."""
        with changing() as keys:
            if self.featured.filter(question_id=question.pk).delete()[0]:
                question._log("unfeature", who=Who.MODERATOR, by=by, note=str(self))
                keys.add(self.text_key)

    def move_featured(self, number: int, *, step: int) -> None:
        """Move a featured question, by its number, one place up (-1) or down (1); nothing at the end of the list."""
        with changing() as keys:
            if FeaturedQuestion.swap(self, number, step):
                keys.add(self.text_key)

    def renew_document(self) -> None:
        """Make it public as it is now, or bury it; concepts ask for it when their names change."""
        put_document(self.document()) if self.is_public else bury_document(f"topic:{self.pk}")

    def get_absolute_url(self) -> str:
        """The address under the prefix of its own language."""
        with override(prefix_of(self.language)):
            return reverse(
                "faq:topic_detail",
                args=[self.pk, slugify(self.concept.label, fallback="topic")],
            )

    @property
    def name(self) -> str:
        """The concept's name in the topic's own language."""
        with override(prefix_of(self.language)):
            return self.concept.label

    @property
    def department_name(self) -> str:
        """The department's name in the topic's own language."""
        with override(prefix_of(self.language)):
            return self.department.name

    @property
    def html_lang(self) -> str:
        """The `lang` attribute of the text."""
        return HTML_LANG[self.language]

    @property
    def text_key(self) -> str:
        """What the topic is called in the log and in the change sequence."""
        return f"topic:{self.pk}"

    @property
    def is_out_of_date(self) -> bool:
        """Whether it is a translation whose original has changed since and is public still."""
        original = self.translation_of
        return original is not None and original.is_public and self.is_behind(original)

    def reviewed_department_id(self) -> int | None:
        """The topic's own department."""
        return self.department_id

    def document(self) -> Document:
        """Return the public form of the topic, for search."""
        plain = to_plain(self.introduction, TextFormat.MARKDOWN)
        return Document(
            key=f"topic:{self.pk}",
            kind="topic",
            language=self.language,
            department=self.department.slug,
            title=self.name,
            body=plain,
            teaser=brief(plain, 200),
            tags=str(self.concept_id),
            path=self.get_absolute_url(),
            listed_on=self.reviewed_on,
        )
