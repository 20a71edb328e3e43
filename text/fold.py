"""One form for words that people write in several, for comparing and searching, never for showing."""

import unicodedata
from typing import Final

import regex

MEETS: Final = "\ud800"
"""What `FORMS` gives for a character that a neighbour may join: no folded text has it."""
_IGNORED = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cs}]")
_JOINING = regex.compile(r"[\p{M}\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF\U00016D63-\U00016D6A]")
"""Marks and the letters of Hangul: nothing else changes what stands before it when a text is composed."""
_PILE = regex.compile(r"(\p{M}{32})\p{M}+")
_MOST_FORMS = 1 << 16
_PAIRS = (
    "臺台 裏裡 峯峰 着著 羣群 爲為 衆眾 麪麵 綫線 牀床 脣唇 鷄雞 葯藥 喫吃 癥症 痺痹 癒愈 噁惡 粘黏 疱皰 腭顎 "
    "齶顎 蹠跖 痠酸 痲麻 菸煙 佔占 佈布 週周 鈎鉤 硷鹼 碱鹼 内內 説說 悦悅 脱脫 吴吳 呉吳 青靑 户戶 戸戶 值値 "
    "真眞 顔顏 産產 硏研 温溫 衞衛 强強 敎教 黄黃 絶絕 縁緣 虚虛 脚腳 却卻 兎兔 滚滾 别別 册冊 緑綠 歩步 毎每 "
    "涙淚 黙默 擡抬 耻恥 輭軟 凶兇 祕秘 跡迹 蹟迹 鍼針 卧臥 僞偽 啓啟 氷冰 泛氾 銹鏽 慾欲 葱蔥 体體 躰體 隂陰 "
    "嚐嘗 妳你 姙妊 髪髮 頬頰 蝨虱 蟁蚊 箇個 麯麴 堿鹼 糉粽 鎸鐫 鬭鬥 鬪鬥 竈灶 碁棋 彿佛 彷仿 瘉愈 餧餵 喂餵 "
    "衂衄 欬咳 燻熏 薰熏 籤簽 託托 濶闊 疎疏 踈疏 "
)
_VARIANTS = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}


class _Forms(dict[str, str]):
    """What each character folds to by itself, filled in as characters are met.

    Whoever sends every character there is fills no memory: behind the first plane a full table leaves the work to
    folding the text as a whole.
    """

    def __missing__(self, character: str) -> str:
        if character > "\uffff" and len(self) >= _MOST_FORMS:
            return MEETS
        # Between two others, so that the blanks at its ends are left (U+037A is a blank and a small iota).
        form = _fold_together(f"|{character}|")[1:-1]
        if _JOINING.match(character) or _JOINING.match(form):
            form = MEETS
        self[character] = form
        return form


FORMS: Final = _Forms()


def fold(source: str) -> str:
    """Compatibility form (NFKC), case folded, variants of a character as one (臺 as 台), whitespace as single spaces.

    Of more than 32 marks on one letter the first are kept. Folding a folded text changes nothing.
    """
    text = "".join(map(FORMS.__getitem__, source))
    return _fold_together(source) if MEETS in text else " ".join(text.split())


def _fold_together(source: str) -> str:
    text = _IGNORED.sub("", _compatible(_compatible(_without_piles(source))))
    return " ".join(_compatible(_without_piles(text)).translate(_VARIANTS).split())


def _without_piles(text: str) -> str:
    """A letter with thousands of marks is nobody's word, and putting them in order takes their square in time."""
    return _PILE.sub(r"\1", text)


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
