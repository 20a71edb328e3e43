"""The languages of texts, and the choice between the two names that a row carries."""

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

PREFIX: Final = {"en": "en", "zh-hant": "zh-hant", "zh-hans": "zh-hant"}
"""The address prefix under which a text of each language is served."""


class Language(models.TextChoices):
    """What a text can be written in. Simplified Chinese comes only by import."""

    EN = "en", _("English")
    ZH_HANT = "zh-hant", _("Traditional Chinese")
    ZH_HANS = "zh-hans", _("Simplified Chinese")


HTML_LANG: Final = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}
"""BCP 47 tags for the `lang` attribute."""


def prefix_of(language: str) -> str:
    """Return the address prefix ("en" or "zh-hant") that serves texts of `language`."""
    return PREFIX.get(language, "en")


def languages_under(prefix: str) -> list[str]:
    """The languages that are served under a prefix."""
    return [language for language, served in PREFIX.items() if served == prefix]


def active_prefix() -> str:
    """Return the prefix of the language in which the page is being written."""
    return "zh-hant" if (get_language() or "en").startswith("zh") else "en"


def in_language(language: str | None, *, en: str, zh_hant: str) -> str:
    """Return the form of a name for `language`; the other where that one is empty."""
    chinese = (language or "en").startswith("zh")
    return (zh_hant or en) if chinese else (en or zh_hant)


def listed(names: Iterable[str]) -> str:
    """Return names in a row as the language of the page writes them: "lupus, stem cells", 「狼瘡、幹細胞」."""
    return ("、" if active_prefix() == "zh-hant" else ", ").join(names)
