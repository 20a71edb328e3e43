"""Newer CSS without a fallback.

A fallback is `@supports` that asks for this or for something no older, an earlier declaration in the same rule that
the floor knows, or for `gap` between flex items a rule for the same parts within `@supports not (…)` or margins of
the parts (`.row > *`). What only adds
(ENHANCES) needs none. A line with `floor:` and a reason in its comment is left alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import tinycss2

from tests.floor.newer import NEVER, Fault, Versions, implies, since, told, value_since

FLEX_GAP: Final = (84.0, 14.5)
NESTING: Final = (120.0, 17.2)
MEDIA_RANGE: Final = (104.0, 16.4)
LIST_IN_NOT: Final = (88.0, 9.0)
SUPPORTS_SELECTOR: Final = (83.0, 14.5)
UNITS: Final[dict[str, Versions]] = {
    **dict.fromkeys(("dvh", "svh", "lvh", "dvw", "svw", "lvw", "dvb", "svb", "dvi", "svi"), (108.0, 15.4)),
    **dict.fromkeys(("cqw", "cqh", "cqi", "cqb", "cqmin", "cqmax"), (105.0, 16.0)),
    **dict.fromkeys(("lh", "rlh"), (109.0, 16.4)),
    **dict.fromkeys(("cap", "rcap", "rex", "ric", "rch"), (118.0, 17.2)),
    **dict.fromkeys(("ic", "vi", "vb"), (108.0, 15.4)),
}
# fmt: off
ENHANCES: Final = {
    "accent-color", "backface-visibility", "break-after", "break-before", "caret-color", "color-scheme", "contain",
    "content-visibility", "cursor", "font-optical-sizing", "font-size-adjust", "forced-color-adjust",
    "hanging-punctuation", "hyphens", "image-orientation", "outline", "overflow-anchor", "overscroll-behavior",
    "overscroll-behavior-x", "overscroll-behavior-y", "page", "page-break-after", "page-break-before",
    "paint-order", "print-color-adjust", "resize", "scroll-behavior", "scroll-margin", "scroll-margin-bottom",
    "scroll-margin-top", "scroll-padding", "scroll-padding-bottom", "scroll-padding-top", "scrollbar-color",
    "scrollbar-gutter", "scrollbar-width", "size", "text-align-last", "text-autospace", "text-decoration-skip-ink",
    "text-decoration-thickness", "text-emphasis-position", "text-justify", "text-size-adjust", "text-spacing-trim",
    "text-underline-offset", "text-wrap", "view-transition-name",
}
"""Properties without which a page reads as well: colours of controls, breaks of lines, how it scrolls."""
ENHANCING_SELECTORS: Final = {
    "-webkit-slider-runnable-track", "-webkit-slider-thumb", "autofill", "backdrop", "details-content",
    "file-selector-button", "focus-visible", "fullscreen", "marker", "modal", "open", "selection",
}
"""Pseudo-classes and elements whose rule may be lost, as long as no other selector is lost with them."""
# fmt: on
INSTEAD: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "aspect-ratio": (("height",), ("min-height",), ("padding-top",), ("padding-bottom",)),
    "inset": (("top", "left"), ("top", "right"), ("bottom", "left"), ("bottom", "right")),
    "inset-block": (("top",), ("bottom",)),
    "inset-inline": (("left",), ("right",)),
    **{f"{name}-block": ((name,), (f"{name}-top",), (f"{name}-bottom",)) for name in ("margin", "padding")},
    **{f"{name}-inline": ((name,), (f"{name}-left",), (f"{name}-right",)) for name in ("margin", "padding")},
}
"""What an older browser takes when one of these lists stands before the property in its rule."""
HAS_OWN_GRAMMAR: Final = {"font-face", "page", "counter-style", "property", "font-feature-values"}


@dataclass(frozen=True)
class Rule:
    """Selectors with their declarations, and what is known of a browser that reads them."""

    selectors: tuple[str, ...]
    prelude: list[Any]
    declarations: list[Any]
    tested: tuple[Versions, ...]
    is_for_old: bool
    """Within `@supports not (…)`."""
    line: int


@dataclass
class Sheet:
    """One stylesheet: its rules, and faults of what stands around them."""

    path: str
    text: str
    rules: list[Rule] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        nodes = tinycss2.parse_stylesheet(self.text, skip_comments=True, skip_whitespace=True)
        self._walk(nodes, (), is_for_old=False)

    def _walk(self, nodes: Iterable[Any], tested: tuple[Versions, ...], *, is_for_old: bool) -> None:
        for node in nodes:
            if node.type == "at-rule":
                self._at_rule(node, tested, is_for_old=is_for_old)
            elif node.type == "qualified-rule":
                self._rule(node, tested, is_for_old=is_for_old)
            elif node.type == "error":
                self.faults.append(Fault(self.path, node.source_line, f"not CSS: {node.message}"))

    def _at_rule(self, node: Any, tested: tuple[Versions, ...], *, is_for_old: bool) -> None:
        name, prelude = node.lower_at_keyword, tinycss2.serialize(node.prelude)
        newer = since("at_rules", name)
        if newer and name not in HAS_OWN_GRAMMAR and not _is_tested(newer, tested):
            self._add(node.source_line, f"@{name}", newer)
        if name == "media" and ("<" in prelude or ">" in prelude):
            self._add(node.source_line, f"@media {prelude.strip()}", MEDIA_RANGE)
        if node.content is None or name in HAS_OWN_GRAMMAR or name.endswith("keyframes"):
            return
        if name == "supports":
            is_not = prelude.strip().startswith("not")
            is_for_old = is_for_old or is_not
            tested = tested if is_not else (*tested, asked_for(node.prelude))
        inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        self._walk(inside, tested, is_for_old=is_for_old)

    def _rule(self, node: Any, tested: tuple[Versions, ...], *, is_for_old: bool) -> None:
        parts = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        for part in parts:
            if part.type != "declaration":
                self._add(part.source_line, "a rule inside a rule", NESTING)
        selectors = tuple(" ".join(tinycss2.serialize(one).split()) for one in split(node.prelude))
        declared = [part for part in parts if part.type == "declaration"]
        self.rules.append(Rule(selectors, node.prelude, declared, tested, is_for_old, node.source_line))

    def _add(self, line: int, what: str, newer: Versions) -> None:
        self.faults.append(Fault(self.path, line, f"{what} ({told(newer)})"))


def asked_for(prelude: list[Any]) -> Versions:
    """The first browsers for which a condition of @supports is true, as far as it can be told."""
    found: list[Versions] = []
    for token in prelude:
        if token.type == "() block":
            found.append(_asked_in(token.content))
        elif token.type == "function" and token.lower_name == "selector":
            found += [SUPPORTS_SELECTOR, *(newer for _name, newer in newer_selectors(token.arguments))]
    words = {token.lower_value for token in prelude if token.type == "ident"}
    choose = min if "or" in words else max
    return (choose(one[0] for one in found), choose(one[1] for one in found)) if found else (0.0, 0.0)


def _asked_in(tokens: list[Any]) -> Versions:
    declaration = tinycss2.parse_one_declaration(tokens, skip_comments=True)
    if declaration.type != "declaration":
        return asked_for(tokens)
    name = declaration.lower_name
    rows = [since("properties", name), *(row for _what, row in newer_values(name, declaration.value))]
    known = [row for row in rows if row]
    return max((row[0] for row in known), default=0.0), max((row[1] for row in known), default=0.0)


def split(tokens: list[Any]) -> list[list[Any]]:
    """A list of selectors at its commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def newer_selectors(tokens: list[Any]) -> Iterator[tuple[str, Versions]]:
    """What a selector asks for that the floor does not know."""
    for place, token in enumerate(tokens):
        is_pseudo = place > 0 and tokens[place - 1] == ":"
        name = getattr(token, "lower_name", "") or getattr(token, "lower_value", "")
        newer = since("selectors", name) if is_pseudo and token.type in {"ident", "function"} else None
        if newer:
            yield name, newer
        if token.type == "literal" and token.value == "&":
            yield "&", NESTING
        if token.type == "function":
            if token.lower_name == "not" and len(split(token.arguments)) > 1:
                yield "a list in :not()", LIST_IN_NOT
            yield from newer_selectors(token.arguments)


def newer_values(name: str, tokens: list[Any]) -> Iterator[tuple[str, Versions]]:
    """Keywords, functions and units of a value that the floor does not know."""
    for token in tokens:
        newer = None
        if token.type == "ident":
            newer = value_since(name, token.lower_value)
        elif token.type == "dimension":
            newer = UNITS.get(token.lower_unit)
        elif token.type == "function":
            newer = since("functions", token.lower_name)
        if newer:
            yield tinycss2.serialize([token]), newer
        yield from newer_values(name, getattr(token, "arguments", None) or getattr(token, "content", None) or [])


def _is_tested(newer: Versions, tested: Iterable[Versions]) -> bool:
    return any(implies(one, newer) for one in tested)


@dataclass
class House:
    """All stylesheets together: where one says `display: flex`, another may say `gap`."""

    sheets: list[Sheet]

    def __post_init__(self) -> None:
        self.displays: dict[tuple[str, str], set[str]] = defaultdict(set)
        """By sheet and selector; the sheet is empty for all of them."""
        self.instead: set[str] = set()
        """What older browsers get: `@supports not (…)`, and parts with margins of their own."""
        for path, rule in ((sheet.path, rule) for sheet in self.sheets for rule in sheet.rules):
            spaces = any(one.lower_name.startswith("margin") for one in rule.declarations)
            self.instead |= set(rule.selectors) if rule.is_for_old else set()
            self.instead |= {one for one in rule.selectors if " > *" in one} if spaces else set()
            shown = {_value(one) for one in rule.declarations if one.lower_name == "display"}
            for selector in rule.selectors:
                self.displays[path, selector] |= shown
                self.displays["", selector] |= shown

    def faults(self) -> Iterator[Fault]:
        """Everything newer than the floor that has no fallback."""
        for sheet in self.sheets:
            lines = sheet.text.splitlines()
            found = [*sheet.faults, *(fault for rule in sheet.rules for fault in self._of_rule(sheet.path, rule))]
            yield from (fault for fault in found if "floor:" not in lines[fault.line - 1])

    def _of_rule(self, path: str, rule: Rule) -> Iterator[Fault]:
        names = [set(dict(newer_selectors(one))) for one in split(rule.prelude)]
        alike = all(found and found <= ENHANCING_SELECTORS for found in names)
        for name, newer in newer_selectors(rule.prelude):
            if not _is_tested(newer, rule.tested) and not alike:
                yield Fault(path, rule.line, f":{name} ({told(newer)}), and with it {', '.join(rule.selectors)[:60]}")
        for place, declaration in enumerate(rule.declarations):
            before = {one.lower_name: one for one in rule.declarations[:place]}
            for what, newer in self._newer(path, rule, declaration, before):
                if not _is_tested(newer, rule.tested):
                    yield Fault(path, declaration.source_line, f"{what} ({told(newer)})")

    def _newer(
        self, path: str, rule: Rule, declaration: Any, before: Mapping[str, Any]
    ) -> Iterator[tuple[str, Versions]]:
        name = declaration.lower_name
        if name.startswith("-") and not name.startswith("--"):
            return
        newer = since("properties", name)
        if newer and name not in ENHANCES and not _stands_instead(name, before):
            yield name, newer
            return
        if name in {"gap", "row-gap", "column-gap"} and self._lacks_gap(path, rule):
            yield f"{name} where {rule.selectors[0]} is not known as a grid", FLEX_GAP
        if name in ENHANCES or _says_the_same(before.get(name)):
            return
        for value, needed in newer_values(name, declaration.value):
            if name not in before or needed[0] >= NEVER > needed[1]:
                yield f"{name}: {value}", needed

    def _lacks_gap(self, path: str, rule: Rule) -> bool:
        """Whether a distance is between flex items, or nobody says between what, and older browsers get no other."""
        shown = [self._display(path, selector) for selector in rule.selectors]
        if all(found and not any("flex" in one for one in found) for found in shown):
            return False
        return not all(any(old.startswith(selector) for old in self.instead) for selector in rule.selectors)

    def _display(self, path: str, selector: str) -> set[str]:
        """What its own sheet says, else what any does; `.row--tight` is shown as `.row`, and so is `.row:lang(zh)`."""
        names = (selector, re.sub(r"--[\w-]+$|:lang\(\w+\)", "", selector))
        places = [(where, name) for name in names for where in (path, "")]
        return next((self.displays[place] for place in places if self.displays.get(place)), set())


def _stands_instead(name: str, before: Mapping[str, Any]) -> bool:
    """Whether the same with a browser's prefix, or what older browsers take, stands before it."""
    lists = (*INSTEAD.get(name, ()), (f"-webkit-{name}",))
    return any(set(names) <= set(before) for names in lists)


def _value(declaration: Any) -> str:
    return str(tinycss2.serialize(declaration.value)).strip()


def _says_the_same(before: Any) -> bool:
    """Whether a declaration of the same property stands before it that the floor understands."""
    return before is not None and not list(newer_values(before.lower_name, before.value))
