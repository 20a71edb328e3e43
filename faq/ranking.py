"""The order in which questions are found, as their ids outside: for judging it on any set of queries."""

from collections.abc import Sequence
from typing import Final

from faq.models import Question
from search.finding import Hit, checked, find, find_similar
from search.query import LONGEST, words_only
from search.ranking import RULES, Rules

MODES: Final = ("search", "similar")
QUESTIONS: Final = (("kind:question",),)


def ranked(text: str, *, mode: str, limit: int, own: str = "", rules: Rules = RULES) -> list[str]:
    """The ids of the first `limit` public questions for a text, the best first, without the one whose id is `own`.

    `search` takes the text as a reader's query, `similar` as a question for which others like it are looked for.
    Raises LookupError while this machine has no index.
    """
    hits = _found(text, limit + 1, rules) if mode == "search" else find_similar(text, limit=limit + 1, rules=rules)
    if hits is None:
        raise LookupError("This machine has no index: see manage.py reindex.")
    return [number for number in _outside(hits) if number != own][:limit]


def _found(text: str, limit: int, rules: Rules) -> list[Hit] | None:
    """The hits of a query, and behind them what has its words without minding quotes and minus signs.

    What is longer than a query is words alone.
    """
    hits = find(text, limit=limit, facets=QUESTIONS, rules=rules) if len(text) <= LONGEST else []
    if hits is None or len(hits) >= limit:
        return hits
    known = {hit.pk for hit in hits}
    loose = find(words_only(text), limit=limit, facets=QUESTIONS, rules=rules)
    return None if loose is None else [*hits, *(hit for hit in loose if hit.pk not in known)]


def _outside(hits: Sequence[Hit]) -> list[str]:
    """The ids by which questions came, or their own where they were asked here."""
    keys = [int(document.key.rpartition(":")[2]) for document in checked(hits)]
    names = dict(Question.objects.filter(pk__in=keys).values_list("pk", "external_id"))
    return [names[key] or str(key) for key in keys if key in names]
