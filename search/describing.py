"""The vocabulary as entries of a file: what is written out, and what a file is compared with."""

from collections import defaultdict
from collections.abc import Iterable

from search.models import Concept, ConceptName
from search.models.concept import folded_name
from search.sheets import Entry

COPIED = ("kind", "name_en", "name_zh_hant", "display_en", "display_zh_hant", "is_proposal")
"""Columns that are the same in a file and on the row."""


def described() -> dict[str, Entry]:
    """Every concept, merged ones and proposals too, as key → entry in the order of keys. Two queries."""
    return {key: entry for key, (_pk, entry) in described_with_keys().items()}


def described_with_keys() -> dict[str, tuple[int, Entry]]:
    """The same with the primary keys."""
    names: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, text, language in ConceptName.objects.order_by("pk").values_list("concept_id", "text", "language"):
        names[pk].append((text, language))
    concepts = {concept.pk: concept for concept in Concept.objects.order_by("pk")}
    found = {
        concept.slug: (concept.pk, _entry(concept, names[concept.pk], concepts.get(concept.merged_into_id or 0)))
        for concept in concepts.values()
    }
    return dict(sorted(found.items()))


def _entry(concept: Concept, names: list[tuple[str, str]], survivor: Concept | None) -> Entry:
    return aliased(
        Entry(
            key=concept.slug,
            merged_into=survivor.slug if survivor else "",
            **{column: getattr(concept, column) for column in COPIED},
        ),
        [] if survivor else names,
    )


def aliased(entry: Entry, names: Iterable[tuple[str, str]]) -> Entry:
    """The entry with these names (text, language) as its aliases: each once however it is written, no shown one."""
    shown = (entry.name_en, entry.name_zh_hant, entry.display_en, entry.display_zh_hant)
    seen = {folded_name(text) for text in shown if text}
    aliases: dict[bool, list[str]] = {True: [], False: []}
    for text, language in names:
        folded = folded_name(text)
        if folded not in seen:
            seen.add(folded)
            aliases[language == "en"].append(text)
    told = {
        **vars(entry),
        "aliases_en": tuple(sorted(aliases[True])),
        "aliases_zh_hant": tuple(sorted(aliases[False])),
    }
    return Entry(**told)


def names_of(entry: Entry) -> dict[str, tuple[str, str]]:
    """What a concept is found by, as folded name → (text, language)."""
    shown = [
        (entry.name_en, "en"),
        (entry.name_zh_hant, "zh-hant"),
        (entry.display_en, "en"),
        (entry.display_zh_hant, "zh-hant"),
    ]
    others = [(text, "en") for text in entry.aliases_en] + [(text, "zh-hant") for text in entry.aliases_zh_hant]
    return {folded_name(text): (text, language) for text, language in reversed(shown + others) if text}
