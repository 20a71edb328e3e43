"""The admin of FAQ topics."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from faq.admin.reviewed import ReviewedAdmin, ReviewedForm
from faq.admin.topic_featured import featured_view
from faq.admin.topic_wanted import wanted_topics
from faq.models import Topic
from faq.related_topics import renew_topic
from people.languages import prefix_of
from search.changes import changing
from search.models import WantedTopic
from text.fold import fold


class TopicForm(ReviewedForm):
    """A topic: its introduction is a medical text; without one there is nothing to review."""

    reviewed_texts: ClassVar[tuple[str, ...]] = ("introduction",)

    class Meta:
        model = Topic
        fields = ("concept", "department", "language", "translation_of", "introduction", "is_public")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        original: Topic | None = self.cleaned_data.get("translation_of")
        if original is not None and (sentence := self._why_no_translation_of(original)):
            self.add_error("translation_of", sentence)
        return cleaned

    def needs_review(self) -> bool:
        return bool(self.cleaned_data.get("introduction"))

    def _why_no_translation_of(self, original: Topic) -> str:
        """The sentence that says why this can't be a translation of `original`; empty where it can."""
        typed = self.cleaned_data
        same = (original.concept, original.department) == (typed.get("concept"), typed.get("department"))
        if not same or prefix_of(original.language) == prefix_of(typed.get("language") or ""):
            return translate("Choose the topic of the same concept and department in the other language.")
        if original.translation_of_id is not None:
            return translate("That topic is a translation itself: choose the original.")
        if self.instance.pk and self.instance.translations.exists():
            return translate("This topic has a translation, and so it is an original itself.")
        return ""


@admin.register(Topic)
class TopicAdmin(ReviewedAdmin):
    form = TopicForm
    change_form_template = "admin/faq/topic/change_form.html"
    review_permission = "faq.review_topic"
    html_field = "introduction_html"
    list_display = (
        "name",
        "department",
        "language",
        "is_public",
        "reviewed_on",
        "next_review_on",
        "translation",
    )
    list_filter = ("is_public", "language", "department")
    list_select_related = ("concept", "department", "translation_of")
    search_fields = ("concept__names__folded", "department__name_en", "department__name_zh_hant")
    autocomplete_fields = ("concept", "translation_of")
    fieldsets = (
        (None, {"fields": ("concept", ("department", "language"), "translation_of")}),
        (_("Introduction"), {"fields": ("introduction", "is_small", "correction", "as_shown")}),
        (_("Medical review"), {"fields": (("reviewed_by", "reviewed_on", "next_review_on"),)}),
        (_("Publication"), {"fields": ("is_public",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        topics: QuerySet[Topic] = super().get_queryset(request)
        return topics.select_related("concept", "department", "translation_of")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Topic], search_term: str
    ) -> tuple[QuerySet[Topic], bool]:
        """Find by any name of the concept, however it is written."""
        return super().get_search_results(request, queryset, fold(search_term))

    def get_urls(self) -> list[URLPattern]:
        def address(route: str, view: Any, name: str) -> URLPattern:
            found: URLPattern = path(f"<int:pk>/{route}/", self.admin_site.admin_view(view), name=f"faq_topic_{name}")
            return found

        own = [
            address("featured", self.featured, "featured"),
            address("in-line", self.in_line, "in_line"),
            address("unwanted", self.unwanted, "unwanted"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's, with the topics that are wanted above it for those who may write one."""
        wanted = wanted_topics() if self.has_add_permission(request) else []
        return super().changelist_view(request, {"wanted": wanted, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        """A small correction does not make translations out of date; the neighbours follow in the background."""
        obj.is_small_change = bool(form.cleaned_data.get("is_small"))
        with changing():
            super().save_model(request, obj, form, change)
            renew_topic.enqueue(obj.pk)
            WantedTopic.objects.open().met_by(obj.concept, prefix_of(obj.language)).settle()

    def featured(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show and order the questions that the topic shows first."""
        return featured_view(request, self, self._changeable(request, pk))

    def in_line(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that somebody compared the translation with its original and found nothing to change."""
        topic = self._changeable(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if topic.translation_of is None:
            raise Http404
        with changing() as keys:
            topic.bring_in_line()
            keys.add(topic.text_key)
        self.log_change(request, topic, translate("Found in line with its original."))
        self.message_user(request, translate("The translation is in line with its original."), messages.SUCCESS)
        return redirect("admin:faq_topic_change", pk)

    def unwanted(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that a topic is not wanted after all."""
        if not self.has_add_permission(request):
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if WantedTopic.objects.filter(pk=pk).settle():
            self.message_user(request, translate("It is not among the wanted topics any more."), messages.SUCCESS)
        return redirect("admin:faq_topic_changelist")

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer the topic's other pages to those who may change it."""
        topic: Topic | None = context.get("original")
        if topic is not None and self.has_change_permission(request, topic):
            context["featured_url"] = reverse("admin:faq_topic_featured", args=[topic.pk])
            context["featured_count"] = topic.featured.count()
            if topic.translation_of is not None and topic.is_behind(topic.translation_of):
                context["behind"] = topic.translation_of
                context["in_line_url"] = reverse("admin:faq_topic_in_line", args=[topic.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("topic"))
    def name(self, topic: Topic) -> str:
        return topic.name

    @admin.display(description=_("translation"))
    def translation(self, topic: Topic) -> str:
        """Whether a translation still says what its original says."""
        if topic.translation_of is None:
            return ""
        behind = topic.is_behind(topic.translation_of)
        return translate("out of date") if behind else translate("in line")

    def _changeable(self, request: HttpRequest, pk: int) -> Topic:
        topic: Topic | None = self.get_object(request, str(pk))
        if topic is None or not self.has_change_permission(request, topic):
            raise Http404
        return topic
