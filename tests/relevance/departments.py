"""How often the right department is among the three that are suggested, on the labelled sets beside the checkout.

    python -m tests.relevance.departments

department_zh_toyhom is split by its makers: the texts marked "train" are published, the others are asked about.
department_en_icliniq has 173 texts and no split: ten times nine tenths are published and the rest is asked about. In
both the house has its thirty-five departments beside those that the set names, as after `import_archive
--create-departments`: a suggestion has some forty departments to choose from.

A text that is answered with "does not know" counts as missed; what is right of the others stands in rows of its own.
"""

import gzip
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypedDict

FOLDER: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
CHINESE, ENGLISH = "department_zh_toyhom", "department_en_icliniq"
FOLDS: Final = 10
DRAWS: Final = 1000


class Row(TypedDict):
    """One figure: of `n` texts of a set, with the 95 % interval of a bootstrap over them."""

    set: str
    measure: str
    value: float
    n: int
    interval: tuple[float, float]


@dataclass(frozen=True)
class Labelled:
    """A text and the name of its department; whether it may be learnt from."""

    text: str
    department: str
    is_train: bool


Suggested = list[tuple[Labelled, list[str], list[str]]]
"""Each text asked about, every department in order, and what is suggested (nothing: it does not know)."""


def measured() -> list[Row]:
    """Every figure of both sets. Needs Django set up and an empty, migrated database, which it leaves empty."""
    return [*rows(CHINESE, chinese()), *rows(ENGLISH, english())]


def ablations() -> list[Row]:
    """The same without one part at a time: the seeds, the concepts."""
    found: list[Row] = []
    for name, without in (("no seeds", without_seeds), ("no concepts", without_concepts)):
        with without():
            both = [*rows(CHINESE, chinese()), *rows(ENGLISH, english())]
        found += [{**row, "measure": f"{row['measure']} ({name})"} for row in both]
    return found


def rows(name: str, suggested: Suggested) -> list[Row]:
    """The figures of one set."""
    first = [names[:1] == [each.department] for each, _order, names in suggested]
    three = [each.department in names for each, _order, names in suggested]
    spoken = [each.department in names for each, _order, names in suggested if names]
    said = [bool(names) for _each, _order, names in suggested]
    forced = [each.department in order[:3] for each, order, _names in suggested]
    figures = {"top-1": first, "top-3": three, "top-3 if it never kept silent": forced}
    figures |= {"speaks": said, "top-3 where it speaks": spoken}
    return [_row(name, measure, outcome) for measure, outcome in figures.items()]


def chinese() -> Suggested:
    """Learn from the training half and ask about the other."""
    texts = _read(f"{CHINESE}.jsonl.gz")
    with _house(), _learnt([each for each in texts if each.is_train], "zh-hant"):
        return [_ask(each) for each in texts if not each.is_train]


def english() -> Suggested:
    """Learn from nine tenths and ask about the rest, ten times."""
    texts = _read(f"{ENGLISH}.jsonl")
    found: Suggested = []
    with _house():
        for fold in range(FOLDS):
            with _learnt([each for place, each in enumerate(texts) if place % FOLDS != fold], "en", _names(texts)):
                found += [_ask(each) for each in texts[fold::FOLDS]]
    return found


def bootstrap(outcome: Sequence[bool]) -> tuple[float, float]:
    """The 95 % interval of a share: between the 25th and the 975th of 1000 draws with replacement."""
    draw = random.Random(1)  # noqa: S311  # the same figures every time, not a secret
    shares = sorted(sum(draw.choices(outcome, k=len(outcome))) / len(outcome) for _ in range(DRAWS))
    return shares[DRAWS // 40], shares[DRAWS - DRAWS // 40 - 1]


@contextmanager
def without_seeds() -> Iterator[None]:
    """Know nothing of a department before its first thread."""
    from faq import department_learning

    with _replaced(department_learning, "SEED", 0.0), _replaced(department_learning, "STAND_IN", 0.0):
        yield


@contextmanager
def without_concepts() -> Iterator[None]:
    """Take no notice of the vocabulary."""
    from faq import department_learning, department_model

    own = department_model.terms_of

    def only_words(segmented: str, concepts: Any) -> list[str]:
        return own(segmented, ())

    with _replaced(department_model, "terms_of", only_words), _replaced(department_learning, "terms_of", only_words):
        yield


@contextmanager
def _replaced(module: Any, name: str, value: object) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def _row(name: str, measure: str, outcome: list[bool]) -> Row:
    value = sum(outcome) / len(outcome) if outcome else 0.0
    interval = bootstrap(outcome) if outcome else (0.0, 0.0)
    return {"set": name, "measure": measure, "value": value, "n": len(outcome), "interval": interval}


def _read(name: str) -> list[Labelled]:
    path = FOLDER / name
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    return [Labelled(each["text"], each["department"], each.get("split") != "test") for each in found]


def _names(texts: Sequence[Labelled]) -> list[str]:
    return sorted({each.department for each in texts})


@contextmanager
def _house() -> Iterator[None]:
    """The departments and the vocabulary that Wenyi brings, and an index folder; all gone afterwards."""
    from django.db import transaction
    from django.test import override_settings

    from people.standard import ensure_departments
    from search.importing import import_starter

    with tempfile.TemporaryDirectory() as folder, override_settings(INDEX_DIR=Path(folder)), transaction.atomic():
        ensure_departments()
        import_starter()
        yield
        transaction.set_rollback(True)


@contextmanager
def _learnt(texts: Sequence[Labelled], language: str, names: Sequence[str] = ()) -> Iterator[None]:
    """Publish texts in their departments and learn from them; gone afterwards."""
    from django.db import transaction

    from faq.archive.lines import Record
    from faq.archive.loading import BATCH, Loader, Plan
    from faq.department_learning import learn
    from faq.department_model import model_file
    from faq.models import Question
    from faq.models.bulk import publish_archive

    with transaction.atomic():
        loader = Loader(Plan("set", create_departments=True))
        threads = [Record(place, _thread(place, each, language), b"") for place, each in enumerate(texts)]
        for start in range(0, len(threads), BATCH):
            assert loader.load(list(threads[start : start + BATCH])) == []
        publish_archive(Question.objects.from_archive().select_related("department"))
        learn(model_file())
        yield
        transaction.set_rollback(True)


def _thread(place: int, each: Labelled, language: str) -> dict[str, Any]:
    title, _line, body = each.text.partition("\n")
    words = {"title": title[:200], "question": body or title, "department": each.department}
    return {"id": f"thread-{place}", "language": language, "format": "plain", **words}


def _ask(each: Labelled) -> tuple[Labelled, list[str], list[str]]:
    from faq.department_model import ranking_of
    from people.models import Department

    ranking = ranking_of(each.text)
    assert ranking is not None
    called = dict(Department.objects.values_list("pk", "name_zh_hant"))
    names = [called[pk] for pk in ranking.scores]
    english = dict(Department.objects.values_list("name_zh_hant", "name_en"))
    order = [name if name == each.department else english[name] for name in names]
    return each, order, order[:3] if ranking.knows else []


def main() -> None:
    """Print the table, on a database of its own in memory-backed storage."""
    import os

    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DEBUG="1", SECRET_KEY="x" * 60, DATABASE_URL=f"sqlite:///{folder}/db.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for row in [*measured(), *ablations()]:
            low, high = row["interval"]
            print(f"{row['set']:22} {row['measure']:48} {row['value']:.3f}  {low:.3f}-{high:.3f}  n={row['n']}")  # noqa: T201


if __name__ == "__main__":
    main()
