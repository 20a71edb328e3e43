"""Where an address has gone: to another one, or for good with a reason."""

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import get_language
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from articles.paths import CLOSED, LENGTH, inside_path, is_outside, known_as, readable, target
from people.languages import in_language
from people.models import User
from search.changes import changing

FOLLOWED: Final = ("new", "is_gone", "reason_en", "reason_zh_hant")
"""What an address takes over from the one that it led to."""


class RedirectQuerySet(models.QuerySet["Redirect"]):
    """Words about redirects that chain."""

    def of(self, address: str) -> "RedirectQuerySet":
        """Keep what stands for an address as a browser sends it; one with the query comes before one without."""
        return self.filter(old__in=known_as(address)).order_by(Length("old").desc())

    def leading_to(self, address: str) -> "RedirectQuerySet":
        """Keep those whose target is an address, whatever part of the page they name."""
        stem = address.rstrip("/") if "?" not in address else address
        exact = Q(new=stem) | Q(new=f"{stem}/")
        return self.filter(exact | Q(new__startswith=f"{stem}#") | Q(new__startswith=f"{stem}/#"))


class Redirect(models.Model):
    """One address that is no longer: it is asked for only when the map of the site knows no page there."""

    class Origin(models.TextChoices):
        TYPED = "typed", _("typed")
        IMPORTED = "imported", _("imported")
        AUTOMATIC = "automatic", _("automatic")

    old = models.CharField(
        _("old address"),
        max_length=LENGTH,
        unique=True,
        help_text=_("From its first slash, such as /en/faq.php?id=12. Without a query it stands for every query."),
    )
    new = models.CharField(
        _("new address"),
        max_length=LENGTH,
        blank=True,
        help_text=_("An address of this site such as /en/about/. For what is gone: what is near, or nothing."),
    )
    is_gone = models.BooleanField(
        _("gone for good"),
        default=False,
        help_text=_("Readers are told why, and are not led on by themselves."),
    )
    reason_en = models.CharField(_("why it is gone, in English"), max_length=300, blank=True)
    reason_zh_hant = models.CharField(_("why it is gone, in Chinese"), max_length=300, blank=True)
    origin = models.CharField(_("where it comes from"), max_length=9, choices=Origin, default=Origin.TYPED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, blank=True
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ("-pk",)
        permissions = [("lead_outside", "Can lead readers to other sites")]
        constraints = [
            models.CheckConstraint(condition=~Q(new="") | Q(is_gone=True), name="redirect_leads_somewhere"),
            models.CheckConstraint(
                condition=Q(is_gone=False) | ~Q(reason_en="", reason_zh_hant=""), name="redirect_gone_says_why"
            ),
            models.CheckConstraint(condition=~Q(new=models.F("old")), name="redirect_is_no_circle"),
        ]

    def __str__(self) -> str:
        return readable(self.old)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store without a chain: what this one leads to is followed first, what led here is led on.

        Raises ValidationError where that would end in a circle.
        """
        with changing() as keys:
            self._follow()
            super().save(*args, **kwargs)
            onward = {name: getattr(self, name) for name in FOLLOWED}
            Redirect.objects.leading_to(self.old).filter(is_gone=False).exclude(pk=self.pk).update(**onward)
            keys.add("redirects")

    def clean(self) -> None:
        """Write both addresses as they are stored, and refuse what cannot be."""
        errors: dict[str, Any] = {}
        for name, normal in (("old", _old), ("new", target)):
            try:
                setattr(self, name, normal(getattr(self, name)) if getattr(self, name) else "")
            except ValidationError as error:
                errors[name] = error
        if not errors:
            errors = self._refusals()
        if errors:
            raise ValidationError(errors)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Forget it, and say so."""
        with changing() as keys:
            keys.add("redirects")
            return super().delete(*args, **kwargs)

    @classmethod
    def lay(cls, old: str, new: str = "", *, by: User | None = None, **columns: Any) -> "Redirect":
        """Lead an address elsewhere, or say why it is gone (`is_gone`, reasons): the newest word about it counts."""
        found = cls.objects.filter(old=_old(old)).first() or cls(old=_old(old))
        fresh = {"is_gone": False, "reason_en": "", "reason_zh_hant": "", "origin": cls.Origin.AUTOMATIC, **columns}
        for name, value in {**fresh, "new": target(new) if new else "", "created_by": by}.items():
            setattr(found, name, value)
        found.save()
        return found

    @classmethod
    def lift(cls, address: str) -> None:
        """Forget what was said of an address, because there is a page again."""
        for redirect in cls.objects.filter(old=_old(address)):
            redirect.delete()

    @property
    def reason(self) -> str:
        """Why it is gone, in the language of the page."""
        return in_language(get_language(), en=self.reason_en, zh_hant=self.reason_zh_hant)

    @property
    def is_outside(self) -> bool:
        """Whether it leads to another site."""
        return bool(self.new) and is_outside(self.new)

    def _refusals(self) -> dict[str, str]:
        if not self.new and not self.is_gone:
            return {"new": translate("Say where it leads, or tick “gone for good”.")}
        if self.is_gone and not self.reason_en and not self.reason_zh_hant:
            return {"reason_en": translate("Readers are told why a page is gone: write it in at least one language.")}
        if self._ends_in_a_circle():
            return {"new": translate("This would lead in a circle.")}
        return {}

    def _follow(self) -> None:
        """Take over what the target itself leads to. One step is enough: what is stored has no chains."""
        if self._ends_in_a_circle():
            raise ValidationError({"new": translate("This would lead in a circle.")})
        if self.new and not self.is_gone and (further := self._further()):
            for name in FOLLOWED:
                setattr(self, name, getattr(further, name))

    def _ends_in_a_circle(self) -> bool:
        if not self.new or self.is_outside:
            return False
        further = self._further()
        ends = [self.new, *([further.new] if further and further.new and not further.is_gone else [])]
        return any(self.old in known_as(end) for end in ends if not is_outside(end))

    def _further(self) -> "Redirect | None":
        """Return the redirect that stands at this one's target."""
        if is_outside(self.new):
            return None
        return Redirect.objects.of(self.new).exclude(pk=self.pk).first()


def _old(typed: str) -> str:
    """Return the form in which an old address is stored: without fragment and last slash."""
    found = known_as(inside_path(typed))[0]
    if CLOSED.match(found):
        raise ValidationError(translate("Nothing is led elsewhere from here."))
    return found
