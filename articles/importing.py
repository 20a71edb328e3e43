"""Manuscripts into drafts: a file becomes an article that nobody sees yet, with notes of what was guessed."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from articles.models import Article
from people.models import Department, User
from search.changes import changing
from text.clean import clean_line, clean_text
from text.decode import Undecodable
from text.manuscript import Manuscript, read
from text.manuscript.encoding import decoded

LARGEST = 2 * 1024 * 1024  # bytes of a file; an article has some tens of thousands


class UnreadableError(Exception):
    """A file that no draft can be made of; says why in a sentence."""


@dataclass(frozen=True)
class Origin:
    """Where a manuscript came from: the name of the file, its encoding, and a digest of its words."""

    file: str = ""
    encoding: str = ""
    digest: str = ""


def read_file(path: Path) -> tuple[Manuscript, Origin]:
    """The parts of a file and where they came from. Raises UnreadableError."""
    text, encoding = _text_of(path)
    if not (clean := clean_text(text)):
        raise UnreadableError("There are no words in it.")
    digest = hashlib.sha256(clean.encode()).hexdigest()
    return read(text), Origin(name_of(path), encoding, digest)


def name_of(path: Path) -> str:
    """The name of a file as it can be stored and shown: one that is no UTF-8 loses what cannot be read."""
    return clean_line(path.name)


def _text_of(path: Path) -> tuple[str, str]:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableError(f"It is larger than {LARGEST // 1024**2} MB.")
        return decoded(path.read_bytes())
    except OSError as error:
        raise UnreadableError(f"It cannot be opened: {error.strerror or error}.") from None
    except Undecodable:
        raise UnreadableError("It is neither UTF-8 nor UTF-16 nor Big5.") from None


def imported_before(origin: Origin) -> Article | None:
    """The draft that was made of the same words, whatever has become of it since."""
    return Article.objects.filter(import_notes__digest=origin.digest).order_by("pk").first()


def draft_from(
    manuscript: Manuscript, *, by: User | None, department: Department | None = None, origin: Origin | None = None
) -> Article:
    """A draft of a manuscript with its entries, references and notes, kept as its first revision by `by`.

    The account is not the author: who wrote the text is what the file says, or nobody yet.
    """
    origin = origin or Origin()
    with changing():
        article = Article.objects.create(
            language=manuscript.language,
            department=department,
            title=manuscript.title or origin.file[:200] or "?",
            lede=manuscript.lede,
            body=manuscript.body,
            author_name=manuscript.author,
            import_notes=_notes(manuscript, origin),
        )
        for order, entry in enumerate(manuscript.entries):
            article.faq_entries.create(question=entry.question, answer=entry.answer, order=order)
        for order, reference in enumerate(manuscript.references):
            article.references.create(title=reference.title, citation=reference.address, order=order)
        article.record(by=by, note=origin.file)
    return article


def _notes(manuscript: Manuscript, origin: Origin) -> dict[str, object]:
    """What is kept with the draft: codes and a few words of the file, no sentences, so that each reads their own."""
    return {
        **asdict(origin),
        **asdict(manuscript.notes),
        "dated_on": manuscript.dated_on.isoformat() if manuscript.dated_on else "",
        "left_over": [asdict(left) for left in manuscript.left_over],
    }
