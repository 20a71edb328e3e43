"""Filters of lists: concepts that nothing uses, and what carries one concept."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from search.merging import uses
from search.models import Concept


class UsedFilter(admin.SimpleListFilter):
    """Concepts that something of the house carries, or that nothing does."""

    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return (("yes", _("used")), ("no", _("unused")))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        used = Q()
        for relation in uses():
            used |= Q(Exists(relation.rows().filter(**{relation.field.attname: OuterRef("pk")})))
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(used if self.value() == "yes" else ~used)


class TagFilter(admin.SimpleListFilter):
    """What is tagged with the concept of the address (`?tag=5`); where there is none, the filter does not show."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        concept = self._concept()
        return [(self.value() or "", concept.both_names if concept else "–")] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        concept = self._concept()
        return queryset.filter(tagged__tag=concept) if concept else queryset.none()

    def _concept(self) -> Concept | None:
        value = self.value() or ""
        known = value.isascii() and value.isdecimal() and len(value) < 19
        return Concept.objects.filter(pk=value).first() if known else None
