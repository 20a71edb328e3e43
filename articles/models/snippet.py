"""Contact blocks: a telephone number, an address, opening hours, written once and shown by name in many texts.

A text holds only `::: contact <name>`, so the guards against patient data never meet the number.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from articles.models.snippet_use import texts_with
from people.languages import in_language
from search.changes import changing


class ContactBlock(models.Model):
    """How to reach somebody, in both languages."""

    slug = models.SlugField(
        _("name"), max_length=40, unique=True, help_text=_("Texts show the block with ::: contact and this name.")
    )
    label_en = models.CharField(_("label in English"), max_length=120)
    label_zh_hant = models.CharField(_("label in Chinese"), max_length=120)
    text_en = models.TextField(_("text in English"), max_length=600, blank=True)
    text_zh_hant = models.TextField(_("text in Chinese"), max_length=600, blank=True)
    phone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(r"^\+?[0-9][0-9 ()#*-]*$", _("Digits, spaces, + and - only, such as 02 1234 5678."))
        ],
    )
    email = models.EmailField(_("e-mail"), blank=True)
    address_en = models.CharField(_("address in English"), max_length=200, blank=True)
    address_zh_hant = models.CharField(_("address in Chinese"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contact block")
        verbose_name_plural = _("contact blocks")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_en="", text_zh_hant="", phone="", email="", address_en="", address_zh_hant=""),
                name="contactblock_says_something",
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store, and say that the pages that show it changed: they fill it in when they are written."""
        with changing() as keys:
            super().save(*args, **kwargs)
            keys.update(self._page_keys())

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Take it away, and say so: pages that show it say that it is missing."""
        with changing() as keys:
            keys.update(self._page_keys())
            return super().delete(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a block with a label alone."""
        if not any((self.text_en, self.text_zh_hant, self.phone, self.email, self.address_en, self.address_zh_hant)):
            raise ValidationError(translate("Write at least one way to reach them."))

    def texts(self) -> list[Any]:
        """The texts that show the block."""
        return texts_with(self.slug)

    def label(self, language: str) -> str:
        """What the block is headed with in a text of that language."""
        return in_language(language, en=self.label_en, zh_hant=self.label_zh_hant)

    def text(self, language: str) -> str:
        """The words under the heading, plain, with their line breaks."""
        return in_language(language, en=self.text_en, zh_hant=self.text_zh_hant)

    def address(self, language: str) -> str:
        """The postal address."""
        return in_language(language, en=self.address_en, zh_hant=self.address_zh_hant)

    def _page_keys(self) -> set[str]:
        return {f"contact:{self.slug}"}.union(*(text.page_keys for text in self.texts()))
