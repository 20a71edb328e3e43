"""What somebody hears who listens to the ask form, a ticket and a question page: names, roles and states in order.

The lists lie in heard/, a file a page and language. What stands in braces there is translated when it is compared:
words that are not in the catalogue yet. Figures in names are written as N. `HEARD=write` writes the files anew, to be
read through before they are committed.
"""

import os
import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from faq.states import Status
from tests.conftest import OpenPage
from tests.factories import make_answer, make_concept, make_consent, make_department, make_more_info, make_question
from tests.listening import heard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEARD = Path(__file__).parent / "heard"
PAGES = ["ask", "asked-with-mistakes", "ticket", "question"]


def address(page: str, language: str) -> str:
    """Make what the page shows, and return its address."""
    department = make_department("skin", name_en="Skin", name_zh_hant="皮膚科")
    if page.startswith("ask"):
        make_consent("self", text_en="Wording.", text_zh_hant="同意書")
        return f"/{language}/ask/?department=skin"
    status = Status.PUBLISHED if page == "question" else Status.NEEDS_INFO
    words = {"title": "Can I swim?", "body": "I have a rash."}
    question = make_question(status, department, language, concepts=[make_concept("Rash", "皮疹")], **words)
    if page == "ticket":
        return f"/{language}/ticket/{question.ticket.secret}/"
    make_answer(question)
    make_more_info(question)
    return question.get_absolute_url()


def expected(file: Path, language: str) -> list[str]:
    with override(language):
        text = re.sub(r"\{([^}]*)\}", lambda message: gettext(message[1]), file.read_text())
    return text.splitlines()


def without_figures(line: str) -> str:
    role, quote, rest = line.partition('"')
    return role + quote + re.sub(r"(?<!\d)(?!119\b)\d+", "N", rest)


@pytest.mark.parametrize("language", ["en", "zh-hant"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_heard_in_its_order(open_page: OpenPage, page: str, language: str) -> None:
    file = HEARD / f"{page}.{language}.txt"
    shown = open_page(address(page, language))
    if page == "asked-with-mistakes":
        with shown.expect_navigation():
            shown.locator("form.ask .button--primary").click()

    lines = [f"title {without_figures(shown.title())}", *map(without_figures, heard(shown))]

    if os.environ.get("HEARD") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join([*lines, ""]))
    assert lines == expected(file, language)
