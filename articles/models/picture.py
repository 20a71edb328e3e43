"""The image library: pictures of editors, in the database, where every web machine and every backup finds them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(alt_en="") & ~Q(alt_zh_hant=""), name="picture_has_both_texts"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.alt_en[:60]}"


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
