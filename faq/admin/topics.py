"""The admin of FAQ topics."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from faq.admin.reviewed import ReviewedAdmin, ReviewedForm
from faq.models import Topic
from text.fold import fold


class TopicForm(ReviewedForm):
    """A topic: its introduction is a medical text; without one there is nothing to review."""

    reviewed_texts: ClassVar[tuple[str, ...]] = ("introduction",)

    class Meta:
        model = Topic
        fields = ("concept", "department", "language", "introduction", "is_public", "is_featured")

    def needs_review(self) -> bool:
        return bool(self.cleaned_data.get("introduction"))


@admin.register(Topic)
class TopicAdmin(ReviewedAdmin):
    form = TopicForm
    review_permission = "faq.review_topic"
    html_field = "introduction_html"
    list_display = ("name", "department", "language", "is_public", "is_featured", "reviewed_on", "next_review_on")
    list_filter = ("is_public", "is_featured", "language", "department")
    list_select_related = ("concept", "department")
    search_fields = ("concept__names__folded", "department__name_en", "department__name_zh_hant")
    autocomplete_fields = ("concept",)
    fieldsets = (
        (None, {"fields": ("concept", ("department", "language"))}),
        (_("Introduction"), {"fields": ("introduction", "is_small", "as_shown")}),
        (_("Medical review"), {"fields": (("reviewed_by", "reviewed_on", "next_review_on"),)}),
        (_("Publication"), {"fields": (("is_public", "is_featured"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        topics: QuerySet[Topic] = super().get_queryset(request)
        return topics.select_related("concept", "department")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Topic], search_term: str
    ) -> tuple[QuerySet[Topic], bool]:
        """Find by any name of the concept, however it is written."""
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=_("topic"))
    def name(self, topic: Topic) -> str:
        return topic.name
