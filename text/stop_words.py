"""Words that say nothing about what somebody looks for. The index holds them; a query may leave them out."""

from collections.abc import Iterable
from typing import Final

from text.cutting import pairs, segment, words

_ENGLISH = """
    a about after again all also am an and any anyone are aren't as at be because been before being below between
    both but by can can't cannot could couldn't did didn't do does doesn't doing don't during each etc few for
    from further had hadn't has hasn't have haven't having he he's her here hers herself hi him himself his how
    however i i'm i've if in into is isn't it it's its itself just kindly let let's like may me might more most
    much must my myself no nor not now of off on once only or other our ours ourselves out over own please same
    she she's should shouldn't since so some still such than thank thanks that that's the their theirs them
    themselves then there these they they're this those though through to too under until up upon us very was
    wasn't we were weren't what what's when where whether which while who whom whose why will with won't would
    wouldn't you you're your yours yourself hello dear doctor dr sir madam
"""
# Without 經 (月經), 果 (蘋果), 過 and 多 (過多), 不 and 沒, which are more than particles.
_FUNCTION_CHARACTERS = (
    "的了嗎呢吧啊喔哦噢唷啦呀嘛耶我你您他她它們咱這那哪此其是在也就都還又再才與和跟及或而且但因所以於之乎"
    "被把讓使對從向到由會能可有要想請問什麼甚怎樣為何誰哪幾些個很太更最並則若如雖已曾將著"
)
_COURTESIES = """
    請問 想請問 醫生 醫師 大夫 你好 您好 謝謝 感謝 麻煩 一下 好意思 知道 想問 詢問 請教 拜託 打擾 回答 解答
    回覆 幫忙 幫我 指教 怎麼辦 如果 雖然 已經 曾經 請問醫生 醫生您好 醫師您好 醫生你好 醫師你好 您好醫生
    你好醫生 醫生請問 您好請問 你好請問 您好我 謝謝醫生 謝謝醫師
"""

STOP_WORDS: Final = frozenset(words(segment(_ENGLISH)))
"""English function words as `words()` gives them (stemmed)."""
STOP_CHARACTERS: Final = frozenset(words(segment(_FUNCTION_CHARACTERS)))
"""Chinese particles, pronouns and the like, simplified."""
STOP_PAIRS: Final = frozenset(pairs(segment(_COURTESIES)))
"""How one begins and ends a letter to a physician, as `pairs()` gives it."""


def is_stop(term: str) -> bool:
    """Whether a term that `words()` or `pairs()` gave says nothing: "the", 的, 醫生, 我的; not 的士 or 不."""
    return term in STOP_WORDS or term in STOP_PAIRS or STOP_CHARACTERS.issuperset(term)


def telling(terms: Iterable[str]) -> list[str]:
    """The terms without those that say nothing; all of them where nothing else is left."""
    every = list(terms)
    return [term for term in every if not is_stop(term)] or every


def essential(terms: Iterable[str]) -> list[str]:
    """The terms that say something from end to end (頭痛, not 痛怎); what tells anything where there are none."""
    every = telling(terms)
    return [term for term in every if STOP_CHARACTERS.isdisjoint(term)] or every
