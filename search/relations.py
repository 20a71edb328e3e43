"""Which rows of other apps point at a row: asked of Django, because `search` knows no other app."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, ForeignKey, Model, OuterRef, Q, QuerySet, UniqueConstraint
from taggit.models import ItemBase


@dataclass(frozen=True)
class Unique:
    """What may be there once: the other fields that, with the relation, make a row the same as another."""

    others: tuple[str, ...]
    condition: Q


@dataclass(frozen=True)
class Relation:
    """A foreign key that points at the target: a tag's, a topic's, the one of a many-to-many table."""

    model: type[Model]
    field: "ForeignKey[Any, Any]"

    @property
    def label(self) -> str:
        """The model's name, such as "faq.taggedquestion"."""
        return self.model._meta.label_lower

    @property
    def is_tag(self) -> bool:
        """Whether a row says only that two rows belong together: a tag, or a row of a many-to-many table."""
        return issubclass(self.model, ItemBase) or bool(self.model._meta.auto_created)

    @property
    def far_ends(self) -> "list[ForeignKey[Any, Any]]":
        """The other foreign keys of such a row: what is tagged."""
        return [field for field in _foreign_keys(self.model) if field != self.field]

    def rows(self) -> QuerySet[Any]:
        """Every row, also what a model's own manager hides."""
        return self.model._base_manager.all()

    def of(self, pk: Any) -> QuerySet[Any]:
        """The rows that point at this primary key."""
        return self.rows().filter(**{self.field.attname: pk})

    def clashing(self, pk: Any, other: Any) -> QuerySet[Any]:
        """The rows of `pk` that could not stand at `other`, because one like them does; that one is `kept`."""
        found = Q(pk__in=[])
        rows = self.of(pk)
        for number, unique in enumerate(self.uniques()):
            same = self.of(other).filter(unique.condition, **{name: OuterRef(name) for name in unique.others})
            rows = rows.annotate(**{f"clash_{number}": Exists(same)})
            found |= Q(unique.condition, **{f"clash_{number}": True})
        return rows.filter(found)

    def kept_beside(self, row: Model, other: Any) -> Any:
        """The primary key of the row at `other` that is like `row`; None where there is none."""
        for unique in self.uniques():
            same = self.of(other).filter(unique.condition, **{name: getattr(row, name) for name in unique.others})
            if (kept := same.values_list("pk", flat=True).first()) is not None:
                return kept
        return None

    def uniques(self) -> list[Unique]:
        """What the database, or the sense of a tag, allows once with this relation in it."""
        meta, name = self.model._meta, self.field.name
        groups: list[tuple[Sequence[str], Q]] = [(group, Q()) for group in meta.unique_together]
        groups += [
            (constraint.fields, constraint.condition or Q())
            for constraint in meta.constraints
            if isinstance(constraint, UniqueConstraint)
        ]
        groups += [((name,), Q())] if self.field.unique else []
        found = [
            Unique(tuple(_attname(self.model, each) for each in group if each != name), condition)
            for group, condition in groups
            if name in group
        ]
        implied = [Unique(tuple(field.attname for field in self.far_ends), Q())] if self.is_tag else []
        return found or implied


def relations_to(model: type[Model]) -> list[Relation]:
    """Every relation to `model` that the database keeps, tables of many-to-many fields included.

    Versions of a text (history tables have no constraint) say what was, and are left out.
    """
    return sorted(_found(model), key=lambda relation: (relation.label, relation.field.name))


def _found(model: type[Model]) -> Iterator[Relation]:
    for relation in model._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        if relation.auto_created and not relation.concrete and isinstance(field, ForeignKey) and _is_kept(field):
            yield Relation(field.model, field)


def _is_kept(field: Any) -> bool:
    return bool(field.db_constraint)


def _foreign_keys(model: type[Model]) -> "list[ForeignKey[Any, Any]]":
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def _attname(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "attname", name))
