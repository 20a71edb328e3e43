"""The vocabulary in memory: which concepts a text names, and where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from search.models import ChangeCounter, ConceptName
from text.fold import fold


@dataclass(frozen=True)
class Mention:
    """A place in a folded text that names a concept: from `start` up to `end`."""

    concept: int
    kind: str
    start: int
    end: int
    name: str


class Vocabulary:
    """The names of all accepted concepts, ready to be looked for. Built from (folded name, concept, kind)."""

    def __init__(self, names: Iterable[tuple[str, int, str]]) -> None:
        self.concepts: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.lengths: dict[str, list[int]] = defaultdict(list)
        for name, concept, kind in names:
            self.concepts[name].append((concept, kind))
        for name in self.concepts:
            if len(name) > 1:
                self.lengths[name[:2]].append(len(name))
        for beginning, lengths in self.lengths.items():
            self.lengths[beginning] = sorted(set(lengths), reverse=True)

    def found_in(self, source: str) -> list[Mention]:
        """The concepts that a text names, in its order; where names overlap, the first and then the longest counts."""
        text = fold(source)
        found: list[Mention] = []
        place = 0
        while place < len(text) - 1:
            end = self._end_of_name(text, place)
            if end:
                name = text[place:end]
                found += [Mention(concept, kind, place, end, name) for concept, kind in self.concepts[name]]
            place = end or place + 1
        return found

    def _end_of_name(self, text: str, start: int) -> int:
        """Where the longest name that begins at `start` ends; 0 for none. A Latin one is a word of its own."""
        if start and _joined(text[start - 1], text[start]):
            return 0
        for length in self.lengths.get(text[start : start + 2], ()):
            end = start + length
            if text[start:end] in self.concepts and not (end < len(text) and _joined(text[end - 1], text[end])):
                return end
        return 0


def _joined(left: str, right: str) -> bool:
    return left.isascii() and left.isalnum() and right.isascii() and right.isalnum()


_EMPTY: Final = Vocabulary(())
_kept: tuple[object, Vocabulary] = (None, _EMPTY)


def vocabulary() -> Vocabulary:
    """This process's copy, as of the last committed change of a concept: one query, two more when it has changed."""
    global _kept  # noqa: PLW0603
    version = ChangeCounter.objects.values_list("identity", "vocabulary").filter(pk=1).first()
    if version is None or version != _kept[0]:
        names = ConceptName.objects.filter(concept__is_proposal=False, concept__merged_into__isnull=True)
        _kept = (version, Vocabulary(names.order_by("pk").values_list("folded", "concept_id", "concept__kind")))
    return _kept[1]
