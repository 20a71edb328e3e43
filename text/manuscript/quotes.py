"""What somebody said, and definitions that a sentence announces: set apart, with whose words they are."""

from collections.abc import Sequence

import regex

from text.manuscript.structure import Block, Note, Notes, Paragraph, Quote, excerpt

_OPEN, _CLOSE = '"“「『', '"”」』'
_WHOSE = r"[-–—―]{1,2}\s*(?P<by>[\p{Lu}\p{Han}][^\n\"“”]{1,160}?)\s*"
_SAID_BY = regex.compile(
    rf"(?P<before>[^{_OPEN}]*)[{_OPEN}](?P<words>[^{_OPEN}{_CLOSE}]{{20,}})[{_CLOSE}](?P<stop>[.,。，\s]*){_WHOSE}",
    regex.S,
)
_QUOTED = regex.compile(rf"[{_OPEN}](?P<words>[^{_OPEN}{_CLOSE}]{{20,}})[{_CLOSE}][.。]?", regex.S)
_SIGNED = regex.compile(_WHOSE)
_SPEAKER = regex.compile(
    rf"[{_CLOSE}],?\s*(?:says|said|explains?|explained|adds?|added|notes?|noted|according to)\s+"
    rf"(?P<by>[\p{{Lu}}][^{_OPEN}{_CLOSE}\n]{{2,120}}?)(?<!\b(?:Dr|Prof|Mr|Mrs|Ms|St))(?=\.\s|\.$|[{_OPEN}])"
    rf"|(?P<by>[\p{{Lu}}][\p{{L}}.’' -]{{2,60}})\s(?:says|said|explains|explained|adds|notes|told\s[^{_OPEN}]{{1,40}})"
    rf",?\s*[{_OPEN}]"
    rf"|(?P<by>[\p{{Han}}]{{2,20}})(?:表示|指出|說|认为|認為|強調)[:：，,]?\s*[{_OPEN}]"
)
_LONG_WORDS = regex.compile(rf"[{_OPEN}][^{_CLOSE}]{{20,}}[{_CLOSE}]")
_CITED = regex.compile(r"https?://|\(\s*[^()]*\d{4}[^()]*\)|（[^（）]*\d{4}[^（）]*）|《|\bdoi\b", regex.I)
_DEFINES = regex.compile(r"\b(?:defin\w+|terms|as follows|states?|reads?)\b|定義|定义|如下", regex.I)
_SENTENCE = regex.compile(r"[.。!?！？]$")


def with_quotes(blocks: Sequence[Block], notes: Notes) -> list[Block]:
    """The blocks with quotations and announced definitions set apart. What somebody says inside a sentence stays."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if not isinstance(block, Paragraph):
            found.append(block)
        elif _signs(before, block):
            found[-1] = _signed(found[-1], block, notes)
        elif match := _SAID_BY.fullmatch(block.text):
            found += _split(match, block, notes)
        elif _is_announced(before, block):
            notes.guessed.append(Note("set_apart", excerpt(block.text)))
            found.append(Quote(block.text, block.line))
        else:
            _note_speakers(block, notes)
            found.append(block)
    return found


def _split(match: regex.Match[str], block: Paragraph, notes: Notes) -> list[Block]:
    """The paragraph before a quotation, and the quotation."""
    words, by = match["words"].strip(), match["by"].strip()
    if words.endswith(",") and match["stop"].startswith("."):
        words = words[:-1] + "."  # the full stop behind the mark ends the sentence
    _note(by, notes)
    before = match["before"].strip()
    return [*([Paragraph(before, block.line)] if before else []), Quote(words, block.line, by)]


def _signs(before: Block | None, block: Paragraph) -> bool:
    return isinstance(before, Paragraph) and bool(_QUOTED.fullmatch(before.text) and _SIGNED.fullmatch(block.text))


def _signed(quoted: Block, block: Paragraph, notes: Notes) -> Block:
    match, name = _QUOTED.fullmatch(getattr(quoted, "text", "")), _SIGNED.fullmatch(block.text)
    if not (match and name):
        return quoted
    _note(name["by"], notes)
    return Quote(match["words"].strip(), quoted.line, name["by"])


def _note(by: str, notes: Notes) -> None:
    notes.guessed.append(Note("quotation", excerpt(by)))
    if not _CITED.search(by):
        notes.missing.append(Note("quotation_source", excerpt(by)))


def _note_speakers(block: Paragraph, notes: Notes) -> None:
    """Say of whom words stand in quotation marks inside a paragraph without a source."""
    if not _LONG_WORDS.search(block.text) or _CITED.search(block.text):
        return
    names = dict.fromkeys(match["by"].strip(" ,") for match in _SPEAKER.finditer(block.text))
    notes.missing += [Note("quotation_source", excerpt(name)) for name in names]


def _is_announced(before: Block | None, block: Paragraph) -> bool:
    """Whether the paragraph before ends in a colon and promises a definition, and this one is a sentence."""
    if not isinstance(before, Paragraph) or not before.text.endswith((":", "：")):
        return False
    if not _SENTENCE.search(block.text) or "\n" in block.text or len(block.text) > 400:
        return False
    return _DEFINES.search(before.text[-200:]) is not None
