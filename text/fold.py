"""One form for words that people write in several, for comparing and searching, never for showing."""

import unicodedata

import regex

_IGNORED = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cs}]")
_PAIRS = (
    "臺台 裏裡 峯峰 着著 羣群 爲為 衆眾 麪麵 綫線 牀床 脣唇 鷄雞 葯藥 喫吃 癥症 痺痹 癒愈 噁惡 粘黏 疱皰 腭顎 "
    "齶顎 蹠跖 痠酸 痲麻 菸煙 佔占 佈布 週周 鈎鉤 硷鹼 碱鹼 内內 説說 悦悅 脱脫 吴吳 呉吳 青靑 户戶 戸戶 值値 "
    "真眞 顔顏 産產 硏研 温溫 衞衛 强強 敎教 黄黃 絶絕 縁緣 虚虛 脚腳 却卻 兎兔 滚滾 别別 册冊 緑綠 歩步 毎每 "
    "涙淚 黙默 擡抬 耻恥 輭軟 凶兇 祕秘 跡迹 蹟迹 鍼針 卧臥 僞偽 啓啟 氷冰 泛氾 銹鏽 慾欲 葱蔥 体體 躰體 隂陰 "
    "嚐嘗 妳你 姙妊 髪髮 頬頰 蝨虱 蟁蚊 箇個 麯麴 堿鹼 糉粽 鎸鐫 鬭鬥 鬪鬥 竈灶 碁棋 彿佛 彷仿 瘉愈 餧餵 喂餵 "
    "衂衄 欬咳 燻熏 薰熏 籤簽 託托 濶闊 疎疏 踈疏 "
)
_VARIANTS = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}


def fold(source: str) -> str:
    """Compatibility form (NFKC), case folded, variants of a character as one (臺 as 台), whitespace as single spaces.

    Folding a folded text changes nothing.
    """
    text = _IGNORED.sub("", _compatible(_compatible(source)))
    return " ".join(_compatible(text).translate(_VARIANTS).split())


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
