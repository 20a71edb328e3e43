"""Staff accounts. Patients have none."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The names of the groups: what an account may do follows from its roles alone (portal/roles.py)."""

    PHYSICIAN = "physician", _("physician")
    MODERATOR = "moderator", _("moderator")
    EDITOR = "editor", _("editor")
    MEDICAL_REVIEWER = "medical_reviewer", _("medical reviewer")
    ADMINISTRATOR = "administrator", _("administrator")


class User(AbstractUser):
    """A person of the house who signs in: physician, moderator, editor, medical reviewer or administrator."""

    is_demo = models.BooleanField(
        _("demo account"),
        default=False,
        help_text=_("A demo account has a published password. It signs in without a second factor only in the demo."),
    )

    class Meta:
        verbose_name = _("staff account")
        verbose_name_plural = _("staff accounts")

    def __str__(self) -> str:
        """Return the name that colleagues read: the full name where there is one."""
        return self.get_full_name() or self.get_username()
