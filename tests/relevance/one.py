"""One set in a database of its own: `python -m tests.relevance.one DIR` prints {mode: {rule: [nDCG of each query]}}.

DATABASE_URL names a migrated, empty database and INDEX_DIR an empty folder; `tests.relevance` makes both.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import django

from tests.relevance.baseline import Baseline
from tests.relevance.figures import Labelled, ndcg
from tests.relevance.sets import SETS, without

Rank = Callable[[str, str], list[str]]


def main(folder: Path) -> None:
    """Load the set below `folder`, rank it by every rule and without each, and print what came out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.core.management import call_command

    with contextlib.redirect_stdout(sys.stderr):
        call_command("import_archive", corpus=folder, verbosity=0)
    labelled = Labelled.read(folder)
    plain = Baseline(folder)
    found = {}
    for mode in [each.mode for each in SETS if each.name == folder.name]:
        ways: dict[str, Rank] = {"baseline": lambda _id, text: plain.ranked(text), "": _by_rules(mode, {})}
        ways |= {name: _by_rules(mode, off) for name, off in without(mode).items()}
        found[mode] = {name: _figures(labelled, way) for name, way in ways.items()}
    sys.stdout.write(json.dumps(found) + "\n")


def _by_rules(mode: str, changed: dict[str, object]) -> Rank:
    from faq.ranking import ranked
    from search.ranking import RULES, Rules

    rules: Rules = replace(RULES, **changed)  # type: ignore[arg-type]
    return lambda number, text: ranked(text, mode=mode, limit=10, own=number, rules=rules)


def _figures(labelled: Labelled, rank: Rank) -> list[float]:
    return [ndcg(rank(number, text), labelled.gains[number]) for number, text in labelled.queries]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
