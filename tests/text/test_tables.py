"""Tables and lists as staff write them."""

import re

from text.markdown import render


def test_a_table_scrolls_in_a_region_that_the_keyboard_reaches() -> None:
    html = render("|Drug|*Dose*|\n|-|-|\n|a|b|")

    assert html.startswith('<div class="scroll" role="region" tabindex="0" aria-label="Table: Drug, Dose">\n<table>')
    assert html.endswith("</table>\n</div>")


def test_the_region_is_named_in_the_language_of_the_text_and_no_two_alike() -> None:
    table = '|藥"物|劑量|\n|-|-|\n|a|b|\n\n'

    labels = re.findall('aria-label="([^>]*)"', render(table * 2 + "||\n|-|\n|a|", language="zh-hant"))

    assert labels == ["表格：藥&quot;物、劑量", "表格：藥&quot;物、劑量 (2)", "表格"]


def test_a_list_begins_again_after_a_heading_and_goes_on_after_a_paragraph() -> None:
    html = render("1. a\n2. b\n3. c\n\nBetween.\n\n4. d\n\n## Then\n\n1. e")

    assert re.findall("<ol[^>]*>|<h3>|<p>", html) == ["<ol>", "<p>", '<ol start="4">', "<h3>", "<ol>"]


def test_lists_stand_in_lists() -> None:
    html = render("1. a\n   - b\n     1. c\n     2. d\n2. e")

    assert re.sub(r"\s", "", html) == "<ol><li>a<ul><li>b<ol><li>c</li><li>d</li></ol></li></ul></li><li>e</li></ol>"
