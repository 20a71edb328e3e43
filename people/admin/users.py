"""Staff accounts: administrators make them and give them roles, and nothing beyond the roles."""

from typing import Any, cast

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashWidget,
    SetUnusablePasswordMixin,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Exists, ManyToManyField, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from people.admin_base import HouseAdmin
from people.models import Role, User

SECOND_FACTORS = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


class RolesField(forms.ModelMultipleChoiceField):
    """The roles as ticks, by the names that people use."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Group) -> str:
        return role_name(obj)


class PasswordSummary(ReadOnlyPasswordHashWidget):
    """How a password is kept. `disabled`, which Django puts there too, is nothing that a <div> can be."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"].pop("disabled", None)
        return context


class NewPasswordForm(AdminPasswordChangeForm):
    """Another password for an account. Django's warning is a list inside a paragraph, which no HTML allows; its script
    finds this one by the same id."""

    usable_password_help_text = cast(
        str,
        format_lazy(
            '{} <strong id="id_unusable_warning">{}</strong>',
            SetUnusablePasswordMixin.usable_password_help_text,
            _("If disabled, the current password for this user will be lost."),
        ),
    )


class NewStaffForm(UserCreationForm):
    """A new account: who it is, a first password, and the roles."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "email", "first_name", "last_name", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = _("The account is told here what happens to it, and resets its password.")

    def clean_email(self) -> str:
        """Refuse an address that signs in somebody else: accounts are found by name or address."""
        return unused_email(self.cleaned_data["email"], self.instance)


class StaffForm(UserChangeForm):
    """An existing account. `editor` is who fills the form in."""

    editor: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].widget = PasswordSummary()

    def clean_email(self) -> str:
        """Refuse an address that signs in somebody else."""
        return unused_email(self.cleaned_data["email"], self.instance)

    def clean(self) -> dict[str, Any] | None:
        """Keep administrators from locking themselves out."""
        cleaned = super().clean()
        if self.instance.pk == self.editor.pk and not self.editor.is_superuser:
            self._keeps_own_door()
        return cleaned

    def _keeps_own_door(self) -> None:
        if not self.cleaned_data.get("is_active", True):
            self.add_error("is_active", _("You cannot close your own account: ask another administrator."))
        roles = self.cleaned_data.get("groups")
        if roles is not None and Role.ADMINISTRATOR not in {role.name for role in roles}:
            self.add_error("groups", _("You cannot give up your own administrator role: ask another administrator."))


class RoleFilter(admin.SimpleListFilter):
    """Accounts by role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return Role.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(HouseAdmin, DjangoUserAdmin):
    """Accounts with their roles. Superusers exist for nobody but superusers."""

    form = StaffForm
    add_form = NewStaffForm
    change_password_form = NewPasswordForm
    list_display = (
        "username",
        "full_name",
        "email",
        "roles",
        "is_active",
        "has_second_factor",
        "is_demo",
        "last_login",
    )
    list_filter = ("is_active", RoleFilter, "is_demo")
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()
    actions = ("remove_second_factor",)
    readonly_fields = ("is_demo", "has_second_factor", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Who it is"), {"fields": ("first_name", "last_name", "email")}),
        (_("What the account may do"), {"fields": ("is_active", "groups")}),
        (_("State"), {"fields": ("is_demo", "has_second_factor", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "email", "first_name", "last_name", "groups")}),
        (_("Password"), {"fields": ("password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Leave superusers out for everybody else, and say beside each account whether it has a second factor."""
        accounts: QuerySet[User] = super().get_queryset(request).prefetch_related("groups")
        if not _is_superuser(request):
            accounts = accounts.filter(is_superuser=False)
        return accounts.annotate(second_factor=Exists(SECOND_FACTORS.filter(user=OuterRef("pk"))))

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Tell the form of an existing account who fills it in."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"editor": request.user}) if obj else form

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        """Offer the roles of the house, and no other group."""
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RolesField(
            queryset=Group.objects.filter(name__in=Role.values),
            required=False,
            label=_("Roles"),
            help_text=_("What the account may do follows from its roles alone."),
        )

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """Every account is one of staff: nobody else has one."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.display(description=pgettext_lazy("of a person", "name"))
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(sorted(role_name(group) for group in user.groups.all()))

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, user: User) -> bool:
        return bool(getattr(user, "second_factor", False))

    @admin.action(
        permissions=["change"], description=_("Remove the second factor of the chosen accounts (lost telephone)")
    )
    def remove_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Let somebody who lost telephone and recovery codes set up a new one; every such act is logged."""
        reset = [user for user in queryset if Authenticator.objects.filter(user=user).delete()[0]]
        for user in reset:
            self.log_change(request, user, translate("Second factor removed."))
        text = ngettext(
            "The second factor of %(count)d account was removed.",
            "The second factors of %(count)d accounts were removed.",
            len(reset),
        )
        self.message_user(request, text % {"count": len(reset)}, messages.SUCCESS)


def role_name(group: Group) -> str:
    """Return the name of a role as people say it."""
    return str(Role(group.name).label) if group.name in Role.values else group.name


def unused_email(address: str, user: User) -> str:
    """Return the address; raises ValidationError where another account has it, in whatever case."""
    if address and User.objects.filter(email__iexact=address).exclude(pk=user.pk).exists():
        raise ValidationError(_("Another account has this e-mail address."))
    return address


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser
