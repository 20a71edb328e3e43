"""Who works on the vocabulary: every page of it that is not Django's own asks here."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from people.models import User
from search.models import Concept


def keeper(model_admin: ModelAdmin, request: HttpRequest) -> User:
    """Return the account of somebody who may change concepts; raises PermissionDenied, which is 404 here."""
    user = request.user
    if not isinstance(user, User) or not model_admin.has_change_permission(request):
        raise PermissionDenied
    return user


def concept_of(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> Concept:
    """Return a concept that was not merged; raises Http404."""
    found: Concept = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    return found


def page(model_admin: ModelAdmin, request: HttpRequest, title: str, **context: Any) -> dict[str, Any]:
    """What every page of the vocabulary knows."""
    return {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": title, **context}
