"""The form at the staff's door."""

from typing import Any

from allauth.account.forms import LoginForm
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.models import User


class SignInForm(LoginForm):
    """Name or e-mail address, and password. In the demo it knows the accounts whose password everybody may know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].help_text = ""

    def demo_accounts(self) -> QuerySet[User]:
        """The accounts of the demo, while it runs on this machine."""
        return User.objects.filter(is_demo=True, is_active=True).order_by("pk")[: 20 if settings.DEMO_ACCOUNTS else 0]

    def demo_password(self) -> str:
        """Their published password."""
        return settings.DEMO_PASSWORD if settings.DEMO_ACCOUNTS else ""
