"""Articles: editors write, hand in and publish; somebody else reviews. The parts stand in `article_*.py`."""

from typing import Any, Final

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from articles.admin.article_acts import ActsPart
from articles.admin.article_form import ArticleForm, FaqEntryInline, ReferenceInline, retag
from articles.admin.article_help import EXAMPLES
from articles.admin.article_history import HistoryPart
from articles.admin.article_list import ListPart, StateFilter, WorkFilter
from articles.admin.article_part import may_frame
from articles.admin.article_preview import PreviewPart
from articles.admin.article_state import state_of
from articles.admin.article_verbs import WRITES, acts_for, is_behind
from articles.checklist import checklist
from articles.import_notes import report
from articles.models import Article, ArticleFinding
from faq.admin.vocabulary_filters import TagFilter
from people.admin_base import account_of
from people.languages import active_prefix
from search.changes import changing

SENT_BACK: Final = ("send_back", "send_back_changes")
STEPS: Final = (*SENT_BACK, "submit", "submit_changes", "publish", "republish", "schedule")
"""The acts after which nobody has to answer an older note."""
READING: Final = (
    (None, {"fields": ("title", ("language", "translation_of"), "department")}),
    (_("Tags and topics"), {"fields": ("tagged_with", "topics", "questions")}),
    (_("Whose words it is"), {"fields": ("author_name", "author_physician")}),
    (_("Medical review"), {"fields": (("is_medical", "needs_second_reader"),)}),
)
"""What a reviewer gets to see beside the page."""


@admin.register(Article)
class ArticleAdmin(ListPart, ActsPart, HistoryPart, PreviewPart):
    form = ArticleForm
    inlines = (ReferenceInline, FaqEntryInline)
    actions = None
    change_form_template = "admin/articles/article/change_form.html"
    add_form_template = "admin/articles/article/change_form.html"
    list_display = ("title", "language", "department", "author_name", "state", "reviewed_on", "next_review_on")
    list_filter = (StateFilter, WorkFilter, "language", "department", "is_medical", TagFilter)
    search_fields = ("title", "author_name", "lede")
    autocomplete_fields = ("translation_of", "topics", "author_physician", "hero")
    raw_id_fields = ("questions",)
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": (("language", "translation_of"), "department", "title")}),
        (_("Text"), {"fields": ("lede", "body", "description", "hero", "is_small", "note")}),
        (_("Tags and topics"), {"fields": ("tags", "new_words", "topics", "questions")}),
        (_("Whose words it is"), {"fields": ("author_name", "author_physician")}),
        (_("Medical review"), {"fields": ("is_medical", "needs_second_reader")}),
        (_("Comments"), {"fields": (("takes_comments", "comments_until"),)}),
    )

    class Media:
        css = {"all": ["css/editor.css"]}
        js = [Script("js/site.js", defer=True), Script("js/article.js", defer=True)]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new article is in the language in which its editor works, until something else is chosen."""
        return {"language": active_prefix(), **super().get_changeform_initial_data(request)}

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Who only reads has the page itself beside what is not on it."""
        return super().get_fieldsets(request, obj) if request.user.has_perm(WRITES) else READING

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return () if request.user.has_perm(WRITES) else ("tagged_with",)

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> Any:
        """References and FAQ entries are on the page, too."""
        return super().get_inlines(request, obj) if request.user.has_perm(WRITES) else ()

    @admin.display(description=_("tags"))
    def tagged_with(self, article: Article) -> str:
        return "、".join(concept.both_names for concept in article.concepts.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """With what the state of each needs."""
        return super().get_queryset(request).select_related("edition", "draft", "department")

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Sign a new article with who writes it."""
        if not change:
            obj.author = account_of(request)
            obj.author_name = obj.author_name or str(obj.author)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep the whole text as a revision, and make exactly the chosen concepts the tags."""
        article: Article = form.instance
        before: Any = article.draft
        with changing():
            super().save_related(request, form, formsets, change)
            note, is_small = form.cleaned_data["note"], form.cleaned_data["is_small"]
            revision = article.record(by=account_of(request), note=note, is_small=is_small)
            retag(article, form.wanted_concepts())
            # Tags and department are those of the article, not of an edition: they are public at once.
            article.show()
        if before is not None and before.reviewed_on and not revision.reviewed_on:
            text = translate("The text changed: it needs another medical review before it is published.")
            self.message_user(request, text, messages.WARNING)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With the state, what can be done, what is missing, and the page beside the form."""
        article: Article | None = context.get("original")
        context["examples"] = EXAMPLES
        context["may_write"] = request.user.has_perm(WRITES)
        if article is None:
            context["preview_url"] = reverse("admin:articles_article_preview_new")
        else:
            # What was typed stands in the form alone: everything round it is about what is stored.
            stored = self.get_queryset(request).select_related("translation_of").get(pk=article.pk)
            context.update(self._desk(request, stored))
        return may_frame(super().render_change_form(request, context, *args, **kwargs))

    def _desk(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        draft: Any = article.draft
        return {
            "article": article,
            "state": state_of(article),
            "acts": acts_for(article, account_of(request)),
            "revision": draft,
            "notes": checklist(article, draft) if draft else None,
            "findings": article.findings.filter(decision=ArticleFinding.Decision.OPEN),
            "sent_back": _sent_back(article) if request.user.has_perm(WRITES) else None,
            "imported": report(article.import_notes),
            "is_new_import": article.edition_id is None,
            "preview_url": reverse("admin:articles_article_preview", args=[article.pk]),
            "is_behind": is_behind(article),
        }


def _sent_back(article: Article) -> Any:
    """The last time it was sent back, until it is handed in again or made public."""
    last = article.events.filter(act__in=STEPS).select_related("actor").order_by("-pk").first()
    return last if last is not None and last.act in SENT_BACK else None
