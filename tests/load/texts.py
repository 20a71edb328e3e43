"""Threads without end: clauses of real ones put together anew, with made-up words among them.

Nothing here knows a database. What is costly about a clause (how it is cut, which concepts it names) is found out once
and goes along with it. The same seed and number give the same thread, whatever was made before.
"""

import datetime as dt
import gzip
import json
import math
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from text.clean import clean_line, clean_text
from text.cutting import segment

Concepts = tuple[int, ...]
Mentions = Callable[[str], Concepts]

FIRST_DAY: Final = dt.date(2003, 1, 1)
DAYS: Final = 8000
CARE_LEVELS: Final = ("", "self_care", "routine", "soon", "urgent", "emergency")
CARE_WEIGHTS: Final = (40, 25, 20, 10, 4, 1)
NEAR: Final = 15
"""How far round its source thread a made thread looks for its clauses, so that it has a subject."""
ASTRAY: Final = 0.35
"""Which part of the clauses comes from anywhere."""
MADE_UP: Final = 0.35
"""Beside which part of the clauses a made-up word stands."""
FIRST_RANK: Final = 200
LAST_RANK: Final = 5_000_000
"""Between these ranks made-up words follow Zipf's law: the words of real clauses take the ranks before, and at a
million threads new ones still appear all the time."""
CLAUSE: Final = {"en": re.compile(r"[^.!?\n]+[.!?]*"), "zh-hant": re.compile(r"[^。！？；，\n]+[。！？；，]*")}
ENDS: Final = tuple("。！？；，.!?")
MARK: Final = {"en": ".", "zh-hant": "，"}
TAIL: Final = re.compile(r"[。！？；，.!?]*$")
SYLLABLES: Final = [
    first + vowel + last for first in "bdfgklmnprstvxz" for vowel in "aeiou" for last in ("", "n", "r")
]
CHARACTERS: Final = (
    "阿艾安奧巴拜班貝比賓波博布查達戴德迪多恩法凡菲芬佛弗福格瓜哈海漢赫華懷惠霍吉佳傑金卡凱坎康柯科克庫奎拉萊藍勞雷"
    "黎里利林羅洛麥曼梅門孟米莫姆穆納奈南尼寧諾歐帕潘佩皮平普奇喬欽瓊薩賽桑瑟沙山尚聖史斯松蘇塔泰坦湯特提廷圖托瓦溫沃"
)


class Piece(NamedTuple):
    """A clause with its form in the index and the concepts that it names; a made title's are still to be found."""

    text: str
    cut: str
    concepts: Concepts = ()


@dataclass(frozen=True)
class Texts:
    """The words of one made thread, and their forms in the index; concepts in the order of their mention."""

    number: int
    language: str
    title: Piece
    question: Piece
    replies: tuple[Piece, ...]
    place: int
    day: dt.date
    care_level: str


@dataclass(frozen=True)
class Source:
    """One real thread in pieces."""

    title: tuple[Piece, Piece]
    asked: list[Piece]
    replied: list[Piece]


def no_mentions(_text: str) -> Concepts:
    """Find no concept anywhere."""
    return ()


class Mill:
    """Makes threads out of the archives `threads_<en|zh>.jsonl.gz` of a folder."""

    def __init__(
        self, folder: Path, *, seed: int = 4, mentions: Mentions = no_mentions, characters: str = CHARACTERS
    ) -> None:
        self.seed, self.mentions = seed, mentions
        self.units: dict[str, Sequence[str]] = {"en": SYLLABLES, "zh-hant": characters}
        self.sources = {
            language: self._sources(folder / f"threads_{name}.jsonl.gz", language)
            for language, name in (("en", "en"), ("zh-hant", "zh"))
        }

    def texts(self, first: int, last: int) -> Iterator[Texts]:
        """Yield the threads of these numbers (`last` excluded): the even ones Chinese, the odd ones English."""
        for number in range(first, last):
            yield self._made(number, random.Random(self.seed * 1_000_000_007 + number))  # noqa: S311

    def _made(self, number: int, chance: random.Random) -> Texts:
        language = "en" if number % 2 else "zh-hant"
        sources, draw = self.sources[language], chance.random
        # Squared: few subjects are asked about often, most of them seldom.
        place = int(len(sources) * draw() ** 2)
        sizes = (3, 12) if language == "zh-hant" else (2, 9)
        near = [sources[(place + chance.randrange(-NEAR, NEAR + 1)) % len(sources)] for _ in range(3)]
        title = _beside(near[0].title[0], near[1].title[1], language)
        question = self._joined(chance, language, [source.asked for source in near], chance.randint(*sizes))
        replies = tuple(
            self._joined(chance, language, [source.replied for source in near], chance.randint(*sizes))
            for _ in range(1 + (draw() < 0.25) + (draw() < 0.1))
        )
        day = FIRST_DAY + dt.timedelta(days=int(DAYS * math.sqrt(draw())))
        care_level = chance.choices(CARE_LEVELS, CARE_WEIGHTS)[0]
        return Texts(number, language, title, question, replies, place, day, care_level)

    def _joined(self, chance: random.Random, language: str, near: list[list[Piece]], size: int) -> Piece:
        draw, everything = chance.random, self.sources[language]
        pieces: list[Piece] = []
        for _ in range(size):
            astray = draw() < ASTRAY
            found = everything[int(draw() * len(everything))].asked if astray else near[int(draw() * len(near))]
            piece = found[int(draw() * len(found))]
            with_word = draw() < MADE_UP
            pieces.append(_with_word(piece, made_up(draw(), self.units[language]), language) if with_word else piece)
        return Piece(
            (" " if language == "en" else "").join(piece.text for piece in pieces),
            " ".join(piece.cut for piece in pieces),
            tuple(dict.fromkeys(concept for piece in pieces for concept in piece.concepts)),
        )

    def _sources(self, path: Path, language: str) -> list[Source]:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            threads = [json.loads(line) for line in lines]
        # Threads on one subject become neighbours.
        threads.sort(key=lambda thread: (thread.get("department", ""), thread.get("tags", []), thread["title"]))
        found = [self._source(thread, language) for thread in threads]
        return [source for source in found if source.asked and source.replied and source.title[0].text]

    def _source(self, thread: dict[str, Any], language: str) -> Source:
        head, tail = _halves(clean_line(thread["title"]), language)
        replied = "\n".join(reply["text"] for reply in thread["replies"])
        return Source(
            (self._piece(head), self._piece(tail)),
            self._pieces(thread["question"], language),
            self._pieces(replied, language),
        )

    def _pieces(self, words: str, language: str) -> list[Piece]:
        clauses = (clause.strip() for clause in CLAUSE[language].findall(clean_text(words)))
        closed = (clause if clause.endswith(ENDS) else clause + MARK[language] for clause in clauses)
        return [piece for piece in map(self._piece, closed) if piece.cut and _stands_alone(piece)]

    def _piece(self, words: str) -> Piece:
        return Piece(words, segment(words), self.mentions(words))


def made_up(chance: float, units: Sequence[str]) -> str:
    """A word that nobody has: `chance` between 0 and 1 becomes a rank after Zipf's law, spelt in `units`."""
    rank = int(FIRST_RANK * (LAST_RANK / FIRST_RANK) ** chance)
    spelt = []
    while rank:
        rank, digit = divmod(rank, len(units))
        spelt.append(units[digit])
    return "".join(spelt)


def _stands_alone(piece: Piece) -> bool:
    """Whether it is cut the same beside others: a number at its edge might join theirs."""
    return segment(piece.text * 2) == f"{piece.cut} {piece.cut}"


def _halves(title: str, language: str) -> tuple[str, str]:
    words = title.split(" ") if language == "en" else list(title)
    middle, blank = (len(words) + 1) // 2, " " if language == "en" else ""
    return blank.join(words[:middle]), blank.join(words[middle:])


def _beside(first: Piece, second: Piece, language: str) -> Piece:
    """Two halves of titles as one; Chinese ones grow together, as a sentence does, and what they name with them."""
    together = language != "en" and _is_han(first.text[-1:]) and _is_han(second.text[:1])
    words = (first.text + ("" if together else " ") + second.text).strip()
    return Piece(words, segment(words))


def _with_word(piece: Piece, word: str, language: str) -> Piece:
    """A clause with a word before its last mark, joined to it in Chinese."""
    end = TAIL.search(piece.text)
    at = end.start() if end else len(piece.text)
    together = language != "en" and _is_han(piece.text[at - 1 : at])
    blank = "" if together else " "
    return Piece(piece.text[:at] + blank + word + piece.text[at:], piece.cut + blank + segment(word), piece.concepts)


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"
