"""The admin of the vocabulary: here, because `search` knows no other app, and so not the admin of the house."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from faq.admin.vocabulary_files import concept_export, concept_import, concept_upload
from faq.admin.vocabulary_filters import UsedFilter
from faq.admin.vocabulary_merging import concept_merge, concept_unmerge, mergings_of
from faq.admin.vocabulary_suggestions import concept_suggestions
from faq.admin.vocabulary_uses import uses_of
from people.admin_base import HouseAdmin, HouseTabularInline
from search.forms import ConceptForm, ConceptNameFormSet
from search.models import Concept, ConceptName
from search.models.concept import folded_name


class ConceptNameInline(HouseTabularInline):
    model = ConceptName
    formset = ConceptNameFormSet
    fields = ("text", "language")


@admin.register(Concept)
class ConceptAdmin(HouseAdmin):
    """Concepts, found by any of their names in either language, simplified or variant characters folded."""

    form = ConceptForm
    inlines = (ConceptNameInline,)
    list_display = ("name_en", "name_zh_hant", "kind", "other_names", "is_proposal")
    list_display_links = ("name_en", "name_zh_hant")
    list_filter = ("is_proposal", "kind", UsedFilter)
    search_fields = ("names__folded",)
    search_help_text = _("Any name in English or Chinese.")
    ordering = ("-is_proposal", "name")
    actions = ("accept_proposals",)
    fieldsets = (
        (None, {"fields": (("name_en", "name_zh_hant"), "kind", "is_proposal")}),
        (_("Display form"), {"fields": (("display_en", "display_zh_hant"),)}),
    )

    def get_urls(self) -> list[URLPattern]:
        """Return the vocabulary's own pages before those of the admin."""

        def address(route: str, view: Callable[..., HttpResponse]) -> URLPattern:
            name = f"search_{view.__name__}"
            return path(route, self.admin_site.admin_view(view), {"model_admin": self}, name=name)

        return [
            address("export/", concept_export),
            address("import/", concept_import),
            address("import/<int:pk>/", concept_upload),
            address("suggestions/", concept_suggestions),
            address("<int:pk>/merge/", concept_merge),
            address("merges/<int:pk>/undo/", concept_unmerge),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Concept]:
        """Leave out what was merged into another concept."""
        return super().get_queryset(request).filter(merged_into__isnull=True).prefetch_related("names")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find by the folded names. Whoever chooses a tag gets accepted concepts only, the closest first."""
        is_choosing = request.path_info.endswith("/autocomplete/")
        found = queryset.filter(is_proposal=False) if is_choosing else queryset
        folded = folded_name(search_term)
        if folded:
            found = found.filter(_named(folded__contains=folded))
        if is_choosing and folded:
            begins = {"is_called": _named(folded=folded), "begins": _named(folded__startswith=folded)}
            found = found.annotate(**begins).order_by("-is_called", "-begins", "name")
        return found, False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's, with the ways to the vocabulary's other pages for those who may change it."""
        context = {"has_change_permission": self.has_change_permission(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a concept with where it is used and what was merged into it; a merged one leads to the other."""
        concept: Concept | None = self.get_object(request, object_id)
        if concept is None:
            return self._led_on(request, object_id)
        context = {"uses": uses_of(concept, request, self.admin_site), "mergings": mergings_of(concept)}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def _led_on(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page of the concept that this one was merged into."""
        known = object_id.isdecimal() and len(object_id) < 19 and self.has_view_permission(request)
        merged = Concept.objects.filter(pk=object_id, merged_into__isnull=False).first() if known else None
        if merged is None:
            raise Http404
        return redirect("admin:search_concept_change", merged.merged_into_id)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """A shown name stays among the names that the concept is found by, even where its row was just deleted."""
        super().save_related(request, form, formsets, change)
        form.instance.save()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Concept]) -> None:
        """Delete one by one, so that each is told as a change."""
        for concept in queryset:
            concept.delete()

    @admin.display(description=_("other names"))
    def other_names(self, concept: Concept) -> str:
        shown = {concept.name_en, concept.name_zh_hant}
        return ", ".join(name.text for name in concept.names.all() if name.text not in shown)

    @admin.action(permissions=["change"], description=_("Accept the chosen proposals into the vocabulary"))
    def accept_proposals(self, request: HttpRequest, queryset: QuerySet[Concept]) -> None:
        accepted = Concept.objects.filter(pk__in=queryset).accept()
        text = ngettext("%d proposal was accepted.", "%d proposals were accepted.", accepted) % accepted
        self.message_user(request, text, messages.SUCCESS)


def _named(**lookup: str) -> Exists:
    return Exists(ConceptName.objects.filter(Q(**lookup), concept=OuterRef("pk")))
