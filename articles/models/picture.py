"""The image library: pictures of editors, in the database, where every web machine and every backup finds them."""

import hashlib
from typing import Any, Final

from django.conf import settings
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.picture_use import uses_of
from articles.picturing import Decoded, Encoded, encode, fallback_width_of, height_at, widths_of
from people.languages import active_prefix, in_language
from people.models import User
from search.changes import changing

ALL: Final = 1000
"""As many uses of one kind as are told of a change."""


class PictureQuerySet(models.QuerySet["Picture"]):
    """The way into the library."""

    def take_in(self, decoded: Decoded, *, by: User | None, **words: str) -> tuple["Picture", bool]:
        """Store decoded pixels, their files and `words` (alt_en, alt_zh_hant, credit), and say whether they are new.

        The same pixels are one picture: one that is there already keeps its own words.
        """
        columns = {"width": decoded.image.width, "height": decoded.image.height, "uploaded_by": by, **words}
        files = list(encode(decoded.image))
        with transaction.atomic():
            picture, is_new = self.get_or_create(sha256=decoded.sha256, defaults=columns)
            if is_new:
                PictureFile.objects.bulk_create(PictureFile.of(picture, file) for file in files)
        return picture, is_new


class Picture(models.Model):
    """A picture with its words. Its name is the SHA-256 of its pixels, so the same picture is stored once."""

    alt_en = models.CharField(
        _("text instead of the picture (English)"),
        max_length=300,
        help_text=_(
            "What somebody who cannot see the picture should know: one or two sentences, without “picture of”."
        ),
    )
    alt_zh_hant = models.CharField(
        _("text instead of the picture (Chinese)"),
        max_length=300,
        help_text=_("The same in Chinese. Readers of either language may meet the picture."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it and on what terms; stands under the picture. Empty if it is the house's own."),
    )
    sha256 = models.CharField(_("name"), max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="pictures",
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(alt_en="") & ~Q(alt_zh_hant=""), name="picture_has_both_texts"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.alt(active_prefix())[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store, and say that every page that shows the picture changed with its words."""
        with changing() as keys:
            shown = uses_of(self.pk, limit=ALL) if self.pk else []
            super().save(*args, **kwargs)
            if shown:
                keys.update({f"picture:{self.pk}"}.union(*(use.keys for use in shown)))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete picture and files. Raises ProtectedError while a text shows it."""
        shown = uses_of(self.pk, limit=1)
        if shown:
            raise ProtectedError("a text shows this picture", {use.text for use in shown})
        return super().delete(*args, **kwargs)

    def alt(self, language: str) -> str:
        """The text instead of the picture for readers of that language."""
        return in_language(language, en=self.alt_en, zh_hant=self.alt_zh_hant)

    @property
    def lines(self) -> str:
        """The two lines of Markdown that show the picture; its caption comes between them."""
        return f"::: picture {self.pk}\n:::"

    @property
    def sources(self) -> list[tuple[int, str]]:
        """Width in pixels and address of each WebP file, the narrowest first."""
        return [(width, self.address(width, PictureFile.Format.WEBP)) for width in widths_of(self.width)]

    @property
    def fallback(self) -> tuple[int, int, str]:
        """Width and height in pixels, and address, of the JPEG."""
        width = fallback_width_of(self.width)
        return width, height_at(width, self.width, self.height), self.address(width, PictureFile.Format.JPEG)

    def address(self, width: int, file_format: str) -> str:
        """Where the file of that width is; it never changes, because the name says what is in it."""
        return reverse("picture_file", args=[self.sha256, width, file_format])


class PictureFile(models.Model):
    """One re-encoding of a picture in one width. Lists never load `content`."""

    class Format(models.TextChoices):
        """What the bytes are; the value ends the address."""

        WEBP = "webp", "WebP"
        JPEG = "jpg", "JPEG"

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=4, choices=Format)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of a picture")
        verbose_name_plural = _("files of pictures")
        ordering = ("format", "width")
        constraints = [
            models.UniqueConstraint(fields=["picture", "format", "width"], name="picturefile_once_a_width"),
        ]

    def __str__(self) -> str:
        return f"{self.picture_id}-{self.width}.{self.format}"

    @classmethod
    def of(cls, picture: Picture, file: Encoded) -> "PictureFile":
        """A row, not yet stored, for one encoded file."""
        name = hashlib.sha256(file.content).hexdigest()
        return cls(
            picture=picture, format=file.format, width=file.width, height=file.height,
            size=len(file.content), sha256=name, content=file.content,
        )  # fmt: skip
