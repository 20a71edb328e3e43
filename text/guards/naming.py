"""Words by which somebody gives a name: "my name is …", 王小姐. A bare name looks like any other word."""

import re
from typing import Final

from text.fold import fold

# The hundred most frequent surnames of Taiwan (Ministry of the Interior, 2023), folded.
_SURNAMES: Final = (
    "陳林黄張李王吴劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顔柯翁魏孫戴"
    "范方宋鄧杜傅侯曹薛丁卓阮馬董温唐藍石蔣古紀姚連馮歐程湯黃田康姜白汪鄒尤巫鐘黎涂龔嚴韓袁金童陸夏柳凃邵"
)
_ENGLISH: Final = re.compile(
    r"\b(?:my|his|her|their|patient'?s?|child'?s?|son'?s?|daughter'?s?) (?:full |first |last |family |given )?name\b"
    r"|\bname is\b|\b(?:i am|i'm|is) called\b|\bmrs?\. ?\w|\bmrs \w"
)
_CHINESE: Final = re.compile(rf"姓名|本名|名字叫|我叫|他叫|她叫|名叫|[{fold(_SURNAMES)}]\w{{0,2}}(?:先生|小姐|女士)")


def gives_a_name(text: str) -> bool:
    """Say whether a text, in English or Chinese, says of somebody what the name is."""
    folded = fold(text)
    return bool(_ENGLISH.search(folded) or _CHINESE.search(folded))
