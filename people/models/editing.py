"""Two people at one text: its savings are counted, and whoever opens it is noted."""

import datetime as dt
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.user import User

STAYS_OPEN: Final = dt.timedelta(minutes=20)
"""How long somebody who opened a text and has not saved it counts as being at it."""


class Versioned(models.Model):
    """A text that counts its savings, so that nobody saves over what they have not seen.

    `save()` counts one more, except where it is told which columns to write: verbs beside the text do that.
    """

    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Count the saving, and store."""
        if kwargs.get("update_fields") is None:
            self.version += 1
        super().save(*args, **kwargs)


class Translated(Versioned):
    """A text that is a translation or has one. `texts` are the fields whose change makes a translation out of date."""

    texts: ClassVar[tuple[str, ...]] = ()
    is_small_change = False
    """Set before `save()` where the words changed and what they say did not."""

    text_changed_at = models.DateTimeField(_("text changed at"), default=timezone.now, editable=False)
    in_line_at = models.DateTimeField(_("found in line at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note when the words change, and store."""
        if kwargs.get("update_fields") is None and not self.is_small_change and self._says_something_else():
            self.text_changed_at = timezone.now()
        super().save(*args, **kwargs)

    def is_behind(self, original: "Translated") -> bool:
        """Whether the original's words changed after this translation's, and nobody has found them in line since."""
        return original.text_changed_at > max(self.text_changed_at, self.in_line_at or self.text_changed_at)

    def bring_in_line(self) -> None:
        """Note that somebody compared the translation with its original and found nothing to change."""
        self.in_line_at = timezone.now()
        self.save(update_fields=["in_line_at"])

    def _says_something_else(self) -> bool:
        stored = type(self)._default_manager.filter(pk=self.pk).values(*self.texts).first() if self.pk else None
        return stored is not None and any(stored[name] != getattr(self, name) for name in self.texts)


class OpenedTextQuerySet(models.QuerySet["OpenedText"]):
    """Words about opened texts that chain."""

    def open_now(self) -> "OpenedTextQuerySet":
        """Keep what was opened a short while ago."""
        return self.filter(opened_at__gt=timezone.now() - STAYS_OPEN)

    def beside(self, user: User) -> "OpenedTextQuerySet":
        """Keep what others have opened."""
        return self.exclude(user=user)


class OpenedText(models.Model):
    """Who has a text open for writing, under the text's key ("article:12"). It warns, and locks nothing."""

    key = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="opened_texts")
    opened_at = models.DateTimeField(default=timezone.now)

    objects = OpenedTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("opened text")
        verbose_name_plural = _("opened texts")
        constraints = [models.UniqueConstraint(fields=["key", "user"], name="openedtext_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.user_id}"

    @classmethod
    def note(cls, key: str, *, by: User) -> list["OpenedText"]:
        """Note that somebody opens the text; returns the others who are at it, the latest first."""
        cls.objects.update_or_create(key=key, user=by, defaults={"opened_at": timezone.now()})
        others = cls.objects.filter(key=key).open_now().beside(by).select_related("user")
        return list(others.order_by("-opened_at"))

    @classmethod
    def forget(cls, key: str, *, by: User) -> None:
        """Note that somebody has left the text."""
        cls.objects.filter(key=key, user=by).delete()


def forget_opened_texts() -> int:
    """Delete the notes about texts that nobody can be at any more; returns how many."""
    return OpenedText.objects.filter(opened_at__lte=timezone.now() - STAYS_OPEN).delete()[0]
