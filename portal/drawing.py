"""How a picture beside a link is drawn: the house's name, and under it that of a department in both languages."""

from typing import Final

from PIL import Image, ImageDraw, ImageFont

SIZE: Final = (1200, 630)
PAPER: Final = "#f8f5ee"
INK: Final = "#1d1b17"
SOFT: Final = "#4e493f"
LINE: Final = "#857c6b"
SEAL: Final = "#a3271c"
SEAL_INK: Final = "#fff8ef"
"""The colours of static/css/site.css by day."""
EDGE: Final = 90
COLOURS: Final = 24
"""A few colours and the steps between them: so a picture has some kilobytes."""
HOUSE: Final = ("問醫 Wenyi", "病人提問，醫師回答", "Patients ask, physicians answer")


def draw(chinese: str, english: str, font: str, index: int = 0) -> Image.Image:
    """A card of 1200 × 630 with a name in both languages; `font` is a file that has Chinese, `index` its face.

    Raises OSError where the file is no font. A name that is too long for a line is written smaller.
    """
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    _seal(pen, font, index)
    pen.text((EDGE + 124, 118), HOUSE[0], INK, ImageFont.truetype(font, 54, index=index), anchor="lm")
    pen.line((EDGE, 205, SIZE[0] - EDGE, 205), LINE, 2)
    pen.text((EDGE, 340), chinese, INK, _fitting(chinese, 112, font, index), anchor="lm")
    pen.text((EDGE, 455), english, SOFT, _fitting(english, 54, font, index), anchor="lm")
    pen.rectangle((0, SIZE[1] - 24, *SIZE), SEAL)
    return image.quantize(COLOURS, dither=Image.Dither.NONE)


def _seal(pen: ImageDraw.ImageDraw, font: str, index: int) -> None:
    pen.rounded_rectangle((EDGE, 70, EDGE + 96, 166), 14, SEAL)
    pen.text((EDGE + 48, 116), "問", SEAL_INK, ImageFont.truetype(font, 64, index=index), anchor="mm")


def _fitting(words: str, size: int, font: str, index: int) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(font, size, index=index)
    room = SIZE[0] - 2 * EDGE
    width = face.getlength(words)
    return face if width <= room else ImageFont.truetype(font, int(size * room / width), index=index)
