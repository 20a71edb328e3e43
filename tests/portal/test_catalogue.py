"""The Chinese catalogue says all that the sources say, and what Django reads is what people read."""

import ast
import importlib.util
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin import ModelAdmin, site
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.utils.translation import gettext, ngettext, override, pgettext
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
OURS, BORROWED = (ROOT / "portal" / name / "zh_Hant/LC_MESSAGES/django.po" for name in ("locale", "library_locale"))
CATALOGUES = [OURS, BORROWED]
APPS = ["portal", "articles", "faq", "people", "search", "text"]
LIBRARIES = {
    "django": ["contrib/admin", "contrib/auth", "core", "forms", "db"],
    "allauth": ["account", "mfa", "core", "templates/account", "templates/mfa"],
    "taggit": ["."],
    "simple_history": ["."],
    "django_tasks": ["."],
    "django_tasks_db": ["."],
}

# What each function takes before its other arguments: context, message, plural.
TAKES = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("message",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("message", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "message")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "message", "plural")),
}
LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"\b({'|'.join(TAKES)})\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}|</?\w[^>]*>")
HAN = "[\u3400-\u9fff]"
COMMENT = re.compile(r"^\s*//.*$|\s//\s.*$|/\*.*?\*/", re.MULTILINE | re.DOTALL)
SENTENCE = re.compile(r"""["'`]([A-Z][a-z]+ [a-z][^"'`\n]*|[^"'`\n]*[\u3400-\u9fff]{2}[^"'`\n]*)["'`]""")


def key(parts: dict[str, str]) -> str:
    """A message as gettext's own files name it: context, EOT, message, NUL, plural."""
    context = f"{parts['context']}\4" if "context" in parts else ""
    return context + parts["message"] + (f"\0{parts['plural']}" if "plural" in parts else "")


def said_in_python(source: str) -> Iterator[str]:
    """The messages of a module, whatever it calls Django's functions."""
    tree = ast.parse(source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [name for node in imports if node.module == "django.utils.translation" for name in node.names]
    takes = {name.asname or name.name: TAKES[name.name] for name in names if name.name in TAKES}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in takes:
            constants = [node.value for node in call.args if isinstance(node, ast.Constant)]
            words = [word for word in constants if isinstance(word, str)]
            if words:
                yield key(dict(zip(takes[call.func.id], words, strict=False)))


def said_in_template(source: str) -> Iterator[str]:
    for name, words in CALL.findall(templatize(source)):
        literals = [ast.literal_eval(word) for word in re.findall(LITERAL, words)]
        yield key(dict(zip(TAKES[name], literals, strict=False)))


def said(*folders: Path) -> set[str]:
    """Every message below the folders. Said with and without its plural, it is one entry: the one with the plural."""
    files = [path for folder in folders for path in folder.rglob("*.*") if "migrations" not in path.parts]
    modules = [path for path in files if path.suffix == ".py"]
    templates = [path for path in files if path.suffix in (".html", ".txt")]
    read: list[tuple[Callable[[str], Iterator[str]], list[Path]]] = [
        (said_in_python, modules),
        (said_in_template, templates),
    ]
    found = {message for says, paths in read for path in paths for message in says(path.read_text())}
    return found - {message.partition("\0")[0] for message in found if "\0" in message}


def entries(catalogue: Path) -> dict[str, str]:
    """What a .po file translates, and to what; its head is the translation of the empty message."""
    found = {}
    for block in catalogue.read_text().split("\n\n"):
        said = "\n".join(line for line in block.splitlines() if not line.startswith("#"))
        if said:
            parts = {
                name: "".join(ast.literal_eval(line) for line in lines.splitlines())
                for name, lines in re.findall(r'^(\w+)(?:\[0\])? ((?:"[^\n]*"\n?)+)', said, re.MULTILINE)
            }
            words = {"message": parts["msgid"], "plural": parts.get("msgid_plural"), "context": parts.get("msgctxt")}
            found[key({name: word for name, word in words.items() if word is not None})] = parts["msgstr"]
    return found


def compiled(catalogue: Path) -> dict[str, str]:
    """The same from the .mo file beside it; its format is told in the manual of GNU gettext, "MO files"."""
    data = catalogue.with_suffix(".mo").read_bytes()
    _magic, _version, count, originals, translations = struct.unpack_from("<5I", data)

    def text(table: int, number: int) -> str:
        length, start = struct.unpack_from("<2I", data, table + 8 * number)
        return data[start : start + length].decode()

    return {text(originals, number): text(translations, number) for number in range(count)}


def said_by_libraries() -> set[str]:
    """What those parts of the libraries say whose pages staff see."""
    found = {name: importlib.util.find_spec(name) for name in LIBRARIES}
    files = {name: spec.origin for name, spec in found.items() if spec and spec.origin}
    return said(*(Path(files[name]).parent / folder for name, folders in LIBRARIES.items() for folder in folders))


def in_chinese(message: str) -> str:
    """What is shown in the place of a message."""
    context, _context, words = message.rpartition("\4")
    singular, _nul, plural = words.partition("\0")
    with override("zh-hant"):
        if context:
            return pgettext(context, singular)
        return ngettext(singular, plural, 2) if plural else gettext(singular)


def names(catalogue: Path) -> str:
    return catalogue.relative_to(ROOT).parts[1]


each_catalogue = pytest.mark.parametrize("catalogue", CATALOGUES, ids=names)


def test_every_message_of_the_sources_is_in_the_catalogue_and_no_other() -> None:
    translated = entries(OURS).keys() - {""}

    sources = said(*(ROOT / folder for folder in [*APPS, "templates"]))

    # `make messages` mends both.
    assert (sources - translated, translated - sources) == (set(), set())


def test_what_libraries_say_to_staff_is_chinese() -> None:
    sentences = [message for message in said_by_libraries() if re.search("[a-z]{2}", PLACEHOLDER.sub("", message))]

    english = [message for message in sentences if not re.search(HAN, in_chinese(message))]

    assert english == []


def test_what_stands_at_the_columns_and_fields_of_the_admin_is_chinese() -> None:
    with override("zh-hant"):
        labels = {
            f"{model._meta.label}.{name}": str(label_for_field(name, model, admin))
            for model, admin in site._registry.items()
            for name in _shown(admin)
            if model._meta.app_label in APPS
        }

    assert len(labels) > 100
    assert {name: label for name, label in labels.items() if not re.search(HAN, label)} == {}


def _shown(admin: ModelAdmin[Any]) -> set[str]:
    """What a list and a form of the admin name. Fields of a form's own have their labels in its class."""
    fieldsets = admin.fieldsets or [("", {"fields": admin.fields or ()})]
    names = {*admin.list_display, *admin.readonly_fields, *flatten_fieldsets(fieldsets)}
    return {str(name) for name in names if hasattr(admin, str(name)) or hasattr(admin.model, str(name))}


def test_scripts_have_no_words_of_their_own() -> None:
    sources = {path.name: path.read_text() for path in (ROOT / "static" / "js").glob("*.js")}

    sentences = {name: SENTENCE.findall(COMMENT.sub("", source)) for name, source in sources.items()}

    # What a script says stands in the page, in an attribute: data-done="{% translate 'Copied.' %}".
    assert {name: said for name, said in sentences.items() if said} == {}


def test_a_message_that_was_borrowed_is_still_said_by_its_library() -> None:
    borrowed = entries(BORROWED).keys() - {""}

    assert borrowed - said_by_libraries() == set()


@each_catalogue
def test_no_translation_is_empty_or_a_guess(catalogue: Path) -> None:
    empty = [message for message, translation in entries(catalogue).items() if not translation.strip()]

    assert (empty, re.findall(r"^#,.*fuzzy", catalogue.read_text(), re.MULTILINE)) == ([], [])


@each_catalogue
def test_a_translation_has_the_places_and_tags_of_its_message(catalogue: Path) -> None:
    pairs = [(message.rpartition("\0")[2], text) for message, text in entries(catalogue).items()]

    differing = [
        pair for pair in pairs if sorted(PLACEHOLDER.findall(pair[0])) != sorted(PLACEHOLDER.findall(pair[1]))
    ]

    assert differing == []


@each_catalogue
def test_the_compiled_catalogue_says_what_the_readable_one_says(catalogue: Path) -> None:
    readable = entries(catalogue)

    # `make messages` compiles it.
    assert compiled(catalogue) == readable


@each_catalogue
def test_chinese_has_its_own_punctuation_and_a_space_beside_latin_words(catalogue: Path) -> None:
    plain = [PLACEHOLDER.sub("", text) for text in entries(catalogue).values()]

    odd = [text for text in plain if re.search(rf"{HAN}[,;:!?A-Za-z0-9]|[,;!?A-Za-z0-9]{HAN}", text)]

    assert odd == []


def test_the_reader_of_sources_knows_every_way_to_say_something() -> None:
    module = (
        "from django.utils.translation import gettext as translate, ngettext, pgettext_lazy as _p\n"
        "translate('one'); ngettext('%d day', '%d days', 2) ; _p('person', 'title'); other('not this')\n"
    )
    template = (
        "{% load i18n %}{% translate 'two' %}{% translate 'may' context 'month' %}{{ shared|join:_(', ') }}"
        "{% blocktranslate trimmed count n=n %}\n {{ n }} cat\n{% plural %}{{ n }} cats{% endblocktranslate %}"
    )

    found = sorted([*said_in_python(module), *said_in_template(template)])

    assert found == sorted(
        ["one", "%d day\0%d days", "person\4title", "two", "month\4may", ", ", "%(n)s cat\0%(n)s cats"]
    )
