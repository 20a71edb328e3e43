"""Two concepts become one, and two again: over every table that points at concepts, with a journal of each row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from search.changes import changing, renew_concepts
from search.models import Concept, ConceptMerge, ConceptMergeRow, ConceptName
from search.relations import Relation, relations_to
from search.retagging import renew_tags

CHUNK: Final = 500
"""So many rows are read, moved and journalled at a time; all in one transaction."""


@dataclass(frozen=True)
class Conflict:
    """A row that says more than a tag, and one like it that stands at the other concept: somebody has to decide."""

    row: Model
    kept: Model


@dataclass(frozen=True)
class Part:
    """What a merging does to one table."""

    relation: Relation
    moved: int
    dropped: int
    conflicts: list[Conflict]


class MergeRefused(Exception):
    """The concepts can't be merged, or not be parted; the text says why, `conflicts` which rows are in the way."""

    def __init__(self, sentence: str, conflicts: Sequence[Conflict] = ()) -> None:
        super().__init__(sentence)
        self.conflicts = list(conflicts)


@dataclass(frozen=True)
class Undone:
    """What an undoing did: rows restored, and rows that no longer are what the journal says and were left alone."""

    merge: ConceptMerge
    restored: int
    left: int


def tables() -> list[Relation]:
    """What is moved: everything that points at a concept but the journal itself."""
    return [relation for relation in relations_to(Concept) if relation.model is not ConceptMerge]


def uses() -> list[Relation]:
    """What makes a concept one that is used: what other apps point at it with."""
    return [relation for relation in tables() if relation.model._meta.app_label != Concept._meta.app_label]


def preview(loser: Concept, survivor: Concept) -> list[Part]:
    """What `merge` would do, table by table; tables without a row of `loser` are left out."""
    return [part for relation in tables() if (part := _part(relation, loser.pk, survivor.pk))]


def _part(relation: Relation, loser: int, survivor: int) -> Part | None:
    count = relation.of(loser).count()
    if not count:
        return None
    clashing = relation.clashing(loser, survivor)
    if _is_bare(relation):
        dropped = clashing.count()
        return Part(relation, count - dropped, dropped, [])
    conflicts = _conflicts(relation, clashing[:CHUNK], survivor)
    return Part(relation, count - len(conflicts), 0, conflicts)


def _is_bare(relation: Relation) -> bool:
    """Whether a doubled row may go: a tag, a row of a many-to-many table, or a name that the other concept has."""
    return relation.is_tag or relation.model is ConceptName


def _conflicts(relation: Relation, rows: Iterable[Model], survivor: int) -> list[Conflict]:
    return [Conflict(row, relation.rows().get(pk=relation.kept_beside(row, survivor))) for row in rows]


def merge(loser: Concept, *, into: Concept, by: Any) -> ConceptMerge:
    """Make `loser` another way to say `into`: all that points at it points there, or goes where it would be doubled.

    Raises MergeRefused with a sentence, and with the rows that are in the way where a table that is no tag has a row
    for each of the two.
    """
    with changing() as keys:
        loser, into = _locked(loser, into)
        _check(loser, into)
        parts = preview(loser, into)
        if conflicts := [conflict for part in parts for conflict in part.conflicts]:
            raise MergeRefused(_("Both concepts have one of these, and only one can stay."), conflicts)
        done = ConceptMerge.objects.create(loser=loser, survivor=into, merged_by=by)
        try:
            with transaction.atomic():
                for part in parts:
                    keys.update(_drop(part.relation, done) if part.dropped else ())
                    keys.update(_move(part.relation, done))
        except IntegrityError as error:
            raise MergeRefused(_("A rule of the database does not allow it: nothing was changed.")) from error
        loser.merged_into = into
        Concept.objects.filter(pk=loser.pk).update(merged_into=into)
        keys |= {f"concept:{loser.pk}", f"concept:{into.pk}"}
        renew_tags(keys)
        into.renew_documents()
        renew_concepts([loser.pk, into.pk])
    return done


def _locked(*concepts: Concept) -> list[Concept]:
    """The concepts as they are now, locked in one order, so that two mergings wait for each other and never deadlock.

    The lock is the whole row's: a tag that is being added right now is waited for, and is moved with the others. One
    whose writer read the concept before and comes a moment later stays with the loser, which leads to the survivor.
    """
    rows = Concept.objects.select_for_update().filter(pk__in=[concept.pk for concept in concepts]).order_by("pk")
    found = {concept.pk: concept for concept in rows}
    if missing := [concept for concept in concepts if concept.pk not in found]:
        raise MergeRefused(_("“%(name)s” is no longer there.") % {"name": missing[0].both_names})
    return [found[concept.pk] for concept in concepts]


def _check(loser: Concept, survivor: Concept) -> None:
    if loser.pk == survivor.pk:
        raise MergeRefused(_("These are one and the same concept."))
    for concept in (loser, survivor):
        if concept.merged_into_id is not None:
            raise MergeRefused(_("“%(name)s” was merged already.") % {"name": concept.both_names})
    if survivor.is_proposal and not loser.is_proposal:
        raise MergeRefused(
            _("“%(name)s” is only a proposal: accept it first, or merge the other way round.")
            % {"name": survivor.both_names}
        )


def _drop(relation: Relation, done: ConceptMerge) -> set[str]:
    """Take out the rows that the survivor has already, and write each into the journal whole."""
    keys: set[str] = set()
    clashing = relation.clashing(done.loser_id, done.survivor_id).order_by("pk")
    while rows := list(clashing[:CHUNK]):
        ConceptMergeRow.objects.bulk_create(
            ConceptMergeRow(
                merge=done,
                model=relation.label,
                row=str(row.pk),
                column=relation.field.attname,
                old=str(done.loser_id),
                dropped=_told(row),
                kept=str(relation.kept_beside(row, done.survivor_id)),
            )
            for row in rows
        )
        keys |= _keys_of(relation, rows)
        relation.rows().filter(pk__in=[row.pk for row in rows]).delete()
    return keys


def _move(relation: Relation, done: ConceptMerge) -> set[str]:
    """Let the other rows point at the survivor, and write down which they were."""
    keys: set[str] = set()
    waiting = relation.of(done.loser_id).order_by("pk")
    while rows := list(waiting[:CHUNK]):
        ConceptMergeRow.objects.bulk_create(
            ConceptMergeRow(
                merge=done,
                model=relation.label,
                row=str(row.pk),
                column=relation.field.attname,
                old=str(done.loser_id),
            )
            for row in rows
        )
        keys |= _keys_of(relation, rows)
        relation.rows().filter(pk__in=[row.pk for row in rows]).update(**{relation.field.attname: done.survivor_id})
    return keys


def _told(row: Model) -> dict[str, str | None]:
    """A whole row as texts by column."""
    return {
        field.attname: None if getattr(row, field.attname) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
    }


def _keys_of(relation: Relation, rows: Iterable[Model]) -> set[str]:
    """The keys in the change sequence of what carries these rows: of what is tagged, else of the rows themselves."""
    if relation.model is ConceptName:
        return set()
    if not relation.is_tag:
        return {f"{relation.model._meta.model_name}:{row.pk}" for row in rows}
    return {
        f"{field.related_model._meta.model_name}:{getattr(row, field.attname)}"
        for field in relation.far_ends
        for row in rows
    }


def tagged_by(done: ConceptMerge, model: type[Model]) -> set[int]:
    """The primary keys of what carried the rows of a tag model that a merging moved or dropped."""
    relation = next(each for each in tables() if each.model is model)
    carrier = relation.far_ends[0].attname
    rows = done.rows.filter(model=relation.label)
    moved = list(rows.filter(dropped__isnull=True).values_list("row", flat=True))
    found = set(relation.rows().filter(pk__in=moved).values_list(carrier, flat=True))
    dropped: list[Any] = list(rows.filter(dropped__isnull=False).values_list("dropped", flat=True))
    return found | {int(told[carrier]) for told in dropped}


def undo(done: ConceptMerge, *, by: Any) -> Undone:
    """Make two concepts again: the journal's rows as they were; what was added since stays with the survivor.

    A row that has gone, or was given to another concept since, is left as it is. Raises MergeRefused with a sentence.
    """
    with changing() as keys:
        loser, survivor = _locked(done.loser, done.survivor)
        # Read again under the lock: somebody may have been faster.
        done = ConceptMerge.objects.select_for_update().get(pk=done.pk)
        _check_undo(done, loser, survivor)
        Concept.objects.filter(pk=loser.pk).update(merged_into=None)
        counts: Counter[str] = Counter()
        for relation in tables():
            rows = done.rows.filter(model=relation.label, column=relation.field.attname).order_by("pk")
            for chunk in _chunks(rows.filter(dropped__isnull=True).iterator(CHUNK)):
                keys.update(_move_back(relation, done, chunk, counts))
            for chunk in _chunks(rows.filter(dropped__isnull=False).iterator(CHUNK)):
                keys.update(_restore(relation, chunk, counts))
        done.undone_by, done.undone_at = by, timezone.now()
        done.save(update_fields=["undone_by", "undone_at"])
        keys |= {f"concept:{loser.pk}", f"concept:{survivor.pk}"}
        renew_tags(keys)
        _stand_again(loser.pk, survivor.pk)
        renew_concepts([loser.pk, survivor.pk])
    return Undone(done, counts["restored"], counts["left"])


def _stand_again(*concepts: int) -> None:
    """Whatever was done to their rows since, both are found by the names they are shown by."""
    for concept in Concept.objects.filter(pk__in=concepts):
        concept.save()


def _check_undo(done: ConceptMerge, loser: Concept, survivor: Concept) -> None:
    if done.undone_at is not None:
        raise MergeRefused(_("This merging was undone already."))
    if survivor.merged_into is not None:
        raise MergeRefused(
            _("“%(name)s” was itself merged into “%(into)s” since: undo that first.")
            % {"name": survivor.both_names, "into": survivor.merged_into.both_names}
        )
    if later := _leaning_on(done):
        raise MergeRefused(
            _("“%(name)s” was merged into the same concept since, and shares tags with this one: undo that first.")
            % {"name": later.loser.both_names}
        )


def _leaning_on(done: ConceptMerge) -> ConceptMerge | None:
    """A later merging that dropped a row because one of ours stood there: without ours nothing would say it."""
    moved: dict[str, set[str]] = defaultdict(set)
    for model, row in done.rows.filter(dropped__isnull=True).values_list("model", "row"):
        moved[model].add(row)
    later = ConceptMergeRow.objects.filter(
        merge__survivor=done.survivor_id, merge__pk__gt=done.pk, merge__undone_at__isnull=True, dropped__isnull=False
    )
    for model, kept, merge_id in later.exclude(model=ConceptName._meta.label_lower).values_list(
        "model", "kept", "merge_id"
    ):
        if kept in moved[model]:
            return ConceptMerge.objects.select_related("loser").get(pk=merge_id)
    return None


def _move_back(
    relation: Relation, done: ConceptMerge, chunk: Sequence[ConceptMergeRow], counts: Counter[str]
) -> set[str]:
    """Give the loser its rows again, as far as they still stand at the survivor and it has none like them."""
    still = relation.of(done.survivor_id).filter(pk__in=[row.row for row in chunk])
    taken = relation.clashing(done.survivor_id, done.loser_id).filter(pk__in=still).values("pk")
    rows = list(still.exclude(pk__in=list(taken.values_list("pk", flat=True))))
    relation.rows().filter(pk__in=[row.pk for row in rows]).update(**{relation.field.attname: done.loser_id})
    counts["restored"] += len(rows)
    counts["left"] += len(chunk) - len(rows)
    return _keys_of(relation, rows)


def _restore(relation: Relation, chunk: Sequence[ConceptMergeRow], counts: Counter[str]) -> set[str]:
    """Write dropped rows again, as far as what they point at is there and nothing stands in their place."""
    rows = [row for journalled in chunk if (row := _row(relation, journalled)) is not None]
    there = _with_all_ends(relation, rows)
    used = set(relation.rows().filter(pk__in=[row.pk for row in there]).values_list("pk", flat=True))
    written = []
    for row in there:
        if relation.kept_beside(row, getattr(row, relation.field.attname)) is not None:
            continue
        row.pk = None if row.pk in used else row.pk
        row.save_base(raw=True, force_insert=True)
        written.append(row)
    counts["restored"] += len(written)
    counts["left"] += len(chunk) - len(written)
    return _keys_of(relation, written)


def _row(relation: Relation, journalled: ConceptMergeRow) -> Model | None:
    """The row as it was; None where the table has lost a column since, or has one that the row cannot fill."""
    told = journalled.dropped or {}
    fields = {field.attname: field for field in relation.model._meta.concrete_fields}
    if told.keys() - fields.keys():
        return None
    return relation.model(
        **{name: None if text is None else fields[name].to_python(text) for name, text in told.items()}
    )


def _with_all_ends(relation: Relation, rows: Sequence[Model]) -> list[Model]:
    """Leave out the rows that point at something deleted: the database would notice only at the commit."""
    kept = list(rows)
    for field in relation.far_ends:
        wanted = {getattr(row, field.attname) for row in kept} - {None}
        target: Any = field.related_model
        there = set(target._base_manager.filter(pk__in=wanted).values_list("pk", flat=True)) | {None}
        kept = [row for row in kept if getattr(row, field.attname) in there]
    return kept


def _chunks(rows: Iterable[ConceptMergeRow]) -> Iterator[list[ConceptMergeRow]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk
