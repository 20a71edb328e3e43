"""What a reviewer says of a text that is outdated."""

from typing import Final
from urllib.parse import unquote, urlsplit

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from articles.paths import inside_path
from text.clean import clean_line

NOTE: Final = 300


class OutdatedForm(forms.Form):
    """Why a text is outdated, and what to read instead."""

    note = forms.CharField(
        label=_("Why is it outdated?"),
        max_length=NOTE,
        help_text=_("Readers see this sentence above the text."),
        error_messages={"required": _("Say in one sentence why it is outdated.")},
    )
    see = forms.CharField(
        label=_("What should readers read instead?"),
        max_length=NOTE,
        required=False,
        help_text=_("The address of a page of this site, such as /en/articles/12/. It may stay empty."),
    )

    def clean_note(self) -> str:
        return clean_line(self.cleaned_data["note"])

    def clean_see(self) -> str:
        """Only a page of this site: a reviewer's note is no door to elsewhere, "//host" included."""
        typed: str = self.cleaned_data["see"].strip()
        if not typed:
            return ""
        try:
            address = inside_path(typed)
            resolve(unquote(urlsplit(address).path))
        except (forms.ValidationError, Resolver404, ValueError) as error:
            raise forms.ValidationError(_("There is no such page on this site.")) from error
        if len(address) > NOTE:
            raise forms.ValidationError(_("This address is too long."))
        return address
