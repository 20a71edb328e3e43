"""What an editor is told before publishing: what has to be done, and what is weak, each with its field."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from articles.checklist import SENTENCES, checklist
from articles.models import Article
from articles.states import Status
from people.models import User
from tests.factories import make_article, make_physician, make_picture, make_user
from text.editorial.checks import CODES, check

pytestmark = pytest.mark.django_db

GOOD: dict[str, Any] = {
    "author_name": "Demo Editor",
    "description": "What helps in summer.",
    "lede": "In short.",
    "body": "## Sun\n\nWear a hat.",
}


def written(**fields: Any) -> Article:
    """A draft in which nothing is weak but what a test makes so, saved by an editor."""
    by: User = make_user(role="editor", second_factor=False)
    fields = {"sources": ["A book"], "status": Status.DRAFT, "author": by, **GOOD, **fields}
    checked_on = fields.pop("checked_on", timezone.localdate())
    article = make_article(fields.pop("language", "en"), **fields)
    article.references.update(checked_on=checked_on)
    article.record(by=by)
    return Article.objects.select_related("draft").get(pk=article.pk)


def notes_of(article: Article) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    revision: Any = article.draft
    found = checklist(article, revision)
    return [(note.words, note.field) for note in found.must], [(note.words, note.field) for note in found.should]


def should(**fields: Any) -> list[tuple[str, str]]:
    return notes_of(written(**fields))[1]


def approved(article: Article) -> Article:
    reviewer = make_user(role="medical_reviewer", second_factor=False)
    make_physician(user=reviewer)
    article.approve(by=reviewer)
    return Article.objects.select_related("draft").get(pk=article.pk)


def test_of_a_text_that_lacks_nothing_nothing_is_said() -> None:
    assert notes_of(approved(written())) == ([], [])


def test_what_keeps_a_text_from_being_published_leads_to_where_it_is_mended() -> None:
    article = written(sources=[], body="Call 0912-345-678.", needs_second_reader=True)

    assert notes_of(article)[0] == [
        ("A medical reviewer has to approve this text.", ""),
        ("A second reviewer has to approve this text.", ""),
        ("A medical text needs at least one reference.", "references-group"),
        ("Decide first what the guard found in the text.", "checklist"),
    ]


def test_what_has_to_be_done_is_what_publishing_refuses() -> None:
    article = written(sources=[], body="Call 0912-345-678.")

    assert [words for words, _field in notes_of(article)[0]] == article.missing()


def test_a_translation_of_what_is_not_public_waits_for_it() -> None:
    article = approved(written(language="zh-hant", translation_of=make_article(status=Status.DRAFT)))

    assert notes_of(article)[0] == [("Its original is not public.", "id_translation_of")]


def test_a_text_without_author_and_without_description_is_told_so() -> None:
    assert should(author_name="", description="") == [
        ("No author is named.", "id_author_name"),
        ("There is no description for search engines and links.", "id_description"),
    ]


def test_a_physician_of_the_house_is_an_author() -> None:
    assert should(author_name="", author_physician=make_physician()) == []


def test_a_text_that_is_not_medical_may_lack_references_and_is_told_so() -> None:
    must, weak = notes_of(written(sources=[], is_medical=False))

    assert must == []
    assert weak == [
        ("There is no reference.", "references-group"),
        ("The text has no date at all: neither a review nor a reference that was checked.", "references-group"),
    ]


def test_a_text_without_any_date_is_told_so_and_a_reviewed_one_what_to_check() -> None:
    undated = written(checked_on=None)
    before = notes_of(undated)[1]

    after = notes_of(approved(undated))[1]

    no_date = "The text has no date at all: neither a review nor a reference that was checked."
    assert before == [(no_date, "references-group")]
    assert after == [("When was this reference checked? “A book”", "references-group")]


def test_an_entry_without_an_answer_leads_to_its_own_field() -> None:
    entries = [("Is it contagious?", "No."), ("Does it hurt?", " ")]

    assert should(entries=entries) == [("“Does it hurt?” has no answer.", "id_faq_entries-1-answer")]


def test_a_picture_that_the_library_lacks_is_named() -> None:
    there = make_picture()

    assert should(body=f"::: picture {there.pk}\n:::\n\n::: picture {there.pk + 1}\n:::") == [
        (f"There is no picture with the number {there.pk + 1}.", "id_body")
    ]


@pytest.mark.parametrize("name", ["hat", "9" * 40, "0"])
def test_a_picture_that_cannot_be_is_no_error_of_the_house(name: str) -> None:
    assert all(field == "id_body" for _words, field in should(body=f"::: picture {name}\n:::"))


def test_a_link_that_leads_nowhere_is_named_in_the_body_and_in_an_answer() -> None:
    link = "[the page about hats](/en/articles/999/hats/)"
    dead = "This link leads to nothing that readers can open: /en/articles/999/hats/"

    assert should(body=f"See {link}.") == [(dead, "id_body")]
    assert should(entries=[("Where?", f"See {link}.")]) == [(dead, "id_faq_entries-0-answer")]


def test_a_body_that_repeats_the_lede_is_told_so() -> None:
    assert should(lede="Wear a hat.", body="## Sun\n\n**Wear** a hat.\n\nAnd more.") == [
        ("A paragraph of the body repeats the lede.", "id_lede")
    ]


WEAK = {
    "A level of headings is skipped before “Hats”. (line 5)": "## Sun\n\nIt shines.\n\n#### Hats",
    "“here” does not say where the link leads. (line 1)": "Read it [here](https://www.example.org/).",
    "The link #rain leads to no heading of this text. (line 1)": "See [the part about rain](#rain).",
    "A quotation does not say whose words it is: “Wear a hat.” (line 1)": "> Wear a hat.",
    "A block is not closed with “:::”: warning (line 1)": "::: warning\nTake care.",
}


@pytest.mark.parametrize(("said", "body"), WEAK.items())
def test_what_the_editorial_checks_find_is_said_with_its_line(said: str, body: str) -> None:
    article = written(body=body)
    revision: Any = article.draft

    found = [note for note in checklist(article, revision).should if note.words == said]

    assert [(note.field, note.line) for note in found] == [("id_body", int(said.rstrip(")").split()[-1]))]


def test_there_is_a_sentence_for_everything_that_the_editorial_checks_can_find() -> None:
    assert set(SENTENCES) == set(CODES)


def test_a_weak_answer_leads_to_its_own_field() -> None:
    assert check("Read it [here](https://www.example.org/).") != []
    found = should(entries=[("Where?", "Read it [here](https://www.example.org/).")])

    assert found == [("“here” does not say where the link leads. (line 1)", "id_faq_entries-0-answer")]


HARD = (
    "Immunosuppressive pharmacotherapy necessitates conscientious multidisciplinary haematological surveillance "
    "because myelosuppression, hepatotoxicity and opportunistic infections characteristically accompany "
    "long-standing administration of antiproliferative antimetabolites in constitutionally predisposed individuals. "
)


@pytest.mark.parametrize(
    ("language", "body", "begins"),
    [
        (
            "en",
            HARD * 1 + HARD.replace("Immuno", "Chemo") + HARD.replace("Immuno", "Non") + HARD,
            "It reads hard: like",
        ),
        ("zh-hant", "這是一個非常非常長的句子" * 6 + "。", "It reads hard: 72 characters a sentence"),
    ],
)
def test_a_text_that_reads_hard_is_told_how_hard(language: str, body: str, begins: str) -> None:
    body = body if language != "en" else body + " Sentences like these go on and on for many readers." * 5

    said = [words for words, _field in should(language=language, body=body) if words.startswith("It reads hard")]

    assert [words[: len(begins)] for words in said] == [begins]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_a_plain_text_is_not_called_hard(language: str) -> None:
    body = "The sun is hot. Wear a hat. Stay in the shade. " * 12 if language == "en" else "夏天要戴帽子。" * 12

    said = [words for words, _field in should(language=language, body=body) if words.startswith("It reads hard")]

    assert said == []


def test_a_text_of_yesterday_counts_as_dated() -> None:
    assert should(checked_on=timezone.localdate() - dt.timedelta(days=400)) == []
