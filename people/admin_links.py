"""Rows that a form shows and nobody may change there: links for those who may open them, words for everybody else.

Django's admin makes a link of each, which leads who may not see the row to 404.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.helpers import AdminForm, AdminReadonlyField, Fieldline, Fieldset
from django.contrib.admin.widgets import ManyToManyRawIdWidget
from django.db.models import Model
from django.http import HttpRequest


class SeenField(AdminReadonlyField):
    """A value that stands there to be read."""

    request: HttpRequest

    def get_admin_url(self, remote_field: Any, remote_obj: Model) -> str:
        """The row as a link where the account may open it, else its name."""
        may = self.model_admin is not None and may_open(self.request, self.model_admin.admin_site, remote_obj)
        return super().get_admin_url(remote_field, remote_obj) if may else str(remote_obj)


class SeenLine(Fieldline):
    request: HttpRequest

    def __iter__(self) -> Iterator[Any]:
        for field in super().__iter__():
            yield _with_request(field, SeenField, self.request) if isinstance(field, AdminReadonlyField) else field


class SeenFieldset(Fieldset):
    request: HttpRequest

    def __iter__(self) -> Iterator[Any]:
        for line in super().__iter__():
            yield _with_request(line, SeenLine, self.request)


class SeenForm(AdminForm):
    """Django's form of the admin that knows who looks at it."""

    request: HttpRequest

    def __iter__(self) -> Iterator[Any]:
        for fieldset in super().__iter__():
            yield _with_request(fieldset, SeenFieldset, self.request)


def seen_form(form: AdminForm, request: HttpRequest) -> AdminForm:
    """The form with links to what this account may open alone."""
    seen: AdminForm = _with_request(form, SeenForm, request)
    return seen


def may_open(request: HttpRequest, site: Any, row: Model) -> bool:
    """Whether the admin has a page of the row for this account."""
    page = site._registry.get(type(row))
    if page is None or not page.has_view_or_change_permission(request, row):
        return False
    return bool(page.get_queryset(request).filter(pk=row.pk).exists())


def may_list(request: HttpRequest, site: Any, model: type[Model]) -> bool:
    """Whether the admin has a list of the model's rows for this account."""
    page = site._registry.get(model)
    return page is not None and bool(page.has_view_or_change_permission(request))


class TypedKeys(ManyToManyRawIdWidget):
    """Numbers of rows, separated by commas, without the way to their list."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return {**context, "related_url": ""}


def _with_request(part: Any, kind: type, request: HttpRequest) -> Any:
    """The same object as the subclass that knows the request: Django names the classes itself, all the way down."""
    part.__class__ = kind
    part.request = request
    return part
