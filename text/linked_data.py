"""Structured data (JSON-LD) as text that can stand inside an HTML script element."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

Thing = dict[str, Any]
"""A thing of schema.org: its properties by name, "@type" among them."""

# What could end the element, begin another or a comment, or end a line of a script: as JSON writes it itself.
_ESCAPED: Final = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
_EMPTY: Final[tuple[object, ...]] = (None, "", [], {})


def to_json(things: Sequence[Mapping[str, Any]]) -> str:
    """The things as one JSON document without anything that means something in HTML; a graph where there are more.

    Properties without a value are left out, however deep they lie. A lone surrogate, which no page can hold, goes.
    """
    graph = [_filled(thing) for thing in things]
    document = graph[0] if len(graph) == 1 else {"@graph": graph}
    text = json.dumps({"@context": "https://schema.org", **document}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "ignore").decode().translate(_ESCAPED)


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _filled(each) for name, each in value.items() if each not in _EMPTY}
    return [_filled(each) for each in value] if isinstance(value, list | tuple) else value
