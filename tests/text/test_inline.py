from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from text.inline import InlineParser, Linkify

OPTIONS = {"linkify": True, "breaks": True}
PIECES = st.sampled_from(
    [*"*_~[]()!`\\<>&#-+.:/ \na1", "**", "~~", "www.example.com", "https://example.com/a?b=c", "a@b.org"]
)
ASCII = st.lists(PIECES, max_size=40).map("".join)


def ours() -> MarkdownIt:
    parser = MarkdownIt("js-default", OPTIONS)
    parser.inline = InlineParser()
    parser.linkify = Linkify()
    return parser


@given(ASCII)
def test_ascii_is_read_exactly_as_markdown_it_reads_it(source: str) -> None:
    assert ours().render(source) == MarkdownIt("js-default", OPTIONS).render(source)


@given(st.text("*~_注意:，。「」a 1(", max_size=40))
def test_emphasis_is_only_added_never_a_word_lost(source: str) -> None:
    shown = ours().render("x" + source)

    assert [each for each in source if each in "注意，。「」"] == [each for each in shown if each in "注意，。「」"]
