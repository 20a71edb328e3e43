"""The main menu, the footer, and what the home page features: put in order in the list itself, by number."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.addresses import dead_among
from articles.models import HomeFeature, MenuItem
from articles.models.feature import RELATED
from articles.paths import readable
from people.admin_base import HouseAdmin


class MenuList(ChangeList):
    """A page of entries, each knowing whether its address leads anywhere."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows: Any = self.result_list
        dead = dead_among({row.address for row in rows if row.address})
        for row in rows:
            row.is_dead = row.address in dead or bool(row.page and not row.page.is_public)


@admin.register(MenuItem)
class MenuItemAdmin(HouseAdmin):
    list_display = ("words", "place", "language", "leads_to", "order", "is_shown")
    list_editable = ("order", "is_shown")
    actions = None  # so that Enter in a number saves the list: it presses the first button of the form
    list_filter = ("place", "language", "is_shown")
    list_select_related = ("page",)
    search_fields = ("label", "address", "page__title")
    ordering = ("language", "-place", "order", "pk")
    fields = (("place", "language"), "page", "address", "label", ("order", "is_shown"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return MenuList

    @admin.display(description=_("label"), ordering="label")
    def words(self, entry: MenuItem) -> str:
        return entry.words

    @admin.display(description=_("leads to"))
    def leads_to(self, entry: MenuItem) -> SafeString:
        """Where it leads, and a warning where nobody gets there."""
        address = readable(entry.href)
        if not getattr(entry, "is_dead", False):
            return format_html("{}", address)
        return format_html('{} <strong class="warning">{}</strong>', address, _("leads nowhere now"))


@admin.register(HomeFeature)
class HomeFeatureAdmin(HouseAdmin):
    list_display = ("words", "kind_shown", "language", "is_readable", "order")
    list_editable = ("order",)
    actions = None  # as above
    list_filter = ("language",)
    ordering = ("language", "order", "pk")
    autocomplete_fields = ("article", "topic", "question")
    fields = ("language", "article", "topic", "question", "order")

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Only what everyone may read: the title of a draft is nobody's who has no business with drafts."""
        rows: QuerySet[Any] = db_field.remote_field.model.objects.published()
        return rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[HomeFeature]:
        rows: QuerySet[HomeFeature] = super().get_queryset(request)
        return rows.select_related(*RELATED).annotate(
            is_public=Exists(HomeFeature.objects.published().filter(pk=OuterRef("pk")))
        )

    @admin.display(description=_("text"))
    def words(self, feature: HomeFeature) -> str:
        return str(feature)

    @admin.display(description=_("kind"))
    def kind_shown(self, feature: HomeFeature) -> str:
        return str(feature._meta.get_field(feature.kind).verbose_name)  # type: ignore[union-attr]

    @admin.display(description=_("public"), boolean=True, ordering="is_public")
    def is_readable(self, feature: Any) -> bool:
        """What is not public is left out on the home page."""
        return bool(feature.is_public)
