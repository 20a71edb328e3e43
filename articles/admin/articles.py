"""Articles: editors write, hand in and publish; somebody else reviews."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleFaqEntry, ArticleReference, TaggedArticle
from people.admin_base import HouseStackedInline, HouseTabularInline
from people.admin_shared import SharedAdmin, VersionedForm
from search.changes import changing
from search.forms import ConceptsField
from search.models import Concept


class ArticleForm(VersionedForm):
    """The working text of an article with its tags; a word that the vocabulary lacks becomes a proposal."""

    tags = ConceptsField(TaggedArticle.tag)
    new_words = forms.CharField(
        label=_("Tags that are missing"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line. Each becomes a proposal that a moderator or an editor accepts."),
    )
    is_small = forms.BooleanField(
        required=False,
        label=_("Small correction"),
        help_text=_("Tick this when no medical statement changed: the review then stays valid."),
    )
    note = forms.CharField(
        required=False,
        max_length=200,
        label=_("What changed"),
        help_text=_("For colleagues, in the list of revisions."),
    )

    class Meta:
        model = Article
        fields = (
            "language", "translation_of", "department", "title", "lede", "body", "description", "author_name",
            "author_physician", "hero", "is_medical", "needs_second_reader", "topics", "questions",
            "takes_comments", "comments_until",
        )  # fmt: skip
        help_texts = {"translation_of": _("The article of which this one is a translation.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["tags"] = list(Concept.objects.filter(tagged_articles__content_object=self.instance))

    def clean_new_words(self) -> list[str]:
        words = [line.strip() for line in self.cleaned_data["new_words"].splitlines() if line.strip()]
        if any(len(word) > 120 for word in words):
            raise forms.ValidationError(_("A tag has at most 120 characters."))
        return words

    def clean_translation_of(self) -> Article | None:
        """One level: a translation points to an original in another language."""
        original: Article | None = self.cleaned_data["translation_of"]
        if original and (original.translation_of_id or original.pk == self.instance.pk):
            raise forms.ValidationError(_("Choose the original, not a translation."))
        if original and original.language == self.cleaned_data.get("language"):
            raise forms.ValidationError(_("The original has to be in another language."))
        return original

    def clean_is_medical(self) -> bool:
        """A public text that nobody reviewed does not become medical behind its readers' backs."""
        is_medical = bool(self.cleaned_data["is_medical"])
        if is_medical and self.instance.edition_id and not self.instance.reviewed_by_id:
            raise forms.ValidationError(_("Readers see a text that nobody has reviewed. Withdraw it first."))
        return is_medical

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


class FaqEntryInline(HouseStackedInline):
    model = ArticleFaqEntry
    fields = (("order", "question"), "answer")


@admin.register(Article)
class ArticleAdmin(SharedAdmin):
    form = ArticleForm
    inlines = (ReferenceInline, FaqEntryInline)
    list_display = ("title", "language", "department", "author_name", "status", "reviewed_on", "next_review_on")
    list_filter = ("language", "status", "is_medical", "department")
    list_select_related = ("department",)
    search_fields = ("title", "author_name", "lede")
    autocomplete_fields = ("translation_of", "topics")
    raw_id_fields = ("questions", "hero", "author_physician")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": (("language", "translation_of"), "department", "title")}),
        (_("Text"), {"fields": ("lede", "body", "description", "hero", "is_small", "note")}),
        (_("Tags and topics"), {"fields": ("tags", "new_words", "topics", "questions")}),
        (_("Whose words it is"), {"fields": ("author_name", "author_physician")}),
        (_("Medical review"), {"fields": ("is_medical", "needs_second_reader")}),
        (_("Comments"), {"fields": (("takes_comments", "comments_until"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """With what the state of each needs."""
        return super().get_queryset(request).select_related("edition", "draft")

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Sign a new article with who writes it."""
        if not change:
            obj.author = request.user  # type: ignore[assignment]  # only a User gets here
            obj.author_name = obj.author_name or str(obj.author)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep the whole text as a revision, and make exactly the chosen concepts the tags."""
        with changing() as keys:
            super().save_related(request, form, formsets, change)
            note, is_small = form.cleaned_data["note"], form.cleaned_data["is_small"]
            form.instance.record(by=request.user, note=note, is_small=is_small)
            retag(form.instance, form.wanted_concepts())
            keys.add(form.instance.text_key)


def retag(article: Article, concepts: list[Concept]) -> None:
    """Make exactly these concepts the tags of an article."""
    wanted = {concept.pk for concept in concepts}
    tags = TaggedArticle.objects.filter(content_object=article)
    tags.exclude(tag_id__in=wanted).delete()
    kept = set(tags.values_list("tag_id", flat=True))
    TaggedArticle.objects.bulk_create(TaggedArticle(content_object=article, tag_id=pk) for pk in sorted(wanted - kept))
