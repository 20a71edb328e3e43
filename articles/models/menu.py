"""The main menu and the footer, one row an entry and language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from articles.models.page import StaticPage
from articles.paths import LENGTH, is_outside, target
from search.changes import changing

LANGUAGES = [("en", "English"), ("zh-hant", "中文")]


class MenuItemQuerySet(models.QuerySet["MenuItem"]):
    """Words about entries that chain."""

    def shown(self, language: str) -> "MenuItemQuerySet":
        """Keep what readers of a language see, in its order; an entry of a page that is not public is left out."""
        rows = self.filter(Q(page__isnull=True) | Q(page__is_public=True), is_shown=True, language=language)
        return rows.select_related("page").order_by("order", "pk")


class MenuItem(models.Model):
    """An entry: a static page, which it follows when that is renamed or withdrawn, or an address with a label."""

    class Place(models.TextChoices):
        MAIN = "main", _("main menu")
        FOOTER = "footer", _("footer")

    place = models.CharField(_("place"), max_length=6, choices=Place)
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES)
    page = models.ForeignKey(
        StaticPage,
        verbose_name=_("static page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="menu_items",
        help_text=_("A page of this site, or else an address."),
    )
    address = models.CharField(
        _("address"),
        max_length=LENGTH,
        blank=True,
        help_text=_("From its first slash, such as /en/topics/, or another site's with https://."),
    )
    label = models.CharField(_("label"), max_length=60, blank=True, help_text=_("Empty means the title of the page."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_shown = models.BooleanField(_("shown"), default=True)

    objects = MenuItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("menu entry")
        verbose_name_plural = _("menus and footer")
        ordering = ("language", "-place", "order", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, address="") | (Q(page__isnull=True) & ~Q(address="") & ~Q(label="")),
                name="menuitem_page_or_address",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store, and say that every page's menu changed."""
        with changing() as keys:
            super().save(*args, **kwargs)
            keys.add("menu")

    def clean(self) -> None:
        """Write the address as it is stored; refuse an entry that leads nowhere or to two places."""
        if self.address and self.page_id:
            raise ValidationError({"address": translate("Choose a page or write an address, not both.")})
        if not self.address and not self.page_id:
            raise ValidationError({"address": translate("Choose a page or write an address.")})
        if self.page and self.page.language != self.language:
            raise ValidationError({"page": translate("This page is in the other language.")})
        if self.address and not self.label:
            raise ValidationError({"label": translate("An address needs a label.")})
        if self.address:
            self.address = _target(self.address)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Take it away, and say so."""
        with changing() as keys:
            keys.add("menu")
            return super().delete(*args, **kwargs)

    @property
    def words(self) -> str:
        """What readers see."""
        return self.label or (self.page.title if self.page else "")

    @property
    def is_outside(self) -> bool:
        """Whether it leads to another site."""
        return is_outside(self.href)

    @property
    def href(self) -> str:
        """Where it leads."""
        return self.page.get_absolute_url() if self.page else self.address


def _target(typed: str) -> str:
    try:
        return target(typed)
    except ValidationError as error:
        raise ValidationError({"address": error.messages}) from error
