"""A plan for the vocabulary carried out: in chunks, so that a line that fails costs itself alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from search.changes import changing
from search.describing import COPIED, described, names_of
from search.models import Concept, ConceptName
from search.models.concept import folded_name, free_key
from search.planning import Outcome, Plan, Planned
from search.sheets import Entry, read, write
from search.working import working

STARTER: Final = Path(__file__).parent / "starter" / "concepts.csv"
"""The vocabulary that Wenyi brings."""
CHUNK: Final = 100
"""So many concepts are written in one transaction."""


@dataclass
class Imported:
    """What was done: how many concepts are new and changed, and the lines that were refused."""

    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    refused: list[Planned] = field(default_factory=list)


def export_concepts() -> bytes:
    """The whole vocabulary as a file that `import_concepts` makes the same vocabulary of."""
    return write(described().values())


def import_concepts(raw: bytes, *, only_new: bool = False) -> Imported:
    """Read a file and take in what can be taken in. Raises NotASheet for what is no such file."""
    return carry_out(Plan(read(raw), only_new=only_new))


def import_starter() -> Imported:
    """Take in what the site does not have of the vocabulary that Wenyi brings; what it has stays as it is."""
    return import_concepts(STARTER.read_bytes(), only_new=True)


def carry_out_telling(plan: Plan, *, subject: str, by: Any = None) -> Imported:
    """Do what the plan says, and tell the staff how far it is."""
    total = len(plan.of(Outcome.NEW, Outcome.CHANGED))
    with working("concepts", subject=subject, total=total, by=by) as work:
        done = carry_out(plan, work.advance)
        work.told(new=done.new, changed=done.changed, refused=len(done.refused))
    return done


def carry_out(plan: Plan, progress: Callable[[int], object] = lambda _count: None) -> Imported:
    """Do what the plan says. A line that meets somebody else's change in this very moment is refused."""
    done = Imported(same=len(plan.of(Outcome.SAME)), kept=len(plan.of(Outcome.KEPT)))
    done.refused = plan.of(Outcome.REFUSED)
    # Merged ones after those that they point at.
    for is_merged in (False, True):
        new = (line for line in plan.of(Outcome.NEW) if bool(line.entry.merged_into) == is_merged)
        while chunk := list(islice(new, CHUNK)):
            done.new += _created(chunk, done)
            progress(len(chunk))
    changed = iter(plan.of(Outcome.CHANGED))
    while chunk := list(islice(changed, CHUNK)):
        with changing():
            done.changed += sum(_tried(line, done) for line in chunk)
        progress(len(chunk))
    done.refused.sort(key=lambda line: line.number)
    return done


def _created(chunk: Sequence[Planned], done: Imported) -> int:
    """Make the concepts of a chunk together, or one by one where one of them cannot be made."""
    try:
        with changing():
            _create([line.entry for line in chunk])
    except (IntegrityError, KeyError):  # the key is there now, or that of the survivor is not
        if len(chunk) > 1:
            return sum(_created([line], done) for line in chunk)
        done.refused.append(_too_late(chunk[0]))
        return 0
    return len(chunk)


def _create(entries: Sequence[Entry]) -> None:
    with changing() as keys:
        survivors = {each.merged_into for each in entries if each.merged_into}
        found = Concept.objects.in_bulk(survivors, field_name="slug")
        taken = set(Concept.objects.values_list("name", flat=True))
        concepts = []
        for entry in entries:
            name = free_key((entry.name_en or entry.name_zh_hant)[:90], taken)
            taken.add(name)
            into = found[entry.merged_into] if entry.merged_into else None
            columns = {column: getattr(entry, column) for column in COPIED}
            concepts.append(Concept(name=name, slug=entry.key, merged_into=into, **columns))
        Concept.objects.bulk_create(concepts)
        ConceptName.objects.bulk_create(
            ConceptName(concept=concept, folded=folded, text=text, language=language)
            for concept, entry in zip(concepts, entries, strict=True)
            if not entry.merged_into
            for folded, (text, language) in names_of(entry).items()
        )
        keys.update(f"concept:{concept.pk}" for concept in concepts)


def _tried(line: Planned, done: Imported) -> bool:
    try:
        with transaction.atomic():
            _change(line)
    except (IntegrityError, Concept.DoesNotExist):
        done.refused.append(_too_late(line))
        return False
    return True


def _change(line: Planned) -> None:
    concept = Concept.objects.select_for_update().get(pk=line.pk, merged_into__isnull=True)
    for column in COPIED:
        setattr(concept, column, getattr(line.entry, column))
    if line.told & {"aliases_en", "aliases_zh_hant"}:
        _settle_names(concept, line.entry)
    concept.save()


def _settle_names(concept: Concept, entry: Entry) -> None:
    """Make these the names it is found by, each as the file writes it."""
    wanted = names_of(entry)
    kept = {name.folded: name for name in concept.names.all()}
    gone = [name.pk for folded, name in kept.items() if folded not in wanted]
    concept.names.filter(pk__in=gone).delete()
    shown = {
        folded_name(text) for text in (entry.name_en, entry.name_zh_hant, entry.display_en, entry.display_zh_hant)
    }
    for folded, (text, language) in wanted.items():
        name = kept.get(folded) or ConceptName(concept=concept)
        if name.pk is None or (folded not in shown and (name.text, name.language) != (text, language)):
            name.text, name.language = text, language
            name.save()


def _too_late(line: Planned) -> Planned:
    text = _("Somebody changed the vocabulary in this moment: import the file once more.")
    return replace(line, outcome=Outcome.REFUSED, problem=text)
