"""Hiding what a guard found."""

from collections.abc import Iterable, Mapping

from text.guards.patient_data import Hit


def masked(text: str, hits: Iterable[Hit], labels: Mapping[str, str]) -> str:
    """The text with each span replaced by the label of its kind; spans that overlap become one.

    A kind without a label raises KeyError: nothing is left in sight by mistake.
    """
    parts: list[str] = []
    place = 0
    for hit in _merged(hits):
        parts += [text[place : hit.start], labels[hit.kind]]
        place = hit.end
    return "".join([*parts, text[place:]])


def _merged(hits: Iterable[Hit]) -> list[Hit]:
    merged: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if merged and hit.start < merged[-1].end:
            merged[-1] = Hit(merged[-1].kind, merged[-1].start, max(merged[-1].end, hit.end))
        else:
            merged.append(hit)
    return merged
