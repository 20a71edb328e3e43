"""Articles: editors write and schedule, somebody else reviews."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleFaqEntry, ArticleReference, TaggedArticle
from faq.admin.reviewed import ReviewedAdmin, ReviewedForm
from people.admin_base import HouseStackedInline, HouseTabularInline
from search.changes import changing
from search.forms import ConceptsField
from search.models import Concept


class ArticleForm(ReviewedForm):
    """An article with its tags; a word that the vocabulary lacks becomes a proposal."""

    reviewed_texts: ClassVar[tuple[str, ...]] = ("title", "lede", "body", "is_medical")
    tags = ConceptsField(TaggedArticle.tag)
    new_words = forms.CharField(
        label=_("Tags that are missing"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line. Each becomes a proposal that a moderator or an editor accepts."),
    )

    class Meta:
        model = Article
        fields = (
            "language", "translation_of", "department", "title", "lede", "body", "author_name", "is_medical", "topics",
            "is_public", "is_featured", "published_at", "expires_at",
        )  # fmt: skip
        help_texts = {
            "published_at": _("Readers see it from this moment. Empty means at once."),
            "expires_at": _("Readers see it until this moment. Empty means for good."),
            "translation_of": _("The article of which this one is a translation."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["tags"] = list(Concept.objects.filter(tagged_articles__content_object=self.instance))

    def clean_new_words(self) -> list[str]:
        words = [line.strip() for line in self.cleaned_data["new_words"].splitlines() if line.strip()]
        if any(len(word) > 120 for word in words):
            raise forms.ValidationError(_("A tag has at most 120 characters."))
        return words

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        begins, ends = self.cleaned_data.get("published_at"), self.cleaned_data.get("expires_at")
        if ends and ends <= (begins or timezone.now()):
            self.add_error("expires_at", _("It would end before it begins."))
        if self.cleaned_data.get("is_public") and not begins and "published_at" not in self.errors:
            self.cleaned_data["published_at"] = timezone.now()
        return cleaned

    def clean_translation_of(self) -> Article | None:
        """One level: a translation points to an original in another language."""
        original: Article | None = self.cleaned_data["translation_of"]
        if original and (original.translation_of_id or original.pk == self.instance.pk):
            raise forms.ValidationError(_("Choose the original, not a translation."))
        if original and original.language == self.cleaned_data.get("language"):
            raise forms.ValidationError(_("The original has to be in another language."))
        return original

    def needs_review(self) -> bool:
        return bool(self.cleaned_data.get("is_medical"))

    def wanted_concepts(self) -> list[Concept]:
        """The chosen tags, and the proposals made from typed words."""
        language = self.cleaned_data["language"]
        return [
            *self.cleaned_data["tags"],
            *(Concept.objects.proposed(word, language) for word in self.cleaned_data["new_words"]),
        ]


class ReferenceInline(HouseTabularInline):
    model = ArticleReference
    fields = ("order", "title", "citation", "checked_on")


class FaqEntryFormSet(BaseInlineFormSet):
    """FAQ entries are part of what was reviewed."""

    def clean(self) -> None:
        super().clean()
        if self.breaks_review() and self.instance.is_public:
            raise forms.ValidationError(
                _(
                    "The FAQ entries changed after the medical review. Tick “small correction” if no medical "
                    "statement changed; else untick “published” and have the article reviewed again."
                )
            )

    def breaks_review(self) -> bool:
        """Say whether the entries were changed so that the article's review no longer covers them."""
        is_reviewed = self.instance.is_medical and self.instance.reviewed_on is not None
        return is_reviewed and self.has_changed() and "is_small" not in self.data


class FaqEntryInline(HouseStackedInline):
    model = ArticleFaqEntry
    formset = FaqEntryFormSet
    fields = (("order", "question"), "answer")


@admin.register(Article)
class ArticleAdmin(ReviewedAdmin):
    form = ArticleForm
    review_permission = "articles.review_article"
    inlines = (ReferenceInline, FaqEntryInline)
    list_display = ("title", "language", "department", "author_name", "state", "reviewed_on", "next_review_on")
    list_filter = ("language", "is_public", "is_medical", "is_featured", "department")
    list_select_related = ("department",)
    search_fields = ("title", "author_name", "lede")
    autocomplete_fields = ("translation_of", "topics")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": (("language", "translation_of"), "department", "title")}),
        (_("Text"), {"fields": ("lede", "body", "is_small", "as_shown")}),
        (_("Tags and topics"), {"fields": ("tags", "tags_listed", "new_words", "topics")}),
        (_("Whose words it is"), {"fields": ("author_name",)}),
        (_("Medical review"), {"fields": ("is_medical", ("reviewed_by", "reviewed_on", "next_review_on"))}),
        (_("Publication"), {"fields": (("is_public", "is_featured"), "published_at", "expires_at")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "tags_listed")

    def hidden_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        writes = self._writes(request, obj)
        return (*super().hidden_fields(request, obj), *(("tags_listed",) if writes else ("tags", "new_words")))

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Sign a new article with who writes it."""
        if not change:
            obj.author = request.user  # type: ignore[assignment]  # only a User gets here
            obj.author_name = obj.author_name or str(obj.author)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Make exactly the chosen concepts the tags; what hangs on the article alters its page too."""
        with changing() as keys:
            super().save_related(request, form, formsets, change)
            if any(isinstance(rows, FaqEntryFormSet) and rows.breaks_review() for rows in formsets):
                form.instance.take_review_back()
                form.instance.save()
            retag(form.instance, form.wanted_concepts())
            keys.add(f"article:{form.instance.pk}")

    @admin.display(description=_("state"))
    def state(self, article: Article) -> str:
        now = timezone.now()
        if not article.is_public:
            return str(_("not published"))
        if article.published_at and article.published_at > now:
            return str(_("scheduled"))
        if article.expires_at and article.expires_at <= now:
            return str(_("expired"))
        return str(_("published"))

    @admin.display(description=_("tags"))
    def tags_listed(self, article: Article) -> str:
        return ", ".join(concept.label for concept in _concepts_of(article)) or "-"

    def _writes(self, request: HttpRequest, obj: Article | None) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)


def retag(article: Article, concepts: list[Concept]) -> None:
    """Make exactly these concepts the tags of an article."""
    wanted = {concept.pk for concept in concepts}
    tags = TaggedArticle.objects.filter(content_object=article)
    tags.exclude(tag_id__in=wanted).delete()
    kept = set(tags.values_list("tag_id", flat=True))
    TaggedArticle.objects.bulk_create(TaggedArticle(content_object=article, tag_id=pk) for pk in sorted(wanted - kept))


def _concepts_of(article: Article) -> QuerySet[Concept]:
    return Concept.objects.filter(tagged_articles__content_object=article)
