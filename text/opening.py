"""Where a text begins to say something: behind its greeting and its thanks, and up to the end of a sentence."""

from collections.abc import Iterator
from typing import Final

import regex

from text.teaser import cut, room_for

MOST_GREETINGS: Final = 6
"""So many clauses are looked at for a greeting: "Hi doctor, good morning. Thank you for your time." has three."""
_CLAUSE = regex.compile(r"(?:\b[Dd]r\.(?= )|[^,，、:：;；!！.。?？~～…\n])*[,，、:：;；!！.。?？~～…\s]*")
_SENTENCE = regex.compile(r"(?:[^。！？!?…\n.]|\.(?!\s|$))+(?:[。！？!?….]+[」』”’\")）]*)?", regex.MULTILINE)
_STAFF_ZH = r"醫師|医师|醫生|医生|大夫|主任|教授|院長|老師|藥師|營養師|治療師"
_ASKER_ZH = r"先生|小姐|女士|朋友|網友|病友|患者|家長|樓主|版主|提問者"
_GREETING = regex.compile(
    # 「王醫師您好」, 「各位醫生大家好」, 「您好」, and who is spoken to alone: 「醫師，」.
    rf"(?:.{{0,8}}?(?:[您你妳]們?好|大家好|早安|午安|晚安|早上好|下午好|晚上好|哈囉|嗨)|(?:各位|尊敬的|親愛的)?\p{{Han}}{{0,3}}(?:{_STAFF_ZH})們?好?|(?:各位|這位|尊敬的|親愛的)?(?:{_ASKER_ZH})們?好?)"
    r"[啊呀哦喔]?"
    r"|(?:感謝|謝謝|多謝).{0,14}|很高興.{0,8}(?:解答|回答|回覆|服務).{0,6}"
    # "Hi there, doctor", "Dear Dr Chen", "Good morning".
    r"|(?:hi+|hello+|hey+|hallo|dear|greetings?|good (?:morning|afternoon|evening|day|night)|namaste|salutations?)"
    r"(?: (?:there|again|all|everyone|everybody|to you|my dear|dear|respected|sir|madam|ma'?a?m|friend|user|patient|"
    r"questioner|doc|dr|doctors?|and|or))*"
    r"\.?(?: (?-i:\p{Lu}\p{L}+)){0,2}"
    r"|(?:dr|doc|doctors?|sir|madam)\.?(?: (?-i:\p{Lu}\p{L}+))?"
    r"|(?:and )?(?:many |warm |kind )?(?:regards|thanks|thank you|thankyou|welcome)"
    r"(?! to (?:my|the|a|an|god)\b)(?: .{0,90})?",
    regex.IGNORECASE,
)
# Written without a sign behind it: 「您好我今年…」, "hello from your description". 「你好像」 greets nobody.
_BARE = regex.compile(
    r"(?:您們?好|[你妳]們?好(?![像不轉了幾多久奇好]))(?=\p{L})|(?:hello|hi|hey)(?: doctor| dr| doc)?\s+(?=\p{L})",
    regex.IGNORECASE,
)
_NEXT = " ,，、:：;；!！.。~～…-–—\n\t\u3000"


def without_greeting(text: str) -> str:
    """A text from where it begins to speak of something. One that only greets stays as it is."""
    rest = text.strip()
    for _clause in range(MOST_GREETINGS):
        shorter = _after_greeting(rest)
        if shorter == rest:
            break
        rest = shorter
    return rest or text.strip()


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text one after the other, their signs included; a line's end is the end of a sentence."""
    for match in _SENTENCE.finditer(text):
        if sentence := match[0].strip():
            yield sentence


def opening(text: str, limit: int) -> str:
    """The beginning of a text for those who have not opened it: without greeting, at most `limit` narrow characters,
    and whole sentences where at least one ends in the second half of that room."""
    whole = " ".join(without_greeting(text).split())
    room = room_for(whole, limit)
    if len(whole) <= room:
        return whole
    end = max((match.end() for match in _SENTENCE.finditer(whole[:room]) if _ends(match[0])), default=0)
    return whole[:end].strip() if 2 * end >= room else cut(whole, room)


def _ends(sentence: str) -> bool:
    return sentence.rstrip('」』”’")）')[-1:] in "。！？!?…."


def _after_greeting(text: str) -> str:
    clause = _CLAUSE.match(text)
    said = clause[0].strip(_NEXT) if clause else ""
    if clause and said and clause.end() > len(said) and _GREETING.fullmatch(said):
        return text[clause.end() :].lstrip(_NEXT)
    bare = _BARE.match(text)
    return text[bare.end() :].lstrip(_NEXT) if bare else text
