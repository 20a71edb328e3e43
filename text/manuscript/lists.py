"""Lists out of marked lines: what nests, what continues, what begins anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from text.manuscript.marks import Marked
from text.manuscript.structure import Item, Listing

DEEPEST = 6
_COLONS = (":", "：")
_LEAD = regex.compile(r"(?P<lead>[^:：.。!！?？;；\n]{1,80}?)(?P<colon>：|:(?=\s))\s*(?P<rest>\S.*)", regex.S)
_LEAD_WORDS = 8


@dataclass
class _Level:
    style: str
    indent: int
    number: int | None


def listings(run: Sequence[Marked]) -> tuple[tuple[Listing, ...], int]:
    """The lists of a run of marked lines, and how many of their items were nested by their words alone."""
    depths = _depths(run)
    guessed = _nest_below_colons(run, depths)
    return _assembled(list(zip(depths, run, strict=True))), guessed


def _depths(run: Sequence[Marked]) -> list[int]:
    stack: list[_Level] = []
    depths = []
    for place, mark in enumerate(run):
        _settle(stack, run, place)
        stack[-1].number = mark.number
        depths.append(len(stack))
    return depths


def _settle(stack: list[_Level], run: Sequence[Marked], place: int) -> None:
    """Bring the stack to the list in which the item at that place stands."""
    mark = run[place]
    level = _Level(mark.style, mark.line.indent, mark.number)
    while len(stack) > 1 and mark.line.indent < stack[-1].indent - 1:
        stack.pop()
    if not stack or (mark.line.indent > stack[-1].indent + 1 and len(stack) < DEEPEST):
        stack.append(level)
    elif mark.style != stack[-1].style:
        _change_style(stack, level, run, place)


def _change_style(stack: list[_Level], level: _Level, run: Sequence[Marked], place: int) -> None:
    for depth in range(len(stack) - 1, 0, -1):
        if _continues(stack[depth - 1], level):
            del stack[depth:]
            return
    if len(stack) < DEEPEST and _begins_below(run, place):
        stack.append(level)
    else:
        stack[-1] = level


def _continues(before: _Level, level: _Level) -> bool:
    if before.style != level.style:
        return False
    return level.number is None or (before.number is not None and level.number == before.number + 1)


def _begins_below(run: Sequence[Marked], place: int) -> bool:
    """Whether another kind of mark begins a list below: the item before announces it, or its own list goes on."""
    above = run[place - 1]
    if above.rest.endswith(_COLONS):
        return True
    later = next((run[after] for after in range(place, len(run)) if run[after].style == above.style), None)
    if later is None:
        return False
    return above.number is None or later.number == above.number + 1


def _nest_below_colons(run: Sequence[Marked], depths: list[int]) -> int:
    """Move bullets in small letters below a capitalised one that ends in a colon; their number."""
    moved = 0
    owner: int | None = None
    for place, mark in enumerate(run):
        if owner is not None and depths[place] == depths[owner] and mark.style == run[owner].style:
            if mark.number is None and mark.rest[0].islower():
                moved += 1
                depths[place] += 1
                continue
            owner = None
        if mark.rest.endswith(_COLONS) and mark.rest[0].isupper() and depths[place] < DEEPEST:
            owner = place
    return moved


def _assembled(nodes: Sequence[tuple[int, Marked]]) -> tuple[Listing, ...]:
    """Lists of equal depth side by side; what is deeper belongs to the item before it."""
    lists: list[list[tuple[Marked, Item]]] = []
    place = 0
    while place < len(nodes):
        depth, mark = nodes[place]
        end = place + 1
        while end < len(nodes) and nodes[end][0] > depth:
            end += 1
        item = replace(mark.item(), below=_assembled(nodes[place + 1 : end]))
        if not (lists and _is_next(lists[-1][-1][0], mark)):
            lists.append([])
        lists[-1].append((mark, item))
        place = end
    return tuple(_listing(members) for members in lists)


def _is_next(before: Marked, mark: Marked) -> bool:
    if before.style != mark.style:
        return False
    return before.number is None or (mark.number is not None and mark.number == before.number + 1)


def _listing(members: list[tuple[Marked, Item]]) -> Listing:
    return Listing(_with_leads([item for _, item in members]), members[0][0].number)


def _with_leads(items: list[Item]) -> tuple[Item, ...]:
    """The items with their lead-ins apart, where every one of at least two has one."""
    leads = [_LEAD.fullmatch(item.text) for item in items]
    if len(items) < 2 or not all(lead and len(lead["lead"].split()) <= _LEAD_WORDS for lead in leads):
        return tuple(items)
    return tuple(
        replace(item, lead=lead["lead"].rstrip() + lead["colon"], text=lead["rest"])
        for item, lead in zip(items, leads, strict=True)
        if lead
    )
