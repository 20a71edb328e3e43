"""What a page prints round its text: kept out of the body, kept with the draft."""

import pytest

from text.manuscript import Note, read

SENTENCE = "This is a sentence that says something and ends."
TOP = f"Walking Well\n\n{SENTENCE}\n\nHere is another one.\n\nAnd a third one."


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("counts", "13 views"),
        ("counts", "Comments · 13 Views"),
        ("counts", "瀏覽人數：1,234"),
        ("foreign", "Комментарии · 13 Просмотры"),
        ("navigation", "Home | About us | Contact"),
        ("navigation", "Privacy policy - Advertise - Sitemap - Contact"),
        ("navigation", "首頁 > 關於我們 > 網站地圖"),
        ("navigation", "Skip to content"),
        ("navigation", "回上一頁"),
        ("navigation", "• Home\n• About us\n• Contact"),
        ("copyright", "© 2024 Example"),
        ("copyright", "2024 Example. All rights reserved."),
        ("copyright", "版權所有 範例"),
        ("tags", "Tags: legs, feet"),
        ("tags", "分類：復健"),
    ],
)
def test_lines_of_the_page_are_left_over(kind: str, line: str) -> None:
    draft = read(f"{TOP}\n\n{line}")

    assert [(one.kind, one.text) for one in draft.left_over] == [(kind, line.replace("• ", ""))]
    assert draft.body == "Here is another one.\n\nAnd a third one."


@pytest.mark.parametrize(
    "line",
    [
        "Views differ about this.",
        "Contact with water hurts.",
        "Home care - what helps at home",
        "Menus for a week are below.",
        "Copyrights of pictures are another matter, and " * 5,
        "Пациенты часто спрашивают: " * 8,
        "分享一個故事。",
    ],
)
def test_sentences_that_resemble_them_stay(line: str) -> None:
    draft = read(f"{TOP}\n\n{line}\n\nThe end of it.")

    assert draft.left_over == ()


@pytest.mark.parametrize(
    ("block", "holds"),
    [
        ("Contact us: Phone 0912345678, or a@example.org.", ("email", "phone")),
        ("For support, contact Email: [email protected]", ("hidden_email",)),
        ("Tel: 02-1234-5678", ("phone",)),
        ("聯絡電話：02-1234-5678，地址：範例市範例路1號", ("phone", "address")),
    ],
)
def test_a_contact_block_at_the_end_is_kept_apart(block: str, holds: tuple[str, ...]) -> None:
    draft = read(f"{TOP}\n\n{block}")

    assert [(one.kind, one.text, one.holds) for one in draft.left_over] == [("contact", block, holds)]
    assert Note("contact", count=1) in draft.notes.guessed


def test_lines_beside_a_contact_block_and_its_heading_go_with_it() -> None:
    draft = read(f"{TOP}\n\nContact us\n\nOpening hours: 9:00-17:00\nTel: 02-1234-5678\nEmail: a@example.org")

    assert [one.kind for one in draft.left_over] == ["contact"] * 4


def test_a_telephone_number_in_the_middle_of_a_text_stays_and_is_pointed_out() -> None:
    draft = read("\n\n".join(["Walking Well", SENTENCE, "Call us at 02-1234-5678 first.", *[SENTENCE] * 9]))

    assert "Call us at 02-1234-5678 first." in draft.body
    assert [note.code for note in draft.notes.noticed][:1] == ["contact_in_text"]


def test_an_emergency_number_is_part_of_the_advice() -> None:
    draft = read(f"{TOP}\n\nIf your chest hurts, call 119 at once.")

    assert draft.left_over == ()
