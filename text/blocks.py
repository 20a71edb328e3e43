"""The blocks of a text as HTML, with the fixed words that say what each of them is.

A care card, a callout and the two lists say in words what their colour says too, for those who see no colour and for
the plain words of search and mail. The three kinds of care card and the wording of their labels follow the NHS
(service-manual.nhs.uk/design-system/components/care-cards).
"""

from collections.abc import Sequence
from typing import Final

import regex
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from text.fences import Block

WORDS: Final = {
    "en": {
        "non-urgent": "Non-urgent advice",
        "urgent": "Urgent advice",
        "emergency": "Immediate action required",
        "warning": "Important",
        "do": "Do",
        "dont": "Don't",
        "details": "More details",
        "table": "Table",
        "picture": "A picture is missing here: {}",
        "contact": "A contact is missing here: {}",
        "colon": ": ",
    },
    "zh": {
        "non-urgent": "非緊急建議",
        "urgent": "緊急建議",
        "emergency": "需要立即處理",
        "warning": "重要提醒",
        "do": "應該這樣做",
        "dont": "不要這樣做",
        "details": "詳細內容",
        "table": "表格",
        "picture": "此處缺少圖片：{}",
        "contact": "此處缺少聯絡資訊：{}",
        "colon": "：",
    },
}
_NOT: Final = {"en": "Don't", "zh": "不要"}
_CLASSES: Final = {"warning": "callout", "do": "dos", "dont": "dos dos--dont", "details": "details"}
_NEGATED = regex.compile(
    r"[\s*_]*(?:(?:do not|don['’]?t|never|avoid|no|not)\b|不|請?勿|切勿|切忌|避免|別|禁止|嚴禁)", regex.IGNORECASE
)
_HAN = regex.compile(r"\p{Han}")
_LATIN = regex.compile(r"\p{Latin}+")
_NAMES = regex.compile(r"(?<![:：])[:：]{3,}+\s*+(?:care\s++)?\p{Latin}+", regex.IGNORECASE)

CLASSES: Final = {
    "div": {*(f"care care--{kind}" for kind in ("non-urgent", "urgent", "emergency")), "callout", "block__body"}
    | {"dos", "dos dos--dont", "scroll"},
    "details": {"details"},
    "span": {"block__label"},
    "strong": {"dos__not"},
    **{f"h{rank}": {"block__title", "block__heading"} for rank in range(1, 7)},
}
"""The classes that blocks have, by element: what the cleaner lets through."""


def script(source: str, language: str = "") -> str:
    """Which fixed words a text gets, "en" or "zh": by its language, else by what most of its words are written in."""
    if language:
        return "zh" if language.lower().startswith("zh") else "en"
    words = _NAMES.sub("", source)
    return "zh" if len(_HAN.findall(words)) > len(_LATIN.findall(words)) else "en"


def word(name: str, language: str) -> str:
    """A fixed word in "en" or "zh". Raises KeyError for a name that does not exist."""
    return WORDS[language][name]


def missing(kind: str, name: str, language: str) -> str:
    """What stands in the place of a picture or contact that is not there, as plain words."""
    return word(kind, script("", language)).format(name or "?")


def say(tokens: Sequence[Token], language: str) -> None:
    """Put the fixed words into the titles of blocks and before each thing not to do."""
    lists: list[int] = []  # for each block around: how many lists are open in it
    blocks: list[Block] = []
    for place, token in enumerate(tokens):
        if token.type == "block_open":
            blocks.append(token.meta["block"])
            lists.append(0)
        elif token.type == "block_close":
            blocks.pop()
            lists.pop()
        elif token.type == "title_open":
            _label(tokens[place + 1], token.meta["block"], language)
        elif lists and token.type in ("bullet_list_open", "ordered_list_open"):
            lists[-1] += 1
        elif lists and token.type in ("bullet_list_close", "ordered_list_close"):
            lists[-1] -= 1
        elif lists and token.type == "list_item_open" and blocks[-1].kind == "dont" and lists[-1] == 1:
            _negate(tokens[place + 1 : place + 3], language)


def _label(title: Token, block: Block, language: str) -> None:
    label = word(block.name or block.kind, language)
    if block.title and (block.kind == "details" or _begins_with(block.title, label)):
        return
    words = [_words("block_label", label + (word("colon", language) if block.title else ""))]
    title.children = words + (title.children or [])


def _begins_with(title: str, label: str) -> bool:
    return regex.match(rf"{regex.escape(label)}(?!\p{{Latin}})", title.replace("’", "'"), regex.IGNORECASE) is not None


def _negate(item: Sequence[Token], language: str) -> None:
    if [token.type for token in item] != ["paragraph_open", "inline"] or _NEGATED.match(item[1].content):
        return
    item[1].children = [_words("dos_not", _NOT[language] + word("colon", language)), *(item[1].children or [])]


def _words(kind: str, content: str) -> Token:
    token = Token(kind, "span", 0)
    token.content = content
    return token


def block_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """The element round a block."""
    block: Block = tokens[at].meta["block"]
    if block.kind == "details":
        return '<details class="details">\n'
    return f'<div class="{_CLASSES.get(block.kind) or f"care care--{block.name}"}">\n'


def title_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """The start of a block's heading, or of the summary of details."""
    tag = tokens[at].tag
    return "<summary>" if tag == "summary" else f'<{tag} class="block__title">'


def title_close(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """The end of a block's heading and the start of what it is the heading of."""
    return f'</{tokens[at].tag}>\n<div class="block__body">\n'


def block_close(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """The end of a block."""
    return f"</div>\n</{'details' if tokens[at].meta['block'].kind == 'details' else 'div'}>\n"


def block_label(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """The fixed words before a title."""
    return f'<span class="block__label">{tokens[at].content}</span>'


def dos_not(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """The fixed word before something not to do."""
    return f'<strong class="dos__not">{tokens[at].content}</strong>'
