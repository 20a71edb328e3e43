"""What becomes of an uploaded picture: only pixels come through, and what is none gets a sentence."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from articles.picturing import MAX_BYTES, Unusable, decode, encode, height_at, widths_of

MARKER = b"Marker-25.0330N-121.5654E"


def picture(size: tuple[int, int] = (640, 320), mode: str = "RGB") -> Image.Image:
    """A red left half and a blue right half."""
    image = Image.new("RGB", size, "red")
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, *size), fill="blue")
    return image.convert(mode)


def as_file(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(Unusable) as error:
        decode(data)
    return str(error.value)


def near(pixel: Any, colour: tuple[int, ...], by: int = 12) -> bool:
    return len(pixel) == len(colour) and all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=True))


def with_marker(kind: str) -> bytes:
    """A file that carries the marker wherever its format has room for words."""
    exif = Image.Exif()
    exif[0x010E] = MARKER.decode()
    exif.get_ifd(0x8825)[1] = MARKER.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + MARKER
    options: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    if kind == "PNG":
        words = PngInfo()
        words.add_text("Comment", MARKER.decode())
        words.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{MARKER.decode()}</x:xmpmeta>")
        words.add_text("Zipped", MARKER.decode() * 3, zip=True)
        options["pnginfo"] = words
    elif kind == "JPEG":
        options |= {"comment": MARKER, "xmp": b"<x:xmpmeta>" + MARKER + b"</x:xmpmeta>"}
    elif kind == "WEBP":
        options |= {"xmp": b"<x:xmpmeta>" + MARKER + b"</x:xmpmeta>"}
    else:
        options = {"comment": MARKER}
    return as_file(picture(), kind, **options) + MARKER


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_nothing_but_pixels_comes_through(kind: str) -> None:
    upload = with_marker(kind)
    assert MARKER in upload

    files = list(encode(decode(upload).image))

    assert [MARKER in file.content for file in files] == [False] * 3
    kept = [set(Image.open(io.BytesIO(file.content)).info) for file in files]
    assert set().union(*kept) <= {"loop", "background", "timestamp", "duration", "progressive", "progression"} | {
        *("jfif", "jfif_version", "jfif_unit", "jfif_density")
    }
    assert [dict(Image.open(io.BytesIO(file.content)).getexif()) for file in files] == [{}] * 3


def test_the_same_pixels_have_the_same_name_in_any_file() -> None:
    plain, dressed = as_file(picture()), with_marker("PNG")

    names = {decode(plain).sha256, decode(dressed).sha256, decode(as_file(picture(), "WEBP", lossless=True)).sha256}

    assert len(names) == 1
    assert decode(as_file(picture((320, 640)))).sha256 not in names


def test_a_picture_is_kept_in_widths_up_to_its_own_and_once_as_jpeg() -> None:
    wide, narrow = [decode(as_file(picture(size))).image for size in ((2400, 1200), (300, 200))]

    sizes = [[(file.format, file.width, file.height) for file in encode(image)] for image in (wide, narrow)]

    assert sizes == [
        [("webp", 480, 240), ("webp", 960, 480), ("webp", 1600, 800), ("jpg", 960, 480)],
        [("webp", 300, 200), ("jpg", 300, 200)],
    ]


@given(st.integers(16, 12_000), st.integers(16, 12_000))
def test_every_width_has_a_height_that_both_formats_can_hold(width: int, height: int) -> None:
    if width * height > 25_000_000:
        return

    kept = [(step, height_at(step, width, height)) for step in widths_of(width)]

    assert all(1 <= step <= width and 1 <= tall <= height for step, tall in kept)


def test_what_a_camera_turned_stands_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright: to be turned by 90 degrees clockwise

    image = decode(as_file(picture((640, 320)), "JPEG", exif=turned, quality=95)).image

    assert image.size == (320, 640)
    assert near(image.getpixel((160, 20)), (254, 0, 0))
    assert near(image.getpixel((160, 620)), (0, 0, 254))


@pytest.mark.parametrize(("mode", "kind"), [("CMYK", "JPEG"), ("P", "PNG"), ("P", "GIF"), ("RGBA", "PNG")])
def test_colours_come_through_from_every_kind_of_file(mode: str, kind: str) -> None:
    image = decode(as_file(picture(mode=mode), kind)).image

    assert (image.mode, image.size) == ("RGB", (640, 320))
    assert near(image.getpixel((50, 100)), (254, 0, 0))
    assert near(image.getpixel((600, 100)), (0, 0, 254))


def test_sixteen_bits_of_grey_become_eight_without_loss_of_the_light() -> None:
    grey = Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16")

    image = decode(as_file(grey)).image

    assert [image.getpixel((9, row)) for row in (0, 100, 255)] == [(0, 0, 0), (100, 100, 100), (255, 255, 255)]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_stays_so_and_is_white_in_the_jpeg(mode: str) -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((50, 0, 100, 100), fill=(10, 10, 10, 255))
    upload = as_file(image.convert(mode))

    decoded = decode(upload).image
    webp, jpeg = [Image.open(io.BytesIO(file.content)) for file in encode(decoded)]

    assert (decoded.mode, decoded.getpixel((5, 5))[3], decoded.getpixel((95, 5))[3]) == ("RGBA", 0, 255)  # type: ignore[index]
    assert (webp.mode, jpeg.mode) == ("RGBA", "RGB")
    assert near(jpeg.getpixel((5, 5)), (255, 255, 255))


def test_the_colours_of_a_profile_become_those_of_every_screen() -> None:
    upload = as_file(picture(), icc_profile=_profile_of_other_primaries())

    image = decode(upload).image

    assert near(image.getpixel((5, 5)), (0, 255, 0))
    assert near(image.getpixel((635, 5)), (0, 0, 255))


def _profile_of_other_primaries() -> bytes:
    """sRGB's profile with the colours of red and green changed for each other."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", profile[128:132])[0]
    entries = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    profile[red + 4 : red + 12], profile[green + 4 : green + 12] = (
        profile[green + 4 : green + 12],
        profile[red + 4 : red + 12],
    )
    return bytes(profile)


@pytest.mark.parametrize("profile", [b"no profile", MARKER * 20])
def test_a_broken_profile_is_left_aside(profile: bytes) -> None:
    image = decode(as_file(picture(), icc_profile=profile)).image

    assert image.getpixel((5, 5)) == (255, 0, 0)


def test_of_a_film_the_first_frame_is_the_picture() -> None:
    frames = [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue")]

    decoded = [
        decode(as_file(frames[0], kind, save_all=True, append_images=frames[1:])).image for kind in ("GIF", "WEBP")
    ]

    assert [near(image.getpixel((50, 50)), (254, 0, 0)) for image in decoded] == [True, True]


@pytest.mark.parametrize(
    "drawing",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg/>",
        b"<!-- drawn by hand --><svg></svg>",
    ],
)
def test_svg_is_refused_and_told_why(drawing: bytes) -> None:
    assert refused(drawing) == (
        "SVG is not taken, because such a file can hold programs. Save the drawing as PNG and choose that."
    )


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_the_photos_of_some_telephones_are_refused_and_told_what_to_do(brand: bytes) -> None:
    assert refused(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 40) == (
        "HEIC and AVIF are not taken. Save the photo as JPEG and choose that."
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"words", b"<html><script>alert(1)</script></html>", b"%PDF-1.4", b"PK\x03\x04", as_file(picture(), "BMP")],
)
def test_what_is_no_picture_of_the_four_formats_is_refused(data: bytes) -> None:
    assert refused(data) == "This is not a picture in PNG, JPEG, WebP or GIF."


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_half_a_file_is_refused(kind: str) -> None:
    noise = as_file(Image.effect_noise((200, 200), 80).convert("RGB"), kind)

    assert refused(noise[: len(noise) // 2]) == (
        "This file cannot be read as a picture. It may be damaged or cut off."
    )


def test_a_page_inside_a_picture_does_not_come_through() -> None:
    page = b"<html><script>alert(document.domain)</script></html>"
    polyglot = as_file(picture(), "JPEG", comment=page) + page

    assert [b"<script" in file.content for file in encode(decode(polyglot).image)] == [False] * 3


def _png_that_says(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG of a few bytes that claims a size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in [(b"IHDR", header), *((chunk[:4], chunk[4:]) for chunk in chunks), (b"IEND", b"")]
    )


@pytest.mark.parametrize(
    ("width", "height"), [(5001, 5000), (60_000, 60_000), (12_001, 16), (16, 12_001), (2**31 - 1, 2**31 - 1)]
)
def test_a_small_file_that_says_it_is_enormous_is_refused_unread(width: int, height: int) -> None:
    assert refused(_png_that_says(width, height)) == (
        "This picture is too large: 25 million pixels at most, and no side longer than 12,000. Scale it down."
    )


def test_words_that_unpack_to_gigabytes_are_refused() -> None:
    bomb = b"zTXt" + b"Comment\0\0" + zlib.compress(b"0" * 100_000_000)

    assert refused(_png_that_says(100, 100, bomb)) == (
        "This file cannot be read as a picture. It may be damaged or cut off."
    )


@pytest.mark.parametrize("size", [(15, 100), (100, 15), (1, 1)])
def test_what_nobody_could_see_is_refused(size: tuple[int, int]) -> None:
    assert refused(as_file(Image.new("RGB", size))) == (
        "This picture is too small: each side needs at least 16 pixels."
    )


@given(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=9))))
def test_a_damaged_file_is_a_picture_or_refused_and_nothing_else(kind: str, damage: list[tuple[float, bytes]]) -> None:
    data = bytearray(as_file(picture((40, 30)), kind))
    for place, bytes_ in damage:
        start = int(place * len(data))
        data[start : start + len(bytes_)] = bytes_

    try:
        image = decode(bytes(data)).image
    except Unusable:
        return

    assert image.mode in {"RGB", "RGBA"}


def test_the_form_can_say_that_a_file_is_too_large_before_the_door_does() -> None:
    assert MAX_BYTES + 256 * 1024 < settings.UPLOAD_MAX_SIZE
