"""The files of the image library as browsers get them."""

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from articles.models import Picture, PictureFile
from tests.factories import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    return make_picture(size=(700, 350))


def address(picture: Picture, width: int = 480, kind: str = "webp") -> str:
    return f"/pictures/{picture.sha256}-{width}.{kind}"


@pytest.mark.parametrize(
    ("width", "kind", "content_type", "size"),
    [
        (480, "webp", "image/webp", (480, 240)),
        (700, "webp", "image/webp", (700, 350)),
        (700, "jpg", "image/jpeg", (700, 350)),
    ],
)
def test_a_file_is_what_its_name_says_for_a_year_and_nothing_else(
    client: Client, picture: Picture, width: int, kind: str, content_type: str, size: tuple[int, int]
) -> None:
    answer = client.get(address(picture, width, kind), headers={"accept-language": "zh-TW"})

    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.content)).size == size
    kept = ("Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy", "Content-Length")
    assert [answer.get(name) for name in kept] == [
        content_type,
        "public, max-age=31536000, immutable",
        "nosniff",
        "default-src 'none'; sandbox",
        str(len(answer.content)),
    ]
    assert [answer.get(name) for name in ("Vary", "Content-Language", "Set-Cookie")] == [None] * 3


def test_a_file_costs_one_query(client: Client, picture: Picture, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        client.get(address(picture))


def test_whoever_has_the_file_gets_nothing_again(client: Client, picture: Picture) -> None:
    first = client.get(address(picture))

    again = client.get(address(picture), headers={"if-none-match": first["ETag"]})
    other = client.get(address(picture), headers={"if-none-match": '"another"'})

    assert (again.status_code, again.content, again["ETag"], other.status_code) == (304, b"", first["ETag"], 200)
    assert (again["Cache-Control"], again.get("Vary")) == (first["Cache-Control"], None)


def test_a_head_tells_of_the_file_without_it(client: Client, picture: Picture) -> None:
    full = client.get(address(picture))

    head = client.head(address(picture))

    assert (head.status_code, head.content) == (200, b"")
    assert [head[name] for name in ("ETag", "Content-Length")] == [full[name] for name in ("ETag", "Content-Length")]


def test_what_was_never_stored_is_not_there(client: Client, picture: Picture) -> None:
    name = picture.sha256
    wrong = [
        f"/pictures/{name}-960.webp",
        f"/pictures/{name}-480.jpg",
        f"/pictures/{name}-480.png",
        f"/pictures/{name}-0480.webp",
        f"/pictures/{name}-99999999999999999999.webp",
        f"/pictures/{name[::-1]}-480.webp",
        f"/pictures/{name.upper()}-480.webp",
        f"/pictures/{name}.webp",
        f"/pictures/../{name}-480.webp",
        f"/en/pictures/{name}-480.webp",
    ]
    assert client.get(address(picture)).status_code == 200

    assert [client.get(path).status_code for path in wrong] == [404] * len(wrong)


def test_a_file_takes_no_form(client: Client, picture: Picture) -> None:
    assert client.post(address(picture)).status_code == 405


def test_a_deleted_picture_leaves_no_file(client: Client, picture: Picture) -> None:
    picture.delete()

    assert (client.get(address(picture)).status_code, PictureFile.objects.count()) == (404, 0)


def test_the_files_of_a_picture_are_those_that_its_figure_asks_for(client: Client, picture: Picture) -> None:
    asked = {link for _width, link in picture.sources} | {picture.fallback[2]}

    stored = {address(picture, file.width, file.format) for file in picture.files.all()}

    assert asked == stored
