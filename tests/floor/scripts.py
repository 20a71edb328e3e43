"""Newer JavaScript: syntax that stops a whole file, and methods that are called without asking whether they are there.

`if (dialog.showModal)`, `"share" in navigator` or `typeof structuredClone` anywhere in a file is asking. A line with
`floor:` and a reason in its comment is left alone.
"""

import re
from collections.abc import Iterator
from typing import Final

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from tests.floor.newer import Fault, Versions, since, told

PARSER: Final = Parser(Language(tree_sitter_javascript.language()))
SYNTAX: Final[dict[str, tuple[str, Versions]]] = {
    "optional_chain": ("?.", (80.0, 13.4)),
    "field_definition": ("a field of a class", (72.0, 14.5)),
    "private_property_identifier": ("a private name", (84.0, 14.5)),
    "class_static_block": ("a static block", (94.0, 16.4)),
}
OPERATORS: Final[dict[str, Versions]] = {
    "??": (80.0, 13.4),
    **dict.fromkeys(("??=", "||=", "&&="), (85.0, 14.0)),
}
LOOKBEHIND: Final = (62.0, 16.4)
BIG_NUMBER: Final = (67.0, 14.0)
NAMED_EXPORT_OF_ALL: Final = (72.0, 14.5)
TOP_AWAIT: Final = (89.0, 15.0)
FUNCTIONS: Final = {"arrow_function", "function_declaration", "function_expression", "method_definition"}
USED_AS: Final = {
    "call_expression": "function",
    "new_expression": "constructor",
    "member_expression": "object",
    "subscript_expression": "object",
}
"""Where a script would stop without what stands in that place."""


def faults(path: str, text: str) -> Iterator[Fault]:
    """What the floor does not know in one script."""
    root = PARSER.parse(text.encode()).root_node
    lines = text.splitlines()
    nodes = list(_all(root))
    asked = set(_asked(nodes))
    found = [*_broken(root), *_syntax(nodes), *_members(nodes, asked), *_globals(nodes, asked)]
    for node, what, versions in found:
        line = node.start_point[0] + 1
        if "floor:" not in lines[line - 1]:
            yield Fault(path, line, f"{what} ({told(versions)})")


Found = tuple[Node, str, Versions]


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _words(node: Node | None) -> str:
    return (node.text or b"").decode() if node else ""


def _broken(root: Node) -> Iterator[Found]:
    if root.has_error:
        broken = next(node for node in _all(root) if node.is_error or node.is_missing)
        yield broken, "not JavaScript", (0.0, 0.0)


def _syntax(nodes: list[Node]) -> Iterator[Found]:
    for node in nodes:
        if node.type in SYNTAX:
            yield node, *SYNTAX[node.type]
        if node.type in OPERATORS and node.parent and node.parent.type.endswith("expression"):
            yield node, node.type, OPERATORS[node.type]
        if node.type == "regex_pattern" and re.search(r"\(\?<[=!]", _words(node)):
            yield node, "looking behind in a pattern", LOOKBEHIND
        if node.type == "number" and _words(node).endswith("n") and not _words(node).startswith("0x"):
            yield node, "a number of any size", BIG_NUMBER
        if node.type == "namespace_export":
            yield node, "export * as", NAMED_EXPORT_OF_ALL
        if node.type == "await_expression" and not _within_function(node):
            yield node, "await outside a function", TOP_AWAIT


def _within_function(node: Node) -> bool:
    above = node.parent
    while above and above.type not in FUNCTIONS:
        above = above.parent
    return above is not None


def _asked(nodes: list[Node]) -> Iterator[str]:
    """The names that the script looks for before it uses them."""
    for node in nodes:
        above = node.parent
        if node.type == "string" and above and above.type == "binary_expression" and _is(above, "in"):
            yield _words(node).strip("\"'`")
        if node.type == "identifier" and above and above.type == "unary_expression" and _is(above, "typeof"):
            yield _words(node)
        if node.type == "member_expression" and not _is_used(node):
            yield _words(node.child_by_field_name("property"))


def _is(node: Node, operator: str) -> bool:
    return _words(node.child_by_field_name("operator")) == operator


def _is_used(node: Node) -> bool:
    """Whether a script would stop here, or in silence do nothing, without it: called, looked into, set, made."""
    above = node.parent
    if above is None:
        return False
    if above.type in USED_AS:
        return above.child_by_field_name(USED_AS[above.type]) == node
    return above.type == "assignment_expression" and above.child_by_field_name("left") == node


def _members(nodes: list[Node], asked: set[str]) -> Iterator[Found]:
    for node in nodes:
        if node.type == "member_expression" and _is_used(node):
            name = _words(node.child_by_field_name("property"))
            versions = since("members", name)
            if versions and name not in asked and _owner(node) not in asked:
                yield node, f".{name}", versions


def _owner(node: Node) -> str:
    """What a member is looked for in, by its last name: `clipboard` for navigator.clipboard.writeText."""
    found = node.child_by_field_name("object")
    return _words(found.child_by_field_name("property") or found) if found else ""


def _globals(nodes: list[Node], asked: set[str]) -> Iterator[Found]:
    own = {_words(node.child_by_field_name("name")) for node in nodes if node.child_by_field_name("name")}
    for node in nodes:
        if node.type == "identifier" and _is_used(node):
            name = _words(node)
            versions = since("globals", name)
            if versions and name not in asked | own:
                yield node, name, versions
