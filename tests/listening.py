"""A page as somebody hears it who listens: roles, names and states in order, from Chromium's accessibility tree."""

from collections.abc import Iterator
from typing import Any, Final

from playwright.sync_api import Page

SAID: Final = {
    "banner", "navigation", "main", "contentinfo", "complementary", "search", "region", "article", "alert", "status",
    "heading", "link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "radiogroup", "group",
    "image", "DisclosureTriangle", "figure",
}  # fmt: skip
CALLED: Final = {
    "DisclosureTriangle": "summary",
    "contentinfo": "footer",
    "complementary": "aside",
    "banner": "header",
}
"""What is written in the place of some names of Chromium."""
MAY_BE_CURRENT: Final = {"link", "listitem"}
NAMELESS: Final = {"group", "region", "article", "figure"}
"""Roles that nobody hears of where they have no name."""


def heard(page: Page, *, within: str = "") -> list[str]:
    """What is heard of a page, one line each: `button "Send"`, `heading 2 "Your consent"`, `textbox "Title" (hint)`.

    `within` keeps what lies in the first landmark of that role. States are in brackets: [required], [checked],
    [invalid], [current: step], [expanded], [collapsed]. An item of a list without anything to press is `item "words"`.
    """
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    for node in nodes:
        # The tree has every state but the one that says where somebody is.
        if _value(node, "role") in MAY_BE_CURRENT and "backendDOMNodeId" in node:
            attributes = session.send("DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]})["node"]
            pairs = attributes.get("attributes", [])
            node["current"] = dict(zip(pairs[::2], pairs[1::2], strict=True)).get("aria-current")
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    (root,) = [node for node in nodes if "parentId" not in node]
    if within:
        root = next(node for node in _below(root, by_id) if _value(node, "role") == within)
    return list(_lines(root, by_id))


def _below(node: dict[str, Any], by_id: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("childIds", ()):
        if child in by_id:
            yield from _below(by_id[child], by_id)


def _lines(node: dict[str, Any], by_id: dict[str, Any]) -> Iterator[str]:
    role, name = _value(node, "role"), _value(node, "name")
    below = [by_id[child] for child in node.get("childIds", ()) if child in by_id]
    if not node.get("ignored"):
        if role == "listitem" and not any(_is_said(each) for child in below for each in _below(child, by_id)):
            yield f'item "{_words(node, by_id)}"{_states(node)}'
            return
        if _is_said(node):
            level = f" {_property(node, 'level')}" if role == "heading" else ""
            hint = f" ({_value(node, 'description')})" if _value(node, "description") else ""
            yield f"{CALLED.get(role, role)}{level}" + (f' "{name}"' if name else "") + hint + _states(node)
        if role in ("heading", "link", "button", "image", "combobox", "textbox"):
            below = [each for child in below for each in _below(child, by_id) if role == "heading" and _is_said(each)]
    for child in below:
        yield from _lines(child, by_id)


def _is_said(node: dict[str, Any]) -> bool:
    role = _value(node, "role")
    return not node.get("ignored") and role in SAID and bool(role not in NAMELESS or _value(node, "name"))


def _words(node: dict[str, Any], by_id: dict[str, Any]) -> str:
    texts = [_value(each, "name") for each in _below(node, by_id) if _value(each, "role") == "StaticText"]
    return " ".join(" ".join(texts).split())


def _states(node: dict[str, Any]) -> str:
    found = []
    for name in ("required", "checked", "invalid", "expanded", "current"):
        value = node.get("current") if name == "current" else _property(node, name)
        if name == "expanded" and value is False:
            found.append("collapsed")
        elif value not in (None, False, "false", ""):
            found.append(f"current: {value}" if name == "current" else name)
    return f" [{', '.join(found)}]" if found else ""


def _value(node: dict[str, Any], key: str) -> str:
    return " ".join(str(node.get(key, {}).get("value", "")).split())


def _property(node: dict[str, Any], name: str) -> Any:
    return next((each["value"].get("value") for each in node.get("properties", ()) if each["name"] == name), None)
