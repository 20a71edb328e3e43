"""Choosing concepts, and writing them down."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib.admin import site
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from search.models import Concept, ConceptName
from search.models.concept import folded_name

NOTHING_CHOSEN: Final = "—"


class _KeysOnly(AutocompleteMixin):
    """Django looks up whatever was sent in the place of a key when it shows a form again, and fails over a word."""

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> Any:
        keys = [key for key in value if str(key).isdecimal() and len(str(key)) < 19]
        return super().optgroups(name, keys, attrs)


class Autocomplete(_KeysOnly, AutocompleteSelect):
    """One row, found by typing.

    Valid HTML, unlike Django's: the choice of nothing has a word, and no box is `required`, for its first choice may
    be a row; the server asks for it anyway.
    """

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return {name: value for name, value in attrs.items() if name != "required"}

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().create_option(name, value, label or NOTHING_CHOSEN, *args, **kwargs)


class AutocompleteMany(_KeysOnly, AutocompleteSelectMultiple):
    """Several rows, found by typing. Each is taken away by itself: a cross for all would stand in their list as no
    item of it."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "data-allow-clear": "false"}


class ConceptsField(forms.ModelMultipleChoiceField):
    """Tags of a thing, found by typing a name in either language.

    `tag` is the foreign key of the tagging model (`TaggedArticle.tag`): the autocomplete asks who may by it.
    """

    def __init__(self, tag: Any, **kwargs: Any) -> None:
        super().__init__(
            **{
                "queryset": Concept.objects.accepted(),
                "widget": AutocompleteMany(tag.field, site),
                "required": False,
                "label": _("Tags"),
                "help_text": _("Type a name in English or Chinese and choose."),
                **kwargs,
            }
        )

    def label_from_instance(self, obj: Concept) -> str:
        return obj.both_names


class ConceptField(forms.ModelChoiceField):
    """One accepted concept, found by typing a name in either language; `key` is a foreign key to concepts."""

    def __init__(self, key: Any, **kwargs: Any) -> None:
        accepted = Concept.objects.accepted()
        super().__init__(**{"queryset": accepted, "widget": Autocomplete(key.field, site), **kwargs})

    def label_from_instance(self, obj: Concept) -> str:
        return obj.both_names


class ConceptForm(forms.ModelForm):
    """A concept: at least one shown name, and none that another concept is shown by."""

    class Meta:
        model = Concept
        fields = ("name_en", "name_zh_hant", "kind", "is_proposal", "display_en", "display_zh_hant")
        help_texts = {
            "name_en": _("As people write it: SLE, never Sle."),
            "name_zh_hant": _("As people in Taiwan write it."),
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        names = [self.cleaned_data.get(column, "") for column in ("name_en", "name_zh_hant")]
        if not any(names) and not self.errors:
            self.add_error("name_en", _("Write the name in at least one language."))
        for column, name in zip(("name_en", "name_zh_hant"), names, strict=True):
            other = self._shown_by(name) if name else None
            if other:
                text = translate("Another concept is shown by this name: %(name)s.")
                self.add_error(column, text % {"name": other.both_names})
        return cleaned

    def _shown_by(self, name: str) -> Concept | None:
        """Return another concept that is shown by this name, however that is written."""
        called = Concept.objects.called(name).filter(merged_into__isnull=True).exclude(pk=self.instance.pk)
        shown = (
            other for other in called if folded_name(name) in map(folded_name, (other.name_en, other.name_zh_hant))
        )
        return next(shown, None)


class ConceptNameFormSet(BaseInlineFormSet):
    """The other names of a concept, each once however it is written."""

    def clean(self) -> None:
        super().clean()
        shown = self.instance.shown_names
        seen: set[str] = set()
        for form in self.forms:
            text = getattr(form, "cleaned_data", {}).get("text", "")
            if not text or form.cleaned_data.get("DELETE"):
                continue
            folded = folded_name(text)
            if folded in seen or (folded in shown and self._is_new(form)):
                form.add_error("text", _("This name is here already."))
            seen.add(folded)

    def _is_new(self, form: forms.ModelForm) -> bool:
        return not isinstance(form.instance, ConceptName) or form.instance.pk is None
