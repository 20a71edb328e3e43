"""The command `import_article`."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from tests.factories import make_department, make_user
from tests.shared_data import shared_seed
from tests.text.manuscript.words import said, shown_words

pytestmark = pytest.mark.django_db

TEXT = "Walking Well\n\nIt is good for everyone.\n\nIt costs nothing.\n"


def written(folder: Path, name: str, text: str = TEXT, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_article", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_each_file_becomes_a_draft_and_a_line(tmp_path: Path) -> None:
    department, editor = make_department("rehabilitation"), make_user(role="editor")
    paths = [
        written(tmp_path, "a.txt"),
        written(tmp_path, "b.md", "# 走路\n\n走路很好。\n\n## 為什麼\n\n因為不用錢。", "cp950"),
    ]

    told = run(*paths, "--department", "rehabilitation", "--by", editor.username)

    first, second = Article.objects.order_by("pk")
    assert told.splitlines() == [
        f"a.txt: draft {first.pk} “Walking Well” (en), 0 headings, 0 lists, 0 FAQ entries; "
        "guessed: title first line, lede; missing: author, date, source, references",
        f"b.md: draft {second.pk} “走路” (zh-hant), 1 headings, 0 lists, 0 FAQ entries; "
        "guessed: lede; missing: author, date, source, references",
    ]
    assert {article.department for article in (first, second)} == {department}
    assert first.revisions.get().saved_by == editor


def test_the_same_words_make_no_second_draft(tmp_path: Path) -> None:
    run(written(tmp_path, "a.txt"))
    article = Article.objects.get()

    told = run(written(tmp_path, "b.txt", TEXT.replace("\n", "\r\n"), "utf-16"))

    assert told == f"b.txt: imported before, as article {article.pk} “Walking Well”.\n"
    assert Article.objects.count() == 1


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xff\xa4")
    errors = StringIO()

    with pytest.raises(CommandError, match=r"^2 of 3 files could not be read\.$"):
        call_command(
            "import_article", str(tmp_path / "none.txt"), str(bad), str(written(tmp_path, "a.txt")), stderr=errors
        )

    assert Article.objects.get().title == "Walking Well"
    assert errors.getvalue().splitlines() == [
        "none.txt: not imported. It cannot be opened: No such file or directory.",
        "bad.txt: not imported. It is neither UTF-8 nor UTF-16 nor Big5.",
    ]


@pytest.mark.parametrize("option", [("--department", "nowhere"), ("--by", "nobody")])
def test_a_department_or_an_account_that_does_not_exist_is_said(tmp_path: Path, option: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=option[1]):
        run(written(tmp_path, "a.txt"), *option)

    assert Article.objects.count() == 0


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
def test_no_word_of_a_seed_is_lost_on_the_way_into_the_database(number: str) -> None:
    path = shared_seed(number)

    run(path)

    article = Article.objects.get()
    notes = article.import_notes
    is_proposed = any(note["code"] == "title_proposed" for note in notes["guessed"])
    kept = [left["text"] for left in notes["left_over"]]
    entries = [f"{entry.question}\n{entry.answer}" for entry in article.faq_entries.all()]
    found = shown_words("" if is_proposed else article.title, article.lede, article.body, *entries, *kept)
    assert found == said(path.read_text(encoding="utf-8"))


def test_a_file_whose_name_is_no_utf_8_is_read_all_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, os.fsdecode(b"walk\xb0.txt"))

    told = run(path)

    article = Article.objects.get()
    assert (article.import_notes["file"], article.title) == ("walk.txt", "Walking Well")
    assert told.startswith("walk.txt: draft ")
