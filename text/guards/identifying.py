"""Labels of form fields that ask who somebody is: Wenyi asks for no name, birth date, number or address of a person.

"Name of the medicine" and "birth weight" are no such labels: words are matched with what stands around them.
"""

import re
from typing import Final

from text.fold import fold

_ENGLISH: Final = re.compile(
    r"""
      ^(?:the\ |your\ |patient'?s?\ )*names?\W*$
    | \b(?:first|last|full|family|given|middle|real|legal|maiden|your|his|her|their|patient'?s?|child'?s?|person'?s?)
      \ names?\b
    | \bsurname\b | \bname\ of\ (?:the\ |your\ )?(?:patient|person|child|parent|asker)\b
    | \bbirth\ ?(?:date|day)\b | \bdate\ of\ birth\b | \bdob\b | \bborn\ (?:on|in)\b | \byear\ of\ birth\b
    | \bid\b | \bidentity\b | \bidentification\b | \bpassport\b | \bresiden(?:t|ce)\ (?:card|permit|number)\b
    | \b(?:social\ security|national|insurance|health\ card|chart|medical\ record|record)\ (?:number|no\b|card)
    | \b(?:tele)?phone\b | \bmobile\ (?:number|phone)\b | \be-?mail\b | \b(?:home|postal|street|your)\ address\b
    """,
    re.VERBOSE,
)
_CHINESE: Final = re.compile(
    "姓名|^(?:您的|你的)?(?:大名|名字)$|(?:病人|患者|孩子|本人|您|你|家長)的?(?:名字|姓氏)|全名|本名|真名|姓氏|"
    "生日|出生(?:年月日|日期|年份|年|日)|身[分份]證|身[分份]字號|統一證號|護照|居留證|健保卡|病歷號|病例號|證件號|證號|"
    "電話|手機|電子郵件|電子信箱|住址|地址|通訊處"
)


def asks_identity(label: str) -> bool:
    """Say whether a label, in English or Chinese, asks for something that tells who a person is."""
    folded = fold(label)
    return bool(_ENGLISH.search(folded) or _CHINESE.search(folded))
