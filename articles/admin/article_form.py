"""What an editor types: the working text of an article, its references and its FAQ entries."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleFaqEntry, ArticleReference, TaggedArticle
from faq.models import Question
from people.admin_base import HouseStackedInline
from people.admin_shared import VersionedForm
from search.forms import ConceptsField
from search.models import Concept

WORDS: Final = ("title", "lede", "body", "description", "author_name")


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
        help_texts = {
            "translation_of": _("The article of which this one is a translation."),
            "body": _("Markdown. How blocks, quotations and pictures are written stands below."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "questions" in self.fields:
            self.fields["questions"].queryset = self._linkable()  # type: ignore[attr-defined]  # a choice of rows
        if self.instance.pk:
            self.initial["tags"] = list(Concept.objects.filter(tagged_articles__content_object=self.instance))

    def _linkable(self) -> QuerySet[Question]:
        """The questions that everyone may read, and those that are linked already."""
        rows = Question.objects.published()
        return rows | Question.objects.filter(articles=self.instance) if self.instance.pk else rows

    def clean_lede(self) -> str:
        return _lines(self.cleaned_data["lede"])

    def clean_body(self) -> str:
        return _lines(self.cleaned_data["body"])

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


class FaqEntryForm(forms.ModelForm):
    """A question with its answer, or still without."""

    def clean_answer(self) -> str:
        return _lines(self.cleaned_data["answer"])


class GoneRow(forms.IntegerField):
    """The key of a row that is no longer there: whatever was sent, it is none."""

    def clean(self, value: Any) -> None:
        return None


class OrderedRows(BaseInlineFormSet):
    """Rows of a text in their order: a new one whose place nobody typed comes last.

    A row that a colleague has deleted meanwhile, or made anew by restoring an old text, is one of the new ones: what
    was typed in it is not lost.
    """

    def add_fields(self, form: Any, index: int | None) -> None:
        """Django's, and a key that is none for what is gone."""
        super().add_fields(form, index)
        if self.is_bound and index is not None and index < self.initial_form_count() and form.instance.pk is None:
            form.fields["id"] = GoneRow(widget=forms.HiddenInput)

    @property
    def initial_forms(self) -> list[Any]:
        return [form for form in self.forms[: self.initial_form_count()] if form.instance.pk]

    @property
    def extra_forms(self) -> list[Any]:
        there = set(map(id, self.initial_forms))
        return [form for form in self.forms if id(form) not in there]

    def save_new(self, form: Any, commit: bool = True) -> Any:
        """Django's, with the next free place."""
        if "order" not in form.changed_data:
            form.instance.order = 1 + max((row.order for row in self._placed()), default=0)
        return super().save_new(form, commit=commit)

    def typed(self) -> list[Any]:
        """The rows as they were typed, unsaved, in the order in which they would be stored."""
        self.is_valid()
        rows = [form for form in self.forms if self._is_there(form)]
        return [form.instance for form in sorted(rows, key=self._place_of)]

    def _is_there(self, form: Any) -> bool:
        return (form.instance.pk or form.has_changed()) and not form.cleaned_data.get("DELETE", False)

    def _place_of(self, form: Any) -> tuple[bool, int]:
        is_last = not form.instance.pk and "order" not in form.changed_data
        return is_last, form.instance.order or 0

    def _placed(self) -> Iterable[Any]:
        return [form.instance for form in self.forms if self._is_there(form) and form.instance.order]


class ReferenceInline(HouseStackedInline):
    model = ArticleReference
    formset = OrderedRows
    fields = (("order", "title"), ("citation", "checked_on"))


class FaqEntryInline(HouseStackedInline):
    model = ArticleFaqEntry
    form = FaqEntryForm
    formset = OrderedRows
    fields = (("order", "question"), "answer")


def retag(article: Article, concepts: list[Concept]) -> None:
    """Make exactly these concepts the tags of an article."""
    wanted = {concept.pk for concept in concepts}
    tags = TaggedArticle.objects.filter(content_object=article)
    tags.exclude(tag_id__in=wanted).delete()
    kept = set(tags.values_list("tag_id", flat=True))
    TaggedArticle.objects.bulk_create(TaggedArticle(content_object=article, tag_id=pk) for pk in sorted(wanted - kept))


def _lines(text: str) -> str:
    """Browsers send CR LF: what was only sent back is not changed."""
    return text.replace("\r\n", "\n")
