"""The lists of neighbours of some questions, held locked while they change."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

from faq.likeness import Kin
from faq.models import Question, SimilarQuestion
from faq.models.similar import shared_column

KEPT: Final = 10
"""How many computed neighbours a question has."""
STEADY: Final = 0.02
"""A score that moved by less stays as it was written: every new text makes some word a little less rare."""
_COLUMNS: Final = ("score", "shared", "words")


class Lists:
    """What is in the lists now, and what is to be in them. What a moderator pinned or blocked is never touched."""

    def __init__(self, rows: Mapping[int, list[SimilarQuestion]], public: Collection[int]) -> None:
        self._rows = rows
        self.public = public
        self._wanted: dict[int, list[Kin]] = {}

    @classmethod
    def locked(cls, owners: Collection[int]) -> "Lists":
        """The lists of these questions (primary keys), locked until the transaction ends."""
        # In one order, so that two questions renewed at once wait for each other and never deadlock.
        found = Question.objects.select_for_update(no_key=True).filter(pk__in=owners).order_by("pk")
        is_public = dict(found.values_list("pk", "is_listed"))
        lists: dict[int, list[SimilarQuestion]] = {pk: [] for pk in is_public}
        for row in SimilarQuestion.objects.filter(question__in=list(lists)):
            lists[row.question_id].append(row)
        return cls(lists, {pk for pk, is_so in is_public.items() if is_so})

    @property
    def owners(self) -> set[int]:
        """Whose lists these are."""
        return set(self._rows)

    def put(self, owner: int, kin: Iterable[Kin]) -> None:
        """Make these the computed neighbours of `owner`, which are in their order; nothing if it is gone."""
        if owner in self._rows:
            decided = {row.other_id for row in self._rows[owner] if row.origin != SimilarQuestion.Origin.COMPUTED}
            self._wanted[owner] = [each for each in kin if each.pk not in decided][:KEPT]

    def offer(self, owner: int, pk: int, kin: Kin | None, *, copies: Collection[int]) -> None:
        """Let the question `pk` take its place among the neighbours of `owner`, or none (None).

        Of it and its `copies` only the nearest stays.
        """
        others = [_kin_of(row) for row in self._computed(owner).values() if row.other_id != pk]
        rivals = [each for each in others if each.pk in copies]
        if kin is None or any(rival.score >= kin.score for rival in rivals):
            offered = others
        else:
            offered = [each for each in others if each not in rivals] + [kin]
        self.put(owner, sorted(offered, key=lambda each: (-each.score, -each.pk)))

    def unexplained(self) -> list[tuple[int, int]]:
        """The pairs (owner, neighbour) that share no concept and whose shared words nobody has looked for."""
        return [(owner, kin.pk) for owner, kins in self._wanted.items() for kin in kins if not kin.shared + kin.words]

    def explain(self, words: Mapping[tuple[int, int], tuple[str, ...]]) -> None:
        """Say by which words such pairs are alike."""
        for owner, kins in self._wanted.items():
            self._wanted[owner] = [replace(kin, words=words.get((owner, kin.pk), kin.words)) for kin in kins]

    def write(self) -> list[int]:
        """Write what is to be there; returns whose lists changed by it. Three statements at most."""
        gone: list[int] = []
        new: list[SimilarQuestion] = []
        moved: list[SimilarQuestion] = []
        changed = []
        for owner, kins in self._wanted.items():
            rows = self._computed(owner)
            left = [row.pk for other, row in rows.items() if other not in {kin.pk for kin in kins}]
            written = [_written(owner, kin, rows.get(kin.pk)) for kin in kins]
            known = [row for row in written if row is not None and row.pk]
            added = [row for row in written if row is not None and not row.pk]
            if left or known or added:
                changed.append(owner)
            gone, new, moved = gone + left, new + added, moved + known
        if gone:
            SimilarQuestion.objects.filter(pk__in=gone).delete()
        SimilarQuestion.objects.bulk_create(new)
        if moved:
            SimilarQuestion.objects.bulk_update(moved, _COLUMNS)
        return changed

    def _computed(self, owner: int) -> dict[int, SimilarQuestion]:
        return {row.other_id: row for row in self._rows[owner] if row.origin == SimilarQuestion.Origin.COMPUTED}


def _kin_of(row: SimilarQuestion) -> Kin:
    """What a list holds, in the form of an offer."""
    return Kin(row.other_id, 0, row.score, row.shared_concepts, row.shared_words)


def _written(owner: int, kin: Kin, row: SimilarQuestion | None) -> SimilarQuestion | None:
    """The row that says what `kin` says; None where one says so already."""
    shared, words = shared_column(kin.shared), "\n".join(kin.words)
    if row is None:
        return SimilarQuestion(question_id=owner, other_id=kin.pk, score=kin.score, shared=shared, words=words)
    if (row.shared, row.words) == (shared, words) and abs(row.score - kin.score) < STEADY:
        return None
    row.score, row.shared, row.words = kin.score, shared, words
    return row
