"""The demo's pictures: calm flat drawings, made when it is loaded, so that no file of pixels lies in the code."""

import io
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

from articles.models import Picture
from articles.picturing import decode
from people.models import User
from portal.demo.content import read

SIZE: Final = (1200, 630)
FINE: Final = 2
"""Drawn so many times larger and scaled down, which makes the edges smooth."""
SEGMENTS: Final = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc",
    "5": "afgcd", "6": "afgedc", "7": "abc", "8": "abcdefg", "9": "abcdfg",
}  # fmt: skip
"""The strokes of each digit on a display, by their usual letters."""

WALL, TABLE, WHITE, LINE = "#e8f0ee", "#c9d8d2", "#fbfdfc", "#7d918b"
TEAL, INK, WARM, COOL = "#1f6f6b", "#24423f", "#d98a4b", "#4f7fae"
NIGHT, GLASS, MOON = "#22354f", "#34506f", "#f3e6b8"


class Sheet:
    """A drawing in the measures of the finished picture."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, left: float, top: float, width: float, height: float, colour: str, corner: float = 0) -> None:
        """Draw a rectangle, with round corners where a radius is given."""
        edges = [value * FINE for value in (left, top, left + width, top + height)]
        self.pen.rounded_rectangle(edges, radius=corner * FINE, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a disc round a point."""
        self.pen.ellipse([value * FINE for value in (x - radius, y - radius, x + radius, y + radius)], fill=colour)

    def path(self, points: list[tuple[float, float]], colour: str, width: int) -> None:
        """Draw a line through points."""
        self.pen.line([(x * FINE, y * FINE) for x, y in points], fill=colour, width=width * FINE, joint="curve")

    def number(self, digits: str, left: float, top: float, size: float, colour: str) -> None:
        """Draw a number as a display shows it; `size` is the width of a digit."""
        thick = size / 6
        for place, digit in enumerate(digits):
            x = left + place * size * 1.35
            bars = {
                "a": (x, top, size, thick), "g": (x, top + size - thick / 2, size, thick),
                "d": (x, top + 2 * size - thick, size, thick), "f": (x, top, thick, size),
                "e": (x, top + size, thick, size), "b": (x + size - thick, top, thick, size),
                "c": (x + size - thick, top + size, thick, size),
            }  # fmt: skip
            for name in SEGMENTS[digit]:
                self.box(*bars[name], colour, thick / 3)

    def png(self) -> bytes:
        """The finished picture as a file."""
        file = io.BytesIO()
        self.image.resize(SIZE, Image.Resampling.LANCZOS).save(file, "PNG", compress_level=1)
        return file.getvalue()


def _pressure() -> Sheet:
    """A blood pressure monitor, its cuff and a cup on a table."""
    sheet = Sheet(WALL)
    sheet.box(0, 430, 1200, 200, TABLE)
    sheet.path([(620, 400), (700, 470), (800, 480), (850, 420)], LINE, 14)
    sheet.box(250, 210, 400, 280, WHITE, 36)
    sheet.box(290, 250, 230, 200, "#d5e4dd", 14)
    sheet.number("126", 320, 268, 42, INK)
    sheet.number("78", 377, 365, 42, INK)
    sheet.disc(585, 310, 34, TEAL)
    sheet.disc(585, 400, 18, LINE)
    sheet.box(790, 260, 230, 230, COOL, 44)
    sheet.box(790, 340, 230, 70, "#3f6c98", 0)
    sheet.box(975, 260, 24, 230, "#6d97c0", 12)
    sheet.disc(160, 420, 34, WARM)
    sheet.disc(160, 420, 20, WALL)
    sheet.box(60, 370, 100, 120, WARM, 18)
    return sheet


def _week() -> Sheet:
    """Seven days with four readings each: two of the morning and two of the evening, round a faint line."""
    sheet = Sheet(WHITE)
    for day in range(7):
        sheet.box(98 + day * 150, 110, 104, 420, "#f1f6f4", 16)
    for top in (130, 250, 370, 490):
        sheet.box(90, top, 1030, 3, "#dde7e3")
    for dash in range(90, 1110, 40):
        sheet.box(dash, 308, 22, 5, LINE, 2)
    mornings, evenings = (262, 240, 285, 232, 268, 250, 276), (332, 350, 318, 372, 340, 362, 330)
    for day, (morning, evening) in enumerate(zip(mornings, evenings, strict=True)):
        x = 150 + day * 150
        for height, colour in ((morning, WARM), (morning + 26, WARM), (evening, COOL), (evening + 30, COOL)):
            sheet.disc(x - 18 if colour == WARM else x + 18, height, 15, colour)
        sheet.box(x - 14, 548, 28, 10, LINE, 5)
    return sheet


def _night() -> Sheet:
    """A window at night, and on the sill a thermometer, a glass of water and a sheet of paper."""
    sheet = Sheet(NIGHT)
    sheet.box(330, 60, 540, 360, "#f0f2f5", 14)
    sheet.box(352, 82, 237, 316, GLASS)
    sheet.box(611, 82, 237, 316, GLASS)
    sheet.disc(735, 180, 56, MOON)
    sheet.disc(762, 164, 50, GLASS)
    for x, y in ((420, 140), (500, 210), (450, 300), (660, 300), (800, 330), (545, 120)):
        sheet.disc(x, y, 4, MOON)
    sheet.box(0, 470, 1200, 160, "#5b4a43")
    sheet.box(0, 470, 1200, 14, "#705c53")
    sheet.box(190, 350, 110, 170, "#a9c6dc", 12)
    sheet.box(198, 400, 94, 112, "#7fb0d4", 10)
    sheet.box(420, 515, 260, 30, WHITE, 15)
    sheet.box(440, 525, 150, 10, WARM, 5)
    sheet.disc(672, 530, 20, LINE)
    sheet.box(800, 425, 210, 130, WHITE, 6)
    for top in (452, 482, 512):
        sheet.box(825, top, 160 if top < 500 else 100, 8, LINE, 4)
    return sheet


DRAWN: Final[dict[str, Callable[[], Sheet]]] = {"pressure": _pressure, "week": _week, "night": _night}


def draw(by: User) -> dict[str, Picture]:
    """Take the pictures into the library; returns them by their keys, which the content uses."""
    return {
        entry["key"]: Picture.objects.take_in(
            decode(DRAWN[entry["key"]]().png()), by=by, alt_en=entry["alt_en"], alt_zh_hant=entry["alt_zh_hant"]
        )[0]
        for entry in read("pictures")
    }
