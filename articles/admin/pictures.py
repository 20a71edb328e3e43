"""The image library: editors add pictures with their words, and see where each is used."""

from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.figures import picture_html
from articles.models import Picture
from articles.models.picture_use import Use, uses_of
from articles.picturing import MAX_BYTES, Decoded, Unusable, decode
from people.admin_base import HouseAdmin, account_of
from people.languages import active_prefix

WORDS: Final = ("alt_en", "alt_zh_hant", "credit")


class PictureForm(forms.ModelForm):
    """The words of a picture; and, once, its file."""

    decoded: Decoded
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PNG, JPEG, WebP or GIF (its first frame), 6 MB at most. Stored anew in several widths, without anything "
            "else that the file holds, such as the place of a photo."
        ),
        widget=forms.FileInput(
            attrs={
                "accept": "image/png,image/jpeg,image/webp,image/gif",
                "data-most": MAX_BYTES,
                "data-too-large": _("This file is larger than 6 MB. Scale the picture down."),
            }
        ),
    )

    class Meta:
        model = Picture
        fields = WORDS
        widgets = {name: AdminTextareaWidget(attrs={"rows": 2}) for name in ("alt_en", "alt_zh_hant")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("file", None)

    def clean_alt_en(self) -> str:
        return _one_line(self.cleaned_data["alt_en"])

    def clean_alt_zh_hant(self) -> str:
        return _one_line(self.cleaned_data["alt_zh_hant"])

    def clean_file(self) -> UploadedFile:
        """Decode it here, so that what is wrong with it stands beside the field."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 6 MB. Scale the picture down."))
        try:
            self.decoded = decode(file.read())
        except Unusable as error:
            raise forms.ValidationError(str(error)) from error
        there = Picture.objects.filter(sha256=self.decoded.sha256).first()
        if there:
            raise forms.ValidationError(_already(there))
        return file


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _already(picture: Picture) -> SafeString:
    return format_html(
        gettext("This picture is in the library already: {}. Use it from there, or correct its texts."),
        format_html('<a href="{}">{}</a>', reverse("admin:articles_picture_change", args=[picture.pk]), picture),
    )


@admin.register(Picture)
class PictureAdmin(HouseAdmin):
    form = PictureForm
    actions = None  # Django's only one deletes without asking where a picture is used
    list_display = ("thumbnail", "number", "alt_en", "alt_zh_hant", "credit", "pixels", "uploaded_by", "created_at")
    list_display_links = ("thumbnail", "alt_en")
    list_select_related = ("uploaded_by",)
    search_fields = ("=id", "alt_en", "alt_zh_hant", "credit")

    class Media:
        js = [Script("js/site.js", defer=True), Script("js/picture.js", defer=True)]

    def get_fields(self, request: HttpRequest, obj: Picture | None = None) -> tuple[str, ...]:
        return WORDS if obj else ("file", *WORDS)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Beside the words: the picture as readers get it, its line of Markdown, and where it is used."""
        picture = self.get_object(request, object_id)
        if picture is None:
            raise Http404(object_id)
        shown = {
            "picture": picture,
            "figure": picture_html(picture, active_prefix(), is_lazy=False),
            "uses": self._links(request, picture.pk),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        """Store a new picture with its files; what a colleague sent at the same moment is the same one."""
        if change:
            return super().save_model(request, obj, form, change)
        words = {name: form.cleaned_data[name] for name in WORDS}
        stored, _is_new = Picture.objects.take_in(form.decoded, by=account_of(request), **words)
        obj.__dict__.update(stored.__dict__)
        return None

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Django's; what shows a picture protects it, and no permission to delete articles would help."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        uses: list[str] = [link for picture in objs for link in self._links(request, picture.pk)]
        kept = uses or protected
        return deleted, counts, set() if kept else needed, kept

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> SafeString:
        """The narrowest file."""
        _width, address = picture.sources[0]
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" loading="lazy" width="120" height="80">',
            address, picture.alt(active_prefix()),
        )  # fmt: skip

    @admin.display(description=_("number"), ordering="pk")
    def number(self, picture: Picture) -> int:
        """What stands in the text that shows it."""
        return picture.pk

    @admin.display(description=_("pixels"))
    def pixels(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"

    def _links(self, request: HttpRequest, number: int) -> list[SafeString]:
        """A link to each text that shows the picture; its name alone where the account has no page for it."""
        return [self._link(request, use) for use in uses_of(number)]

    def _link(self, request: HttpRequest, use: Use) -> SafeString:
        meta = use.text._meta
        shown = self.admin_site._registry.get(type(use.text))
        words = format_html("{}: {}", capfirst(meta.verbose_name), use.text)
        if shown is None or not shown.has_view_permission(request, use.text):
            return words
        page = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[use.text.pk])
        return format_html('<a href="{}">{}</a>', page, words)
