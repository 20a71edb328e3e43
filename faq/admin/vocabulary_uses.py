"""Where a concept is used: one line a kind of thing, with the list of them for those who may see it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from faq.admin.vocabulary_filters import TagFilter
from people.admin_base import COUNTED_ROWS
from search.merging import uses
from search.models import Concept
from search.relations import Relation


@dataclass(frozen=True)
class Use:
    """How many things of a kind carry a concept (`is_cut`: or more), and the address of their list if there is one."""

    label: str
    count: int
    is_cut: bool
    url: str


def uses_of(concept: Concept, request: HttpRequest, site: AdminSite) -> list[Use]:
    """Where a concept is used, in the order of the names of the things.

    What has no page of its own in the admin (computed neighbours) is no place that anybody would look at.
    """
    known = [relation for relation in uses() if carrier(relation) in site._registry]
    found = [use for relation in known if (use := _use(relation, concept, request, site))]
    return sorted(found, key=lambda use: use.label)


def _use(relation: Relation, concept: Concept, request: HttpRequest, site: AdminSite) -> Use | None:
    count = relation.of(concept.pk)[:COUNTED_ROWS].count()
    if not count:
        return None
    model = carrier(relation)
    label = str(model._meta.verbose_name_plural)
    return Use(label, count, count >= COUNTED_ROWS, _list(relation, model, concept, request, site))


def carrier(relation: Relation) -> type[Model]:
    """The model that people mean: what is tagged, not the tag."""
    far: Any = relation.far_ends[0].related_model if relation.is_tag and relation.far_ends else None
    return far or relation.model


def _list(relation: Relation, model: type[Model], concept: Concept, request: HttpRequest, site: AdminSite) -> str:
    """The list of these things alone; empty where this account sees no such list, or it has no such filter."""
    shown = site._registry.get(model)
    if shown is None or not shown.has_view_permission(request):
        return ""
    if not relation.is_tag:
        query = f"{relation.field.name}__id__exact={concept.pk}"
    elif TagFilter in shown.get_list_filter(request):
        query = f"{TagFilter.parameter_name}={concept.pk}"
    else:
        return ""
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_changelist')}?{query}"
