"""Headings of stored HTML."""

from hypothesis import given
from hypothesis import strategies as st

from text import markdown
from text.outline import Heading, outline


def test_every_heading_gets_a_fragment_and_is_listed() -> None:
    html = markdown.render("Before.\n\n# The *sun* & sea\n\nText.\n\n## Clothes", heading=2)

    named, headings = outline(html)

    assert headings == [Heading(2, "part-1", "The sun & sea"), Heading(3, "part-2", "Clothes")]
    assert '<h2 id="part-1">The <em>sun</em> &amp; sea</h2>' in named
    assert '<h3 id="part-2">Clothes</h3>' in named


def test_a_text_without_headings_stays_as_it_is() -> None:
    assert outline("<p>Text.</p>") == ("<p>Text.</p>", [])


def test_what_looks_like_a_heading_but_is_text_is_none() -> None:
    html = markdown.render("`<h2>no</h2>` and <h2>no</h2>")

    assert outline(html) == (html, [])


@given(st.text())
def test_only_fragments_are_added(source: str) -> None:
    html = markdown.render(source, heading=2)

    named, headings = outline(html)

    for heading in headings:
        named = named.replace(f' id="{heading.fragment}"', "", 1)
    assert named == html
