"""What a question is called where nobody has given it an editorial title.

The patient's own title with the concept that it leaves out, or the first sentence that says something when the title
does not (「請問醫師」, "question", "help", "???").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from text.clean import clean_line
from text.fold import fold
from text.opening import sentences, without_greeting
from text.slug import slugify
from text.teaser import LOOSE, brief, cut

SLUG_LENGTH: Final = 60
MARK_LENGTH: Final = 24
"""So much of a slug is for what tells two equal titles apart."""
TITLE_LENGTH: Final = 140
ADDED_LENGTH: Final = 50
"""In characters: so much of a title stands before what is added to it, and so much of that."""
SENTENCE_LENGTH: Final = 90
"""In narrow characters; half as many Chinese ones."""
LOOKED_AT: Final = 4000
"""Whoever has said nothing in so many characters says nothing."""

# What the guards and moderators leave behind: "[phone number hidden]".
_LABELS = regex.compile(r"[\[［【][^\]］】]{0,40}[\]］】]")
_SAYS_NOTHING_ZH = regex.compile(
    r"想?(?:請問|请问|請教|请教|諮詢|咨询|詢問|發問|提問)|醫師|医师|醫生|医生|大夫|主任|您好|你好|問題|问题|疑問|求助|求救|求解|"
    r"幫幫|幫忙|幫助|拜託|健康|身體|緊急|很急|急|在線等|線上等|謝謝|謝啦|感謝|感恩|怎麼辦|怎麼辨|該如何|如何是好|怎麼回事|是什麼|什麼病|為什麼|怎麼|怎樣|什麼|如何|一下|"
    r"標題|主旨|內容|如題|同上|如下|如內文|無題|沒有|測試|關於|有關|小|個|一|些|事|各位|能|可以|可否|是否|會|不|好|看|病|"
    r"[我你您他她它的了嗎呢吧啊呀喔哦麼請想問要有是在和與這那都也還就很又及或個再來給被讓對謝幫]"
)
_SAYS_NOTHING_EN: Final = frozenset(
    # One string a line, as people read it.
    " ".join(
        (
            "a about advice advise again all am an and another any anybody anyone are as ask asking at be been",
            "but by can concern concerned concerning concerns consult consultation could dear do doc doctor",
            "doctors does dr emergency enquiry for from get getting give good guide guidance had has",
            "have health hello help her hey hi him his how i if im in information inquiry is issue issues",
            "it its just kindly know let looking m ma madam matter may me medical mr mrs ms much my need",
            "needed needs no none not of ok on one opinion or our please pls plz possible problem",
            "problems query question questions quick regarding regards request s should",
            "sir so some somebody someone something sorry subject suggest suggestion suggestions t",
            "tell thank thanks that the there these they thing this title to topic untitled urgent urgently",
            "us very want was we well what whats when where which who why will with worried would wrong yes you",
            "your",
        )
    ).split()
)
_WORD = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}][\p{L}\p{N}\p{M}'’]*")
_HAN = regex.compile(r"[\p{Han}\p{Bopomofo}\p{Hiragana}\p{Katakana}\p{Hangul}]")


@dataclass(frozen=True)
class Headline:
    """What a question is called, and the readable end of its address."""

    title: str
    slug: str


def says_something(words: str) -> bool:
    """Whether a title or a sentence tells what it is about: it has a word beside politeness and "question"."""
    text = fold(_LABELS.sub(" ", without_greeting(words)))
    latin = [word for word in _WORD.findall(text) if word.replace("’", "'").split("'")[0] not in _SAYS_NOTHING_EN]
    if any(len(word) > 2 for word in latin):
        return True
    content = _HAN.findall(_SAYS_NOTHING_ZH.sub("", text))
    return len(content) > 1 or bool(latin and content)


def stand_in(title: str, body: str) -> str:
    """The sentence that stands where a title says nothing; empty where the title is good, or there is no better."""
    return "" if says_something(title) else next(_telling(body), "")


def headlines(title: str, body: str, *, labels: Sequence[str], number: int, is_chinese: bool) -> Iterator[Headline]:
    """What a question can be called, the best first; the last holds its number and so is nobody else's.

    `title` is what readers see already: an editorial title, the patient's own, or a sentence in its place. `labels`
    are the names of its concepts, the main one first, and none where the title names one.
    """
    shown = clean_line(title)
    further = [*labels[1:2], *_others(body, shown)]
    for mark in [*(labels[:1] or [""]), *further, f"#{number}"]:
        yield _headline(shown, mark, is_chinese)


def _headline(title: str, mark: str, is_chinese: bool) -> Headline:
    mark = cut(clean_line(mark).strip(LOOSE), ADDED_LENGTH)
    if not mark:
        return Headline(title, slugify(title, SLUG_LENGTH, fallback="question"))
    before, after = ("（", "）") if is_chinese else (" (", ")")
    slugs = (slugify(title, SLUG_LENGTH - MARK_LENGTH - 1, fallback="question"), slugify(mark, MARK_LENGTH, ""))
    return Headline(f"{cut(title, TITLE_LENGTH)}{before}{mark}{after}", "-".join(filter(None, slugs)))


def _others(body: str, shown: str) -> Iterator[str]:
    """The first sentence of the words that the title does not say itself."""
    known = fold(shown)
    for sentence in _telling(body):
        if fold(sentence) not in known and known not in fold(sentence):
            yield brief(sentence, 40)
            return


def _telling(body: str) -> Iterator[str]:
    beginning = without_greeting(body[:LOOKED_AT])
    for sentence in sentences(beginning):
        told = clean_line(without_greeting(sentence))
        if says_something(told):
            yield brief(told, SENTENCE_LENGTH)
