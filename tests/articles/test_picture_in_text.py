"""A picture in a text: its place in what is stored, its figure on the page."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.figures import picture_html
from articles.insets import filled, missing_pictures
from articles.models import Article, Picture, StaticPage
from tests.factories import (
    make_article,
    make_more_info,
    make_page,
    make_physician,
    make_picture,
    make_question,
    make_topic,
)
from text import insets, markdown


def place(picture: Picture, caption_html: str = "") -> str:
    stored = insets.mark("picture", str(picture.pk), caption_html)
    assert stored is not None
    return stored


@pytest.mark.django_db
def test_a_figure_has_every_width_both_dimensions_its_text_caption_and_credit() -> None:
    picture = make_picture(size=(700, 350), alt_en='Two <hands> & "soap".', credit="A. <Painter>, CC BY 4.0")
    name = picture.sha256

    html = picture_html(picture, "en", "<p>Wash <em>both</em>.</p>", sizes="50vw")

    assert html == (
        '<figure class="picture"><picture><source type="image/webp" '
        f'srcset="/pictures/{name}-480.webp 480w, /pictures/{name}-700.webp 700w" sizes="50vw">'
        f'<img src="/pictures/{name}-700.jpg" alt="Two &lt;hands&gt; &amp; &quot;soap&quot;." '
        'width="700" height="350" loading="lazy" decoding="async"></picture>'
        "<figcaption><p>Wash <em>both</em>.</p>"
        '<p class="picture__credit">Picture: <bdi>A. &lt;Painter&gt;, CC BY 4.0</bdi></p></figcaption></figure>'
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "alt"), [("en", "Hands."), ("zh-hant", "雙手。"), ("zh-hans", "雙手。"), ("zh-Hant", "雙手。")]
)
def test_readers_get_the_text_of_their_language(language: str, alt: str) -> None:
    picture = make_picture(alt_en="Hands.", alt_zh_hant="雙手。")

    assert f' alt="{alt}" ' in picture_html(picture, language)


@pytest.mark.django_db
def test_a_picture_without_credit_and_caption_has_nothing_below() -> None:
    assert "figcaption" not in picture_html(make_picture(), "en")


@pytest.mark.django_db
def test_the_first_picture_of_a_page_is_not_lazy() -> None:
    assert "lazy" not in picture_html(make_picture(), "en", is_lazy=False)


@pytest.mark.django_db
def test_all_places_of_a_text_are_filled_in_one_query(django_assert_num_queries: Any) -> None:
    one, two = make_picture("teal"), make_picture("navy")
    stored = f"<p>A</p>{place(one, '<p>First</p>')}<p>B</p>{place(two)}{place(one)}<p>C</p>"

    with django_assert_num_queries(1):
        html = filled(stored, "en")

    assert html == (
        f"<p>A</p>{picture_html(one, 'en', '<p>First</p>')}<p>B</p>"
        f"{picture_html(two, 'en')}{picture_html(one, 'en')}<p>C</p>"
    )


@pytest.mark.django_db
def test_a_text_without_places_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert filled("<p>Words</p>", "en") == "<p>Words</p>"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "sentence"), [("en", "A picture is missing here: 999999"), ("zh-hant", None)])
def test_what_is_no_longer_there_leaves_a_sentence_and_its_caption(language: str, sentence: str | None) -> None:
    stored = "<!--inset picture 999999--><p>Caption</p><!--/inset-->"

    html = filled(stored, language)

    assert (missing_pictures(stored), "999999" in html, html.endswith("<p>Caption</p>")) == ([999999], True, True)
    assert sentence is None or sentence in html


@pytest.mark.django_db
def test_a_number_that_no_row_can_have_is_only_missing() -> None:
    assert "999999999999999999" in filled("<!--inset picture 999999999999999999--><!--/inset-->", "en")


@pytest.mark.parametrize("name", ["", " ", "../1", "1-->", "<b>", "a b", "٣", "1" * 90, "-a", "é"])
def test_a_name_that_cannot_be_one_makes_no_place(name: str) -> None:
    assert insets.mark("picture", name, "") is None


@pytest.mark.parametrize("name", ["12", " 12", "012", "00012"])
def test_a_picture_has_one_place_however_its_number_is_written(name: str) -> None:
    assert insets.mark("picture", name, "c") == "<!--inset picture 12-->c<!--/inset-->"


@pytest.mark.parametrize("name", ["ward-7", "Ward_7", "_", "a--b"])
def test_a_contact_has_a_place_under_every_name_that_a_block_can_have(name: str) -> None:
    place = insets.mark("contact", name, "c")

    assert place is not None
    assert (insets.names(place, "contact"), insets.fill(place, lambda *parts: "|".join(parts))) == (
        [name],
        f"contact|{name}|c",
    )


def test_another_kind_makes_no_place() -> None:
    assert insets.mark("video", "12", "") is None


@given(st.text(), st.text(), st.integers(1, 10**12))
def test_nobody_can_type_a_place(before: str, after: str, number: int) -> None:
    typed = f"{before}<!--inset picture {number}-->{after}<!--/inset-->"

    assert insets.names(markdown.render(typed), "picture") == []


@pytest.mark.django_db
def test_an_article_has_its_picture_on_top_in_its_language(client: Client) -> None:
    picture = make_picture(alt_zh_hant="溪邊的診所。", credit="示範")
    article = make_article("zh-hant", hero=picture)

    page = client.get(article.get_absolute_url()).content.decode()

    assert page.count(picture_html(picture, "zh-hant", is_lazy=False)) == 1


@pytest.mark.django_db
def test_every_kind_of_text_shows_its_pictures(client: Client) -> None:
    picture = make_picture(credit="Demo")
    lines = f"Before.\n\n::: picture {picture.pk}\nA *caption*.\n:::\n\nAfter."
    question = make_question("published")
    make_more_info(question, body=lines)
    topic = make_topic(introduction=lines, reviewed_by=make_physician(), reviewed_on=timezone.localdate())
    texts: list[Any] = [make_article(body=lines), make_page(body=lines), topic, question, _contact_page(lines)]

    shown = [client.get(text.get_absolute_url()).content.decode() for text in texts]

    figure = f"<p>Before.</p>\n{picture_html(picture, 'en', '<p>A <em>caption</em>.</p>')}"
    assert [page.count(figure) for page in shown] == [1] * 5


@pytest.mark.django_db
def test_an_answer_of_an_article_shows_its_pictures_in_its_language(client: Client) -> None:
    picture = make_picture()
    article = make_article("zh-hant")
    article.faq_entries.create(question="為什麼？", answer=f"::: picture {picture.pk}\n:::")
    Article.objects.filter(pk=article.pk).update(edition=article.record(by=None))

    page = client.get(article.get_absolute_url()).content.decode()

    assert page.count(picture_html(picture, "zh-hant")) == 1


@pytest.mark.django_db
def test_a_new_alternative_text_is_on_the_page_without_saving_the_text_again(client: Client) -> None:
    picture = make_picture(alt_en="Old words.")
    article = make_article(body=f"::: picture {picture.pk}\n:::")

    Picture.objects.update(alt_en="New words.")

    page = client.get(article.get_absolute_url()).content.decode()
    assert ("Old words." in page, "New words." in page) == (False, True)


def _contact_page(body: str) -> StaticPage:
    """The words above the form that readers write to the house with."""
    return make_page("contact", body=body)
