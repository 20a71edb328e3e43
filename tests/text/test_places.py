"""Pictures and contacts inside a text."""

from text.markdown import parse, render, to_plain
from text.places import Places


def shown(kind: str, name: str, caption_html: str) -> str | None:
    """What an app that has picture 12 and contact "clinic" gives."""
    known = {("picture", "12"), ("contact", "clinic")}
    return f'<figure onclick="x">{name}{caption_html}</figure>' if (kind, name) in known else None


def test_the_callers_html_stands_in_the_text_as_it_is() -> None:
    html = render("a\n\n::: picture 12\nThe *left* hand\n:::\n\n::: contact clinic\n:::\nb", insets=shown)

    assert html.split("\n") == [
        "<p>a</p>",
        '<figure onclick="x">12<p>The <em>left</em> hand</p></figure>',
        '<figure onclick="x">clinic</figure>',
        "<p>b</p>",
    ]


def test_a_caption_may_stand_behind_the_name_and_is_clean() -> None:
    html = render("::: picture １２ <b>[x](https://a.example)\n:::", insets=shown)

    assert html == (
        '<figure onclick="x">12<p>&lt;b&gt;<a href="https://a.example" rel="nofollow noopener">x</a></p></figure>'
    )


def test_what_is_missing_is_said_and_its_caption_kept() -> None:
    assert render("::: picture 13\nHand\n:::", insets=shown) == (
        '<p class="missing">A picture is missing here: 13</p>\n<p>Hand</p>'
    )
    assert render("::: contact <b>\n:::", language="zh-hant") == ('<p class="missing">此處缺少聯絡資訊：&lt;b&gt;</p>')
    assert render("::: picture", insets=shown) == '<p class="missing">A picture is missing here: ?</p>'


def test_insets_stand_inside_other_blocks_and_none_inside_an_inset() -> None:
    html = render("::: warning\n::: picture 12\n::: warning\n:::\n:::", insets=shown)

    assert html.count("<figure") == 1
    assert '<figure onclick="x">12<p>::: warning<br>\n:::</p></figure>' in html


def test_the_place_of_an_inset_differs_every_time_so_that_nobody_can_type_it() -> None:
    marks = [Places(shown, "en").take(parse("::: picture 12\n:::") or [], lambda _caption: "") for _time in range(2)]

    one, other = (tokens[0].content for tokens in marks)
    assert one != other
    assert len(one) == len("0123456789abcdef" * 2 + "-0;\n")


def test_the_words_of_a_caption_are_words_of_the_text() -> None:
    assert to_plain("::: picture 12 The hand\n:::\nb").split("\n\n") == ["The hand", "b"]
