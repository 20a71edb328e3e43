"""The admin of the vocabulary: here, because `search` knows no other app, and so not the admin of the house."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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
    list_filter = ("is_proposal", "kind")
    search_fields = ("names__folded",)
    search_help_text = _("Any name in English or Chinese.")
    ordering = ("-is_proposal", "name")
    actions = ("accept_proposals",)

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

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """A shown name stays among the names that the concept is found by, even where its row was just deleted."""
        super().save_related(request, form, formsets, change)
        form.instance.save()

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
