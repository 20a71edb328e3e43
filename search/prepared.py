"""Queries whose SQL is made once: for what a page asks each time it is read.

Django spends more on making the SQL of a query over several tables than the database on answering it (measured: 6 of
7 ms for what lies round a question). Here a query set is compiled once in a process and database, and only its values
differ from one time to the next.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from django.db import connections, router
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Compiled = tuple[str, tuple[Any, ...]]
_FIRST: Final = -(2**31)
"""Stand-ins for values are numbers from here on, which no row and no setting has."""


class Prepared:
    """A query with places for whole numbers, compiled at its first use.

    `make` gets a stand-in for each of `names`, and for each of `lists` (name and greatest length) a tuple of them; it
    uses each in one or more conditions and returns a query set of `values_list`. What comes out are the database's own
    values: numbers and texts are as Django would give them, days and switches are not.
    """

    def __init__(
        self,
        model: type[Model],
        make: Callable[..., QuerySet[Any, Any]],
        *,
        names: tuple[str, ...] = (),
        lists: Mapping[str, int] | None = None,
    ) -> None:
        self._model, self._make = model, make
        self._names, self._lists = names, dict(lists or {})
        self._compiled: dict[str, Compiled] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values. A list that is longer than its greatest length raises ValueError."""
        using = router.db_for_read(self._model)
        if using not in self._compiled:
            self._compiled[using] = self._compile(using)
        sql, places = self._compiled[using]
        given = self._given(values)
        with connections[using].cursor() as cursor:
            cursor.execute(sql, [given.get(place, place) for place in places])
            return list(cursor.fetchall())

    @cached_property
    def _stand_ins(self) -> dict[str, Any]:
        """A number of its own for each name, several for each list."""
        numbers = iter(range(_FIRST, 0))
        single = {name: next(numbers) for name in self._names}
        return single | {name: tuple(next(numbers) for _ in range(size)) for name, size in self._lists.items()}

    def _compile(self, using: str) -> Compiled:
        query = self._make(**self._stand_ins).using(using).query
        sql, params = query.get_compiler(using).as_sql()
        return sql, tuple(params)

    def _given(self, values: Mapping[str, Any]) -> dict[Any, Any]:
        """What goes in for each stand-in; what a list has too little is filled with a number that no row has."""
        given: dict[Any, Any] = {self._stand_ins[name]: values[name] for name in self._names}
        for name, size in self._lists.items():
            numbers = list(values[name])
            if len(numbers) > size:
                message = f"{name} has {len(numbers)} values, at most {size} fit."
                raise ValueError(message)
            given |= dict(zip(self._stand_ins[name], numbers + [0] * (size - len(numbers)), strict=True))
        return given


class Part(Generic[M]):
    """Some columns of a model as a prepared query gives them, and the row that they make."""

    def __init__(self, model: type[M], *columns: str, through: str = "") -> None:
        self._model = model
        # In the order in which a row is made of them.
        self._columns = [field.attname for field in model._meta.concrete_fields if field.attname in columns]
        self.paths = [f"{through}__{name}" if through else name for name in self._columns]

    def row(self, values: Sequence[Any]) -> M:
        """The row of these values, which may go on after them.

        A column that was not asked for is read from the database when somebody wants it.
        """
        return self._model.from_db(None, self._columns, values[: len(self._columns)])

    def row_if_any(self, values: Sequence[Any]) -> M | None:
        """The row of these values; None for one that an outer join did not find, whose key is empty."""
        return None if values[0] is None else self.row(values)
