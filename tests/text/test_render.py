import pytest

from text import render


def test_the_format_chooses_how_a_text_is_read() -> None:
    source = "**Note**\nnext"

    assert render.to_html(source, "plain") == "<p>**Note**<br>next</p>"
    assert render.to_html(source, "markdown") == "<p><strong>Note</strong><br>\nnext</p>"
    assert (render.to_plain(source, "plain"), render.to_plain(source, "markdown")) == (source, "Note\nnext")


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(ValueError, match="There is no text format 'html'"):
        render.to_html("x", "html")
