"""Tables that are wider than a telephone scroll inside a region that the keyboard reaches."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from markdown_it.token import Token

from text.blocks import word

_LABEL = 80  # characters of the words in its head


def wrap(tokens: Sequence[Token], language: str) -> list[Token]:
    """The tokens with each table inside a region that is named by the table's head."""
    return list(_wrapped(tokens, language))


def _wrapped(tokens: Sequence[Token], language: str) -> Iterator[Token]:
    labels: dict[str, int] = {}
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            head = takewhile(
                lambda inner: inner.type != "thead_close", map(tokens.__getitem__, range(at, len(tokens)))
            )
            label = _label(head, language)
            labels[label] = labels.get(label, 0) + 1
            yield _region(label if labels[label] == 1 else f"{label} ({labels[label]})")
        yield token
        if token.type == "table_close":
            closing = Token("region_close", "div", -1)
            closing.block = True
            yield closing


def _region(label: str) -> Token:
    opening = Token("region_open", "div", 1)
    opening.block = True
    opening.attrs = {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label}
    return opening


def _label(head: Iterable[Token], language: str) -> str:
    cells = [
        "".join(child.content for child in token.children or ()).strip() for token in head if token.type == "inline"
    ]
    comma = "、" if language == "zh" else ", "
    words = comma.join(filter(None, cells))[:_LABEL]
    return word("table", language) + (word("colon", language) + words if words else "")
