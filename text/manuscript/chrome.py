"""What a web page prints round its text, and a copy of the page carries along: counts, menus, copyright."""

from collections.abc import Sequence

import regex

from text.manuscript.structure import Block, LeftOver, Listing, Paragraph

_LONGEST = 160  # characters
_COUNTED = regex.compile(
    r"(?:(?:\d[\d.,]*\s*[km]?\s*)?(?:page ?views?|views?|comments?|shares?|likes?|replies|min(?:ute)?s? read)"
    r"|(?:瀏覽|浏览|點閱|点阅|點擊|人氣|人气|留言|回應|評論|评论|閱讀|阅读|觀看|按讚|分享)(?:次數|次数|人次|人數|數|数|次)?"
    r"\s*[:：]?\s*[\d,]*\s*(?:人次|次|則|篇)?)(?:\s*[:：]\s*\d[\d.,]*)?",
    regex.I,
)
_BETWEEN = regex.compile(r"\s*(?:\s[-–—/]\s|[|｜·•‧»>＞]|\s{3,}|　)\s*")
_MENU = regex.compile(
    r"home|menu|about(?: us)?|contact(?: us)?|site ?map|search|log ?in|sign (?:in|up)|register|subscribe|newsletter|"
    r"advertis(?:e|ing|ement)|privacy(?: policy| notice)?|cookie(?:s| policy)|terms(?: of (?:use|service))?|"
    r"disclaimer|accessibility|help|careers|press|faqs?|back to top|skip to (?:main )?content|"
    r"share(?: this)?(?: page| article)?|print(?: this page)?|e-?mail this|previous(?: post| article)?|"
    r"next(?: post| article)?|read more|facebook|twitter|linkedin|instagram|whatsapp|"
    r"首頁|回首頁|主頁|首页|關於我們|关于我们|聯絡我們|联系我们|網站地圖|网站地图|隱私權?(?:政策|聲明)|隐私政策|"
    r"免責聲明|免责声明|服務條款|會員登入|登入|註冊|搜尋|訂閱|廣告刊登|友站連結|回上一頁|上一頁|下一頁|上一篇|下一篇|"
    r"回頂端|列印|友善列印|轉寄好友|分享(?:到)?|臉書",
    regex.I,
)
_ALONE = regex.compile(
    r"menu|site ?map|log ?in|sign (?:in|up)|subscribe(?: now)?|advertisement|back to top|skip to (?:main )?content|"
    r"share this(?: page| article| post)?|print this page|read more|leave a (?:reply|comment)|"
    r"previous (?:post|article)|next (?:post|article)|"
    r"回首頁|首頁|網站地圖|回上一頁|上一頁|下一頁|上一篇|下一篇|回頂端|友善列印|轉寄好友|我要留言|發表留言|廣告",
    regex.I,
)
_COPYRIGHT = regex.compile(
    r"(?:©|\(c\)\s|copyright\b|版權所有|版权所有|著作權)|.*(?:all rights reserved|版權所有)", regex.I
)
_TAGS = regex.compile(
    r"(?:tags?|categor(?:y|ies)|標籤|分類|文章分類|關鍵字|标签|分类|关键词)\s*[:：]\s*\S.*"
    r"|(?:posted in|filed under)\s\S.*",
    regex.I,
)
_LETTER = regex.compile(r"\p{L}")
_ELSEWHERE = regex.compile(
    r"[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Thai}\p{Devanagari}\p{Bengali}\p{Tamil}\p{Hangul}\p{Hiragana}"
    r"\p{Katakana}\p{Armenian}\p{Georgian}]"
)
_FOREIGN = (0.7, 0.25)  # of the letters of a line that is chrome, and of all letters where it can be


def without_chrome(blocks: Sequence[Block]) -> tuple[list[Block], list[LeftOver]]:
    """The blocks that are the text, and the lines that a page prints round it."""
    has_own_script = _has_own_script(blocks)
    kept: list[Block] = []
    left: list[LeftOver] = []
    for block in blocks:
        kind = _kind(block, has_own_script)
        if kind:
            left.append(LeftOver(kind, _words(block), block.line))
        else:
            kept.append(block)
    return kept, left


def _kind(block: Block, has_own_script: bool) -> str:
    if isinstance(block, Listing):
        words = [item.text for item in block.items if not (item.lead or item.below)]
        is_menu = len(words) == len(block.items) > 1 and all(map(_MENU.fullmatch, words))
        return "navigation" if is_menu else ""
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST:
        return ""
    return _kind_of_line(block.text, has_own_script)


def _kind_of_line(text: str, has_own_script: bool) -> str:
    parts = [part for part in _BETWEEN.split(text) if part]
    if parts and all(map(_COUNTED.fullmatch, parts)):
        return "counts"
    if _COPYRIGHT.match(text):
        return "copyright"
    if _ALONE.fullmatch(text) or _is_menu(parts):
        return "navigation"
    if _TAGS.fullmatch(text):
        return "tags"
    return "foreign" if has_own_script and _elsewhere(text) >= _FOREIGN[0] else ""


def _is_menu(parts: list[str]) -> bool:
    return len(parts) > 1 and 2 * sum(_MENU.fullmatch(part) is not None for part in parts) >= len(parts)


def _has_own_script(blocks: Sequence[Block]) -> bool:
    """Whether the text as a whole is in one of our languages, so that a line in another script stands out."""
    return _elsewhere("\n".join(map(_words, blocks))) <= _FOREIGN[1]


def _elsewhere(text: str) -> float:
    letters = len(_LETTER.findall(text))
    return len(_ELSEWHERE.findall(text)) / letters if letters else 0.0


def _words(block: Block) -> str:
    if isinstance(block, Listing):
        return "\n".join(item.text for item in block.items)
    return block.text
