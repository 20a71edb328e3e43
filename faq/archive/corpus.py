"""A retrieval set as published questions: the corpus.jsonl of a folder, {"id", "title", "text"} a line.

Such a set is there to be ranked, so every text of it is taken: no guard holds one back, none needs an answer, and a
long title is shown shortened and found in full.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from faq.archive.lines import Bad, Record
from faq.archive.loading import Loader, Plan
from faq.models import Question
from faq.models.bulk import publish_archive
from people.languages import Language
from people.models import Department
from people.standard import ensure_departments
from search.changes import changing
from search.importing import import_starter
from search.models import Concept
from text.clean import clean_line, clean_text
from text.manuscript.language import detect
from text.teaser import cut

FILES: Final = ("corpus.jsonl", "corpus.jsonl.gz", "corpus.jsonl.xz")
DEPARTMENT: Final = "family-medicine"
"""Where the texts go unless a department is named."""
LONGEST_TITLE: Final = 200
TITLE_FROM_TEXT: Final = 80
CHUNK: Final = 1000

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Corpus:
    """A folder with a corpus.jsonl. Its name is the name of the archive unless another one is given."""

    folder: Path
    source: str = ""

    @property
    def file(self) -> Path | None:
        """The file of its texts; None where the folder holds none."""
        return next((self.folder / name for name in FILES if (self.folder / name).is_file()), None)

    @property
    def archive(self) -> str:
        """The archive that its texts belong to: their ids are unique in it."""
        return self.source or clean_line(self.folder.resolve().name)[:40] or "corpus"


def loader_of(corpus: Corpus, department: Department | None = None) -> Loader:
    """What loads the texts of a corpus. A house without departments or vocabulary gets those that Wenyi brings."""
    ensure_departments()
    if not Concept.objects.exists():
        import_starter()
    place = department or Department.objects.filter(slug=DEPARTMENT).first() or Department.objects.order_by("pk")[0]
    return Loader(Plan(corpus.archive, place))


def as_threads(found: Iterator[Record | Bad]) -> Iterator[Record | Bad]:
    """The lines of a corpus as lines of an archive."""
    for record in found:
        yield record if isinstance(record, Bad) else Record(record.line, _thread(record.fields), record.raw)


def publish(corpus: Corpus, progress: Progress = lambda count: None) -> int:
    """Publish what was loaded of a corpus, as it is; returns how many texts."""
    waiting = Question.objects.from_archive().filter(source=corpus.archive).select_related("department").order_by("pk")
    published = 0
    while chunk := list(waiting[:CHUNK]):
        with changing():
            published += publish_archive(chunk)
        progress(len(chunk))
    return published


def _thread(fields: dict[str, Any]) -> dict[str, Any]:
    """A text as a thread of an archive. What is no text is left to the loader, which says so."""
    title, text = _cleaned(fields.get("title")), _cleaned(fields.get("text"))
    named = fields.get("language")
    language = named if named in Language.values else detect(f"{title} {text}")[0]
    full, shown = clean_line(title or text), cut(title or text, LONGEST_TITLE if title else TITLE_FROM_TEXT)
    # A title that had to be cut stands in full before the text, where it is found.
    question = text if full == shown or not title else f"{title}\n\n{text}"
    return {"id": fields.get("id"), "language": language, "title": shown, "question": question, "format": "plain"}


def _cleaned(value: Any) -> str:
    return clean_text(value) if isinstance(value, str) else ""
