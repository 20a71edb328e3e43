"""Headings of stored HTML."""

import re

from hypothesis import given
from hypothesis import strategies as st

from text import markdown
from text.outline import Heading, outline

HEADINGS = st.lists(
    st.sampled_from(["# 防曬", "## 防曬", "## Sun", "## sun 2", "## Sun {#sun}", "## {#x}", "### ?", "[a](#sun)"])
)


def test_every_heading_gets_a_fragment_made_of_its_words_and_is_listed() -> None:
    html = markdown.render("Before.\n\n# The *sun* & sea\n\nText.\n\n## 防曬 乳液", heading=2)

    named, headings = outline(html)

    assert headings == [Heading(2, "part-the-sun-sea", "The sun & sea"), Heading(3, "part-防曬-乳液", "防曬 乳液")]
    assert '<h2 id="part-the-sun-sea">The <em>sun</em> &amp; sea</h2>' in named
    assert '<h3 id="part-防曬-乳液">防曬 乳液</h3>' in named


def test_a_fragment_stays_when_text_is_added_before_its_heading() -> None:
    one, other = (outline(markdown.render(source))[1] for source in ("## Sun", "## Rain\n\n## Sun"))

    assert one[-1].fragment == other[-1].fragment


def test_headings_of_the_same_words_are_numbered() -> None:
    headings = outline(markdown.render("## Sun\n## Sun 2\n## Sun\n## SUN!"))[1]

    assert [heading.fragment for heading in headings] == ["part-sun", "part-sun-2", "part-sun-3", "part-sun-4"]


def test_a_heading_keeps_the_name_that_its_writer_gave() -> None:
    headings = outline(markdown.render("## Dose\n## How much to take {#dose}\n## 劑量｛＃dose｝\n## 用量 {#用量}"))[1]

    assert headings == [
        Heading(3, "part-dose-3", "Dose"),
        Heading(3, "part-dose", "How much to take"),
        Heading(3, "part-dose-2", "劑量"),
        Heading(3, "part-用量", "用量"),
    ]


def test_links_inside_a_text_lead_to_its_headings() -> None:
    html = markdown.render("[a](#防曬) [b](#part-防曬) [c](#content) [d](#)\n\n## 防曬")

    named = outline(html)[0]

    assert re.findall('href="([^"]*)"', named) == ["#part-防曬", "#part-防曬", "#content", "#"]


def test_titles_of_blocks_and_what_stands_under_them_are_not_listed() -> None:
    html = markdown.render("::: care urgent Now\n## Inside\n:::\n\n::: details More\n## Also\n:::\n\n## Outside")

    headings = outline(html)[1]

    assert [heading.words for heading in headings] == ["Also", "Outside"]


def test_a_text_without_headings_stays_as_it_is() -> None:
    assert outline("<p>Text.</p>") == ("<p>Text.</p>", [])


def test_what_looks_like_a_heading_but_is_text_is_none() -> None:
    html = markdown.render("`<h2>no</h2>` and <h2>no</h2>")

    assert outline(html) == (html, [])


@given(st.text() | HEADINGS.map("\n\n".join))
def test_only_fragments_are_added_and_no_two_are_alike(source: str) -> None:
    html = markdown.render(source, heading=2)

    named, headings = outline(html)

    fragments = [heading.fragment for heading in headings]
    assert len(set(fragments)) == len(fragments)
    assert _bare(named) == _bare(html)


def _bare(html: str) -> str:
    return re.sub('(<h[2-6]) id="[^"]*"|(href="#)part-', r"\1\2", html)
