"""The image library in the admin: taking in, correcting, finding uses, deleting."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from articles.models import Article, Picture, PictureFile, StaticPage
from articles.models.picture_use import uses_of
from articles.picturing import MAX_BYTES, decode
from faq.models import MoreInfo, Topic
from people.models import User
from search.models import Change
from tests.factories import (
    make_article,
    make_more_info,
    make_page,
    make_picture,
    make_question,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/picture/add/"
LIST = "/admin/articles/picture/"
WORDS = {"alt_en": "A stream beside a clinic.", "alt_zh_hant": "診所旁的小溪。", "credit": "Demo Painter"}


@pytest.fixture
def editor() -> User:
    return make_user(role="editor")


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def png(colour: str = "teal", size: tuple[int, int] = (1000, 500)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def upload(content: bytes, name: str = "stream.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def change(picture: Picture) -> str:
    return reverse("admin:articles_picture_change", args=[picture.pk])


def delete(picture: Picture) -> str:
    return reverse("admin:articles_picture_delete", args=[picture.pk])


def lines(picture: Picture) -> str:
    return f"Words before.\n\n::: picture {picture.pk}\nA caption.\n:::\n\nWords after."


def test_an_editor_adds_a_picture_with_its_words(desk: Client, editor: User) -> None:
    answer = desk.post(ADD, {"file": upload(png()), **WORDS})

    picture = Picture.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert {name: getattr(picture, name) for name in WORDS} == WORDS
    assert (picture.width, picture.height, picture.uploaded_by, picture.sha256) == (
        1000, 500, editor, decode(png()).sha256,
    )  # fmt: skip
    assert [(file.format, file.width, file.height) for file in picture.files.order_by("format", "width")] == [
        ("jpg", 960, 480),
        ("webp", 480, 240),
        ("webp", 960, 480),
        ("webp", 1000, 500),
    ]


@pytest.mark.parametrize("missing", ["alt_en", "alt_zh_hant"])
@pytest.mark.parametrize("words", ["", "  \n "])
def test_both_texts_are_required_and_what_was_typed_is_kept(desk: Client, missing: str, words: str) -> None:
    answer = desk.post(ADD, {"file": upload(png()), **WORDS, missing: words})

    form = answer.context["adminform"].form
    assert (answer.status_code, list(form.errors), Picture.objects.count()) == (200, [missing], 0)
    assert "Demo Painter" in answer.content.decode()


def test_a_text_is_one_line(desk: Client) -> None:
    desk.post(ADD, {"file": upload(png()), **WORDS, "alt_en": "A stream\r\n\r\nbeside  a clinic."})

    assert Picture.objects.get().alt_en == "A stream beside a clinic."


def test_the_database_takes_no_picture_without_both_texts() -> None:
    make_picture()

    for column in ("alt_en", "alt_zh_hant"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Picture.objects.update(**{column: ""})


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<svg></svg>", "a.png", "SVG is not taken, because such a file can hold programs."),
        (b"words", "a.png", "This is not a picture in PNG, JPEG, WebP or GIF."),
        (png()[:300], "a.png", "This file cannot be read as a picture. It may be damaged or cut off."),
        (b"", "a.png", "The submitted file is empty."),
        (b"0" * (MAX_BYTES + 1), "a.png", "This file is larger than 6 MB. Scale the picture down."),
    ],
)
def test_what_is_no_picture_is_told_at_the_field_and_the_words_are_kept(
    desk: Client, content: bytes, name: str, sentence: str
) -> None:
    answer = desk.post(ADD, {"file": upload(content, name), **WORDS})

    form = answer.context["adminform"].form
    page = answer.content.decode()
    assert (answer.status_code, list(form.errors), Picture.objects.count()) == (200, ["file"], 0)
    assert form.errors["file"][0].startswith(sentence)
    assert [words in page for words in WORDS.values()] == [True] * 3


def test_without_a_file_there_is_no_picture(desk: Client) -> None:
    answer = desk.post(ADD, WORDS)

    assert (list(answer.context["adminform"].form.errors), Picture.objects.count()) == (["file"], 0)


def test_the_same_picture_again_leads_to_the_one_that_is_there(desk: Client) -> None:
    there = make_picture()
    file = io.BytesIO()
    Image.open(io.BytesIO(png())).save(file, "WEBP", lossless=True)

    answer = desk.post(ADD, {"file": upload(file.getvalue()), **WORDS})

    assert Picture.objects.get() == there
    assert f'This picture is in the library already: <a href="{change(there)}">' in answer.content.decode()


def test_two_who_send_the_same_at_one_moment_have_one_picture(editor: User) -> None:
    decoded = decode(png())

    first = Picture.objects.take_in(decoded, by=editor, **WORDS)
    second = Picture.objects.take_in(decoded, by=None, alt_en="Other.", alt_zh_hant="別的。")

    assert (first[0], first[1], second[1]) == (second[0], True, False)
    assert (second[0].alt_en, PictureFile.objects.count()) == (WORDS["alt_en"], 4)


def test_the_texts_of_a_picture_are_corrected_and_its_file_stays(desk: Client) -> None:
    picture = make_picture()

    desk.post(change(picture), {**WORDS, "file": upload(png("red"))})

    after = Picture.objects.get()
    assert ({name: getattr(after, name) for name in WORDS}, after.sha256) == (WORDS, picture.sha256)


def test_the_list_costs_the_same_with_one_picture_and_with_three(
    desk: Client, editor: User, django_assert_max_num_queries: Any
) -> None:
    make_picture("red", by=editor)
    with django_assert_max_num_queries(8) as one:
        desk.get(LIST)
    make_picture("green")
    make_picture("blue")

    with django_assert_max_num_queries(len(one)):
        page = desk.get(LIST).content.decode()

    assert page.count('<img class="thumbnail"') == 3
    assert [query["sql"] for query in one.captured_queries if "articles_picturefile" in query["sql"]] == []


def test_a_picture_is_found_by_its_words_and_its_number(desk: Client) -> None:
    stream, hands = make_picture("red", alt_en="A stream."), make_picture("blue", alt_zh_hant="雙手。")

    found = [
        [row.pk for row in desk.get(LIST, {"q": words}).context["cl"].result_list]
        for words in ("stream", "雙手", str(hands.pk))
    ]

    assert found == [[stream.pk], [hands.pk], [hands.pk]]


def shown_by_everything(picture: Picture) -> dict[str, Any]:
    """A text of every kind that shows the picture, by the key of its page."""
    page, topic = make_page(body=lines(picture)), make_topic(introduction=lines(picture), is_public=False)
    info = make_more_info(make_question("published"), body=lines(picture))
    articles = [make_article(hero=picture), make_article(body=lines(picture)), _with_entry(lines(picture))]
    keys = {f"page:{page.slug}": page, f"topic:{topic.pk}": topic, f"question:{info.question_id}": info}
    return keys | {f"article:{article.pk}": article for article in articles}


def _with_entry(answer: str) -> Article:
    article = make_article()
    article.faq_entries.create(question="Why?", answer=answer)
    article.record(by=None)
    return article


@pytest.mark.parametrize(("language", "words"), [("en", "A blue square"), ("zh-hant", "藍色方塊")])
def test_a_picture_is_called_by_its_number_and_its_text_in_the_language_of_who_chooses(
    language: str, words: str
) -> None:
    with override(language):
        assert str(Picture(pk=12, alt_en="A blue square", alt_zh_hant="藍色方塊")) == f"12: {words}"


def test_where_a_picture_is_used_is_said_with_links(desk: Client) -> None:
    picture, other = make_picture("red"), make_picture("blue")
    texts = shown_by_everything(picture)

    used, unused = [desk.get(change(row)).context["uses"] for row in (picture, other)]

    links = {f'<a href="{_admin_page(row)}">' for row in texts.values()}
    assert ({link[: link.index(">") + 1] for link in used}, len(used), unused) == (links, 6, [])


def _admin_page(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_a_moderator_sees_the_library_and_links_only_to_what_opens(desk: Client) -> None:
    picture = make_picture()
    article, topic = make_article(hero=picture), make_topic(introduction=lines(picture), is_public=False)
    client = Client()
    client.force_login(make_user(role="moderator"))

    uses = client.get(change(picture)).context["uses"]
    answer = client.post(change(picture), WORDS)

    assert uses == [f"Article: {article.title}", f'<a href="{_admin_page(topic)}">Topic: {topic}</a>']
    assert (answer.status_code, Picture.objects.get().alt_en) == (404, picture.alt_en)


def test_a_picture_in_use_cannot_be_deleted_and_the_texts_are_named(desk: Client) -> None:
    picture = make_picture()
    texts = shown_by_everything(picture)

    page = desk.get(delete(picture))
    desk.post(delete(picture), {"post": "yes"})

    said = page.content.decode()
    assert "These texts show the picture, or an older version of them has it on top." in said
    assert [said.count(f'<li><a href="{_admin_page(row)}">') for row in texts.values()] == [1] * 6
    assert Picture.objects.get() == picture


def test_a_picture_on_top_of_an_older_version_stays_too(desk: Client) -> None:
    picture = make_picture()
    article = make_article(hero=picture)
    article.hero = None
    article.save()
    Article.objects.filter(pk=article.pk).update(edition=article.record(by=None))

    page = desk.get(delete(picture)).content.decode()
    desk.post(delete(picture), {"post": "yes"})

    assert ("These texts show the picture" in page, Picture.objects.get()) == (True, picture)


def test_a_picture_that_no_text_shows_is_deleted_with_its_files(desk: Client) -> None:
    picture = make_picture()
    make_article()

    desk.post(delete(picture), {"post": "yes"})

    assert (Picture.objects.count(), PictureFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", [Article, StaticPage, Topic, MoreInfo])
def test_no_code_deletes_a_picture_that_a_text_shows(kind: type) -> None:
    picture = make_picture()
    keys = shown_by_everything(picture)
    for row in keys.values():
        if type(row) is not kind:
            _forget(row)

    with pytest.raises(ProtectedError), transaction.atomic():
        picture.delete()

    assert Picture.objects.get() == picture


def test_what_readers_see_protects_a_picture_that_the_newest_text_has_no_more() -> None:
    picture = make_picture()
    article = make_article(body=lines(picture))
    article.body = "Words alone."
    article.save()
    article.record(by=None)

    assert [use.text for use in uses_of(picture.pk)] == [article]


def _forget(row: Any) -> None:
    """Take every picture out of a text."""
    if isinstance(row, Article):
        row.revisions.update(body_html="", hero=None, entries=[])
        Article.objects.filter(pk=row.pk).update(hero=None)
        return
    column = "introduction_html" if isinstance(row, Topic) else "body_html"
    type(row)._default_manager.filter(pk=row.pk).update(**{column: ""})


def test_a_number_that_begins_alike_is_another_picture() -> None:
    picture = make_picture()
    make_page(body=f"::: picture {picture.pk}0\n:::")

    picture.delete()

    assert Picture.objects.count() == 0


def test_new_words_change_every_page_that_shows_the_picture(desk: Client) -> None:
    picture, other = make_picture("red"), make_picture("blue")
    keys = shown_by_everything(picture)
    make_article(hero=other)
    before = Change.objects.count()

    desk.post(change(picture), WORDS)

    changed = Change.objects.order_by("pk")[before:]
    assert {row.key for row in changed} == {*keys, f"picture:{picture.pk}"}


def test_the_words_of_a_picture_that_no_page_shows_change_nothing(desk: Client) -> None:
    picture = make_picture()
    before = set(Change.objects.values_list("key", flat=True))

    desk.post(change(picture), WORDS)

    after = set(Change.objects.values_list("key", flat=True))
    assert (after - before, Picture.objects.get().alt_en) == (set(), WORDS["alt_en"])


def test_the_lines_for_a_text_can_be_copied_without_a_script(desk: Client) -> None:
    picture = make_picture()

    page = desk.get(change(picture)).content.decode()

    assert f"readonly>::: picture {picture.pk}\n:::</textarea>" in page
    assert f'data-copy="::: picture {picture.pk}\n:::"' in page


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "administrator"])
def test_others_see_no_library(role: str) -> None:
    picture = make_picture()
    client = Client()
    client.force_login(make_user(role=role))

    assert [client.get(page).status_code for page in (LIST, ADD, change(picture))] == [404, 404, 404]
