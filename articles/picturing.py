"""What becomes of an uploaded picture: decoded, turned upright, in sRGB, and written anew without anything else.

Nothing of the file survives but its pixels: no EXIF with the place of a photo, no colour profile, no comment, no bytes
behind the end. What cannot be decoded as one of four formats is refused with a sentence for the person who chose it.
"""

import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
MAX_BYTES: Final = 6 * 1024 * 1024
"""Below UPLOAD_MAX_SIZE, so that the form can say it: what is longer than that is refused unread."""
MAX_PIXELS: Final = 25_000_000
"""A decoded picture takes four bytes a pixel, and twice that while it is scaled."""
MIN_SIDE: Final = 16
MAX_SIDE: Final = 12_000
WIDTHS: Final = (480, 960, 1600)
"""Widths in pixels that are kept as WebP. Whoever changes them writes a migration that encodes what is there."""
FALLBACK_WIDTH: Final = 960
"""The width of the one JPEG for browsers that do not know WebP."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Unusable(ValueError):
    """A file that is no picture for us; `reason` is the sentence for whoever chose it."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Decoded:
    """The pixels of an upload, and their name: SHA-256 in hexadecimal, the same for the same pixels in any file."""

    image: Image.Image
    sha256: str


@dataclass(frozen=True)
class Encoded:
    """One file to keep: format ("webp", "jpg"), size in pixels, bytes."""

    format: str
    width: int
    height: int
    content: bytes


def decode(data: bytes) -> Decoded:
    """The pixels of a PNG, JPEG, WebP or GIF (its first frame), upright, in 8-bit sRGB with or without alpha.

    Raises Unusable for SVG, other formats, what is broken or cut off, and what is too large or too small.
    """
    _refuse_others(data)
    try:
        image = _pixels(data)
    except Unusable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unusable(_too_large()) from error
    except Exception as error:
        # Pillow's readers raise whatever a broken file makes them trip over: OSError, SyntaxError, struct.error, …
        raise Unusable(_("This file cannot be read as a picture. It may be damaged or cut off.")) from error
    label = f"{image.mode} {image.width} {image.height} ".encode()
    return Decoded(image, hashlib.sha256(label + image.tobytes()).hexdigest())


def widths_of(width: int) -> list[int]:
    """The widths that a picture of this width is kept in: never wider than it is."""
    return sorted({min(step, width) for step in WIDTHS})


def fallback_width_of(width: int) -> int:
    """The width of the JPEG of a picture of this width."""
    return min(FALLBACK_WIDTH, width)


def height_at(width: int, image_width: int, image_height: int) -> int:
    """The height in pixels of a picture scaled to a width."""
    return max(1, round(image_height * width / image_width))


def encode(image: Image.Image) -> Iterator[Encoded]:
    """The files of decoded pixels: WebP in every width, and one JPEG on white."""
    widths = widths_of(image.width)
    sizes = {width: (width, height_at(width, *image.size)) for width in widths}
    widest = _scaled(image, sizes[widths[-1]])  # the others are made from this one, which is quicker by far
    for width in widths:
        yield _written(_scaled(widest, sizes[width]), "webp", quality=80, method=4)
    flat = _on_white(_scaled(widest, sizes[fallback_width_of(image.width)]))
    yield _written(flat, "jpg", quality=82, optimize=True, progressive=True)


def _refuse_others(data: bytes) -> None:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in data[:65_536].lower():
        raise Unusable(
            _("SVG is not taken, because such a file can hold programs. Save the drawing as PNG and choose that.")
        )
    if data[4:8] == b"ftyp":
        raise Unusable(_("HEIC and AVIF are not taken. Save the photo as JPEG and choose that."))


def _pixels(data: bytes) -> Image.Image:
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Unusable(_("This is not a picture in PNG, JPEG, WebP or GIF.")) from error
    with opened:
        _check_size(*opened.size)
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    image = _in_srgb(upright)
    image.info.clear()  # Pillow writes a profile or comment that it finds here into the next file
    return image


def _check_size(width: int, height: int) -> None:
    """Before a pixel is decoded: a small file can say that it is enormous."""
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Unusable(_too_large())
    if min(width, height) < MIN_SIDE:
        raise Unusable(_("This picture is too small: each side needs at least 16 pixels."))


def _too_large() -> Promise:
    return _("This picture is too large: 25 million pixels at most, and no side longer than 12,000. Scale it down.")


def _in_srgb(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something is transparent, in the colours that every browser assumes."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith(("I", "F")):
        image, profile = _eight_bits(image), None
    if image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode != "RGBA" and image.has_transparency_data:
        image = image.convert("RGBA")
    if profile:
        image = _converted(image, profile)
    target = "RGBA" if image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255) else "RGB"
    return image.copy() if image.mode == target else image.convert(target)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits (or 32) in 8: Pillow's own conversion cuts off what is brighter than 255."""
    return image.convert("F").point(lambda value: value * (1 / 256)).convert("L")


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    """The picture in sRGB instead of its own colours; unchanged where its profile is broken or for other colours."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _scaled(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _written(image: Image.Image, kind: str, **options: int) -> Encoded:
    file = io.BytesIO()
    image.save(file, {"webp": "WEBP", "jpg": "JPEG"}[kind], **options)
    return Encoded(kind, image.width, image.height, file.getvalue())
