from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.clean import clean_text
from text.plain import paragraphs, to_html


class Reader(HTMLParser):
    """What a browser would show, and the elements it would make."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one\r\n\r\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one\n \n\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("<b>&\"'", "<p>&lt;b&gt;&amp;&quot;&#x27;</p>"),
    ],
)
def test_plain_text_is_escaped_and_keeps_its_breaks(source: str, html: str) -> None:
    assert to_html(source) == html


@given(st.text(st.sampled_from("a<>&\"'\n \tb/!-")))
def test_no_element_but_paragraph_and_break_comes_out_and_no_word_is_lost(source: str) -> None:
    read = Reader(to_html(clean_text(source)))

    assert read.tags <= {"p", "br"}
    assert "".join(read.words.split()) == "".join(source.split())


def test_paragraphs_are_lists_of_lines() -> None:
    assert paragraphs("one\ntwo\n\nthree") == [["one", "two"], ["three"]]
