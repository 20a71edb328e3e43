"""What a check says: a code, the words it is about, and their line. The sentence for it is the caller's."""

from dataclasses import dataclass

_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: its code, at most 80 characters of the text, and the line (from 1) of the clean text."""

    code: str
    excerpt: str
    where: int


def remark(code: str, words: str, where: int) -> Remark:
    """A remark about these words, cut where they are long."""
    line = " ".join(words.split())
    return Remark(code, line if len(line) <= _LENGTH else f"{line[: _LENGTH - 1]}…", where)
