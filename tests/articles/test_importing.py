import datetime as dt
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from articles.import_notes import HOLDS, KINDS, SENTENCES, Left, report
from articles.importing import LARGEST, UnreadableError, draft_from, read_file
from articles.models import Article
from articles.states import Status
from tests.factories import make_department, make_user
from text.manuscript import read

pytestmark = pytest.mark.django_db

FILE = """Walk Site - all about walking

Walking Well
By Ann Example | May 1, 2024

Walking is good for everyone.

It costs nothing.

How to Begin

1. Shoes: wear some.
2. Time: take some.

FAQ

1. Is it far?
2. Does it hurt? It does not.

References

1. A guide: https://www.example.org/guide

Contact us at 02-1234-5678 or a@example.org.
"""


def test_a_manuscript_becomes_a_draft_with_its_rows_and_first_revision() -> None:
    editor, department = make_user(role="editor"), make_department()

    article = draft_from(read(FILE), by=editor, department=department)

    article.refresh_from_db()
    assert (article.status, article.department, article.language) == (Status.DRAFT, department, "en")
    assert (article.title, article.lede) == ("Walking Well", "Walking is good for everyone.")
    assert article.body == "It costs nothing.\n\n## How to Begin\n\n1. **Shoes:** wear some.\n2. **Time:** take some."
    assert (article.author_name, article.author) == ("Ann Example", None)
    assert [(entry.question, entry.answer) for entry in article.faq_entries.all()] == [
        ("Is it far?", ""),
        ("Does it hurt?", "It does not."),
    ]
    assert [(one.title, one.citation) for one in article.references.all()] == [
        ("A guide: https://www.example.org/guide", "https://www.example.org/guide")
    ]
    revision = article.revisions.get()
    assert (revision.number, revision.saved_by, len(revision.entries), len(revision.sources)) == (1, editor, 2, 1)
    assert article.draft == revision


def test_nobody_sees_a_draft_that_was_imported() -> None:
    article = draft_from(read(FILE), by=None)

    assert not Article.objects.published().filter(pk=article.pk).exists()
    assert article.findings.count() == 0, "the telephone number is no part of the text"


def test_the_notes_hold_codes_and_all_that_was_left_over() -> None:
    article = draft_from(read(FILE), by=None)

    notes = Article.objects.get(pk=article.pk).import_notes
    assert [note["code"] for note in notes["guessed"]] == [
        *("title_first_line", "lede", "headings", "lead_ins", "faq", "contact"),
    ]
    assert notes["missing"] == [
        {"code": "source", "excerpt": "", "count": 0},
        {"code": "faq_answers", "excerpt": "", "count": 1},
    ]
    assert [(left["kind"], left["line"]) for left in notes["left_over"]] == [
        *(("masthead", 1), ("label", 4), ("section", 15), ("section", 20), ("contact", 24)),
    ]


def test_a_title_that_was_only_proposed_is_said_to_be() -> None:
    article = draft_from(read("It rains today, and it rained before.\n\nThen it stops."), by=None)

    said = report(article.import_notes)
    assert said is not None
    assert said.guessed[0] == (
        "The file has no title. “It rains today, and it rained before.” is proposed from its words: "
        "choose one yourself."
    )
    assert said.missing[0] == "The file has no title."


def test_the_report_is_in_sentences() -> None:
    said = report(draft_from(read(FILE), by=None).import_notes)

    assert said is not None
    assert (said.file, said.dated_on) == ("", dt.date(2024, 5, 1))
    assert said.missing == ["The file does not say where the text comes from.", "1 FAQ entry has no answer."]
    assert said.guessed[2] == "1 short line was taken as a heading. Check its level."
    assert said.left_over[-1] == Left(
        KINDS["contact"], "Contact us at 02-1234-5678 or a@example.org.", 24, [HOLDS["email"], HOLDS["phone"]]
    )


def test_an_article_that_was_written_here_has_no_report() -> None:
    assert report({}) is None


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    said = report({"guessed": [{"code": "new"}], "left_over": [{"kind": "new", "text": "x", "line": 1}]})

    assert said is not None
    assert (said.guessed, said.left_over) == (["new"], [Left("new", "x", 1, [])])


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_every_sentence_can_be_filled_in(language: str) -> None:
    with override(language):
        made = report({"guessed": [{"code": code, "excerpt": "x", "count": 2} for code in SENTENCES]})

    assert made is not None
    assert not any("%(" in sentence for sentence in made.guessed)


def test_the_desk_shows_everything_that_was_left_over_escaped() -> None:
    hostile = FILE.replace("Walk Site - all about walking", "Walk Site - all about <script>")
    said = report(draft_from(read(hostile), by=None).import_notes)

    html = render_to_string("admin/articles/article/_import.html", {"imported": said})

    assert "Walk Site - all about &lt;script&gt;" in html
    assert html.count("<q>") == 5
    assert "The file is dated 2024/05/01." in html


def test_a_file_says_where_a_draft_comes_from(tmp_path: Path) -> None:
    path = tmp_path / "walking.txt"
    path.write_bytes(FILE.encode("utf-16"))

    manuscript, origin = read_file(path)
    article = draft_from(manuscript, by=None, origin=origin)

    assert {name: article.import_notes[name] for name in ("file", "encoding")} == {
        "file": "walking.txt",
        "encoding": "utf-16",
    }
    assert article.revisions.get().note == "walking.txt"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "There are no words in it."),
        (b" \n\x00\n", "There are no words in it."),
        (b"\xff\xff\xa4", "It is neither UTF-8 nor UTF-16 nor Big5."),
        (b"a" * (LARGEST + 1), "It is larger than 2 MB."),
    ],
    ids=["empty", "blank", "binary", "large"],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(content)

    with pytest.raises(UnreadableError) as caught:
        read_file(path)

    assert str(caught.value) == reason
