"""Make drafts of manuscripts: `manage.py import_article FILE…`."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing import UnreadableError, draft_from, imported_before, name_of, read_file
from articles.models import Article
from people.models import Department, User
from search.working import working
from text.manuscript import Heading, Listing, Manuscript, Note


class Command(BaseCommand):
    help = (
        "Makes a draft of each plain text or Markdown file: title, lede, headings, lists, FAQ entries, references. "
        "Nothing of a file is lost; what was guessed, is missing or was left over is shown with the draft. "
        "A file whose words were imported before makes no second draft."
    )

    made = 0

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--department", metavar="SLUG", help="the department that the drafts are filed under")
        parser.add_argument("--by", metavar="ACCOUNT", help="the account that saves the drafts (default: nobody)")

    def handle(self, *args: Any, **options: Any) -> None:
        by, department = _account(options["by"]), _department(options["department"])
        unread = 0
        files = options["files"]
        with working("articles", subject=name_of(files[0]), total=len(files), by=by) as work:
            for path in files:
                try:
                    self._import(path, by, department)
                except UnreadableError as error:
                    unread += 1
                    self.stderr.write(f"{name_of(path)}: not imported. {error}")
                work.advance()
            work.told(made=self.made, bad=unread)
        if unread:
            raise CommandError(f"{unread} of {len(options['files'])} files could not be read.")

    def _import(self, path: Path, by: User | None, department: Department | None) -> None:
        manuscript, origin = read_file(path)
        if before := imported_before(origin):
            self.stdout.write(f"{name_of(path)}: imported before, as article {before.pk} “{before.title}”.")
            return
        article = draft_from(manuscript, by=by, department=department, origin=origin)
        self.made += 1
        self.stdout.write(f"{name_of(path)}: {_told(article, manuscript)}")


def _account(name: str | None) -> User | None:
    account = User.objects.filter(username=name, is_active=True).first() if name else None
    if name and account is None:
        raise CommandError(f"There is no account {name}.")
    return account


def _department(slug: str | None) -> Department | None:
    department = Department.objects.filter(slug=slug).first() if slug else None
    if slug and department is None:
        raise CommandError(f"There is no department {slug}. Its address name is wanted, such as family-medicine.")
    return department


def _told(article: Article, manuscript: Manuscript) -> str:
    """One line: what was made, guessed, missing and left over."""
    headings = sum(isinstance(block, Heading) for block in manuscript.blocks)
    lists = sum(isinstance(block, Listing) for block in manuscript.blocks)
    parts = [
        f"draft {article.pk} “{article.title}” ({article.language}), "
        f"{headings} headings, {lists} lists, {len(manuscript.entries)} FAQ entries",
        _named("guessed", manuscript.notes.guessed),
        _named("missing", manuscript.notes.missing),
        _named("noticed", manuscript.notes.noticed),
        f"left over: {len(manuscript.left_over)}" if manuscript.left_over else "",
    ]
    return "; ".join(filter(None, parts))


def _named(what: str, notes: Sequence[Note]) -> str:
    names = dict.fromkeys(note.code.replace("_", " ") for note in notes)
    return f"{what}: {', '.join(names)}" if names else ""
