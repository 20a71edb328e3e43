"""What every admin page of the house stands on: a thing that somebody may not see does not exist for them.

Django's admin redirects to its index when an object is not in the queryset and answers 403 when a permission is
missing. Here both are 404: `HouseAdmin` answers for objects, and `portal.admin_site` for permissions.
"""

from functools import partial
from typing import Any, ClassVar, Final

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import DateField, DateTimeField, Field, ForeignKey, ManyToManyField, Model, QuerySet
from django.db.models.fields.related import RelatedField
from django.forms import Field as FormField
from django.forms import ModelChoiceField, ModelForm, ModelMultipleChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from people.admin_links import TypedKeys, may_list, seen_form
from people.dates import DayField, MomentField
from people.models import User
from search.forms import Autocomplete, AutocompleteMany

COUNTED_ROWS: Final = 1000
"""How far a list of the admin counts and pages; older rows are reached by search and filters."""


class BoundedPaginator(Paginator):
    """Counts no further than COUNTED_ROWS, so that a list costs the same over ten rows and over a million."""

    @cached_property
    def count(self) -> int:
        """The number of rows, or COUNTED_ROWS when there are more."""
        rows = self.object_list
        return rows.order_by()[:COUNTED_ROWS].count() if isinstance(rows, QuerySet) else len(rows)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more rows than were counted."""
        return self.count >= COUNTED_ROWS


class VisibleChoices(BaseModelAdmin):
    """Offers and accepts in a relation only what the account may see. Days are read as people write them."""

    formfield_overrides: ClassVar[dict[Any, Any]] = {
        DateField: {"form_class": DayField, "widget": AdminDateWidget},
        DateTimeField: {"form_class": MomentField, "widget": AdminSplitDateTime},
    }

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        """Django's, with a name for both boxes of a moment: the words beside them name neither."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, AdminSplitDateTime):
            for box, part in zip(field.widget.widgets, (_("date"), _("time")), strict=True):
                box.attrs.setdefault("aria-label", f"{capfirst(str(field.label or ''))}: {part}")
        return field

    def named_formfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> FormField | None:
        """The field for a row of a table: the heading of a column names no box, so the box carries the name."""
        field = VisibleChoices.formfield_for_dbfield(self, db_field, request, **kwargs)
        if field:
            field.widget.attrs.setdefault("aria-label", capfirst(str(field.label or "")))
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Django's, with an autocomplete that survives what is no key."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        """Django's, with an autocomplete that survives what is no key, and no way to a list that is not open."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteMany(db_field, self.admin_site))
        elif db_field.name in self.raw_id_fields and not may_list(request, self.admin_site, db_field.related_model):
            kwargs.setdefault("widget", TypedKeys(db_field.remote_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_field_queryset(
        self, db: str | None, db_field: RelatedField[Any, Any], request: HttpRequest
    ) -> QuerySet[Any]:
        """The rows of the related model's own admin page; where it has none, those that are visible."""
        model = db_field.remote_field.model
        related = self.admin_site._registry.get(model)
        return related.get_queryset(request) if related else visible(model._default_manager.all(), request)


class HouseAdmin(VisibleChoices, admin.ModelAdmin):
    """ModelAdmin whose lists are bounded and whose objects are those that `visible_to(user)` keeps."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    list_per_page = 50
    list_max_show_all = 0
    save_on_top = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Keep what the account may see, where the model's queryset knows that word."""
        return visible(super().get_queryset(request), request)

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        """Lead to the public page of what has one now."""
        return super().get_view_on_site_url(obj) if getattr(obj, "is_public", True) else None

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm]:
        """Django's, with a name for every box that is changed in the list."""
        named = {"formfield_callback": partial(self.named_formfield, request=request)}
        return super().get_changelist_form(request, **{**named, **kwargs})

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        """Django's, made of the same form."""
        named = {"formfield_callback": partial(self.named_formfield, request=request)}
        return super().get_changelist_formset(request, **{**named, **kwargs})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Refuse a whole action when one of the chosen rows is none that the account may see."""
        chosen = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
        try:
            seen = self.get_queryset(request).filter(pk__in=chosen).count() if chosen else 0
        except (OverflowError, ValueError, ValidationError) as error:
            raise Http404 from error
        if seen != len(chosen):
            raise Http404
        return super().changelist_view(request, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lead from what is only read to what the account may open, and nowhere else."""
        context["adminform"] = seen_form(context["adminform"], request)
        shown: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return shown

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404


class HouseTabularInline(VisibleChoices, admin.TabularInline):
    """Rows in a table under their parent."""

    extra = 0
    show_change_link = False

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        """Name every box of the table."""
        return self.named_formfield(db_field, request, **kwargs)


class HouseStackedInline(VisibleChoices, admin.StackedInline):
    """Rows one below the other under their parent."""

    extra = 0


class HouseHistoryAdmin(HouseAdmin, SimpleHistoryAdmin):
    """HouseAdmin with the history of every version, and the way back to one."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the versions of an object that the account may see."""
        self._seen(request, object_id)
        listed: HttpResponse = super().history_view(request, object_id, extra_context)
        return listed

    def render_history_view(
        self, request: HttpRequest, template: str, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """Lead from a version, too, to what the account may open alone."""
        if "adminform" in context:
            context["adminform"] = seen_form(context["adminform"], request)
        shown: HttpResponse = super().render_history_view(request, template, context, **kwargs)
        return shown

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one version, or make it the present one, which needs the permission to change."""
        seen = self._seen(request, object_id)
        if request.method == "POST" and not self.has_change_permission(request, seen):
            raise PermissionDenied
        if not version_id.isdecimal():
            raise Http404
        shown: HttpResponse = super().history_form_view(request, object_id, version_id, extra_context)
        return shown

    def _seen(self, request: HttpRequest, object_id: str) -> Model:
        found: Model | None = self.get_object(request, object_id)
        if found is None:
            raise Http404
        return found


def account_of(request: HttpRequest) -> User:
    """Return the account of a member of staff. Raises Http404 for anybody else, who has not got this far anyway."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def visible(rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Return `rows` as far as the account may see them; all of them where the model has no `visible_to`."""
    narrow = getattr(rows, "visible_to", None)
    return narrow(request.user) if narrow else rows
