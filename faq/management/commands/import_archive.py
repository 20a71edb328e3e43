"""Load threads of an archive, `manage.py import_archive FILE…`, or a set of texts to rank, `… --corpus DIR`."""

import codecs
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from faq.archive.corpus import Corpus, as_threads, loader_of, publish
from faq.archive.lines import Bad, Record, is_csv, open_archive, records
from faq.archive.loading import BATCH, Loader, Plan
from faq.archive.second_pass import second_pass, waiting
from people.models import Department
from people.standard import ensure_departments
from search.index.catching_up import catch_up
from search.working import both, working

Reading = Callable[[Iterator[Record | Bad]], Iterator[Record | Bad]]


class Command(BaseCommand):
    help = (
        "Loads threads from JSON Lines or CSV (plain, .gz or .xz). What was loaded before is left as it is, so a run "
        "can be repeated or resumed. Bad lines go to a quarantine file with their number and the reason."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--corpus",
            type=Path,
            metavar="DIR",
            help="a retrieval set instead: publish and index every text of DIR/corpus.jsonl, unguarded: for judging",
        )
        parser.add_argument("--department", metavar="SLUG", help="where threads go that name no department")
        parser.add_argument("--create-departments", action="store_true", help="make departments that are not known")
        parser.add_argument("--source", default="", metavar="NAME", help="name of the archive, where a line has none")
        parser.add_argument("--map", type=Path, metavar="FILE", help="JSON object: department name → slug or name")
        parser.add_argument("--encoding", default="auto", help="auto: UTF-8, then cp950, then big5hkscs")
        parser.add_argument("--dry-run", action="store_true", help="read everything, store nothing")
        parser.add_argument("--quarantine", type=Path, metavar="FOLDER", help="where bad lines go (var/quarantine)")
        parser.add_argument("--no-publish", action="store_true", help="load only; publish what is clean another time")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["files"]) == bool(options["corpus"]):
            raise CommandError("Name files of an archive, or one folder with --corpus.")
        plan = self._plan(options)
        if options["corpus"]:
            self._take(Corpus(options["corpus"], options["source"]), plan, options)
            return
        loader = Loader(plan)
        for path in options["files"]:
            self._load(loader, path, options)
        self._tell(loader)
        if not (plan.dry_run or options["no_publish"]):
            self._publish()

    def _take(self, corpus: Corpus, plan: Plan, options: dict[str, Any]) -> None:
        """Load, publish and index a retrieval set."""
        path = corpus.file
        if path is None:
            raise CommandError(f"There is no corpus.jsonl in {corpus.folder}.")
        loader = loader_of(corpus, plan.department)
        self._load(loader, path, options, as_threads)
        published = publish(corpus)
        catch_up(settings.INDEX_DIR)
        tally = loader.tally
        self.stdout.write(
            f"{published:,} texts of {corpus.archive} can be ranked, {tally.known:,} known before, {tally.bad:,} bad"
        )

    def _plan(self, options: dict[str, Any]) -> Plan:
        for path in options["files"]:
            if not path.is_file():
                raise CommandError(f"There is no file {path}.")
        try:
            codecs.lookup("utf-8" if options["encoding"] == "auto" else options["encoding"])
        except LookupError:
            raise CommandError(f"There is no encoding named {options['encoding']}.") from None
        ensure_departments()
        names = self._names(options["map"])
        slug = options["department"]
        department = Department.objects.filter(slug=slug).first() if slug else None
        if slug and department is None:
            raise CommandError(f"There is no department {slug}. Its address name is wanted, such as family-medicine.")
        return Plan(options["source"], department, options["create_departments"], names, options["dry_run"])

    def _names(self, path: Path | None) -> dict[str, str]:
        if path is None:
            return {}
        try:
            names = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"The map cannot be read: {error}") from None
        if not isinstance(names, dict):
            raise CommandError('The map is a JSON object such as {"Cardio": "cardiology"}.')
        return {str(name): str(target) for name, target in names.items()}

    def _load(self, loader: Loader, path: Path, options: dict[str, Any], read: Reading = lambda found: found) -> None:
        stream, on_disk = open_archive(path)
        quarantine = Quarantine(self._folder(options) / f"{path.name}.quarantine.jsonl", write=not options["dry_run"])
        found = read(records(stream, as_csv=is_csv(path), encoding=options["encoding"]))
        with (
            stream,
            on_disk,
            quarantine,
            tqdm(
                total=path.stat().st_size, unit="B", unit_scale=True, desc=path.name, disable=options["verbosity"] == 0
            ) as bar,
            working("archive", subject=path.name, total=path.stat().st_size) as work,
        ):
            known, bad = loader.tally.known, loader.tally.bad
            before = sum(loader.tally.loaded.values())
            for batch in _batches(_unbroken(found)):
                quarantine.keep(loader.load(batch))
                work.advance(on_disk.tell() - work.done)
                bar.update(on_disk.tell() - bar.n)
                bar.set_postfix(threads=sum(loader.tally.loaded.values()), bad=loader.tally.bad, refresh=False)
            work.told(
                loaded=sum(loader.tally.loaded.values()) - before,
                known=loader.tally.known - known,
                bad=loader.tally.bad - bad,
            )
        if quarantine.count:
            self.stdout.write(f"{path.name}: {quarantine.count} bad lines are in {quarantine.path}")

    def _folder(self, options: dict[str, Any]) -> Path:
        folder: Path = options["quarantine"] or settings.BASE_DIR / "var" / "quarantine"
        return folder

    def _tell(self, loader: Loader) -> None:
        for slug, count in sorted(loader.tally.loaded.items()):
            self.stdout.write(f"{count:8,}  {slug}")
        total = sum(loader.tally.loaded.values())
        self.stdout.write(f"{total:,} loaded, {loader.tally.known:,} known before, {loader.tally.bad:,} quarantined")

    def _publish(self) -> None:
        total = waiting()
        with (
            tqdm(total=total, unit="threads", desc="guard and publish", disable=None) as bar,
            working("archive_pass", total=total) as work,
        ):
            passed = second_pass(both(bar.update, work.advance))
            work.told(published=passed.published, held=passed.held)
        self.stdout.write(f"{passed.published:,} published, {passed.held:,} left to the moderators")


class Quarantine:
    """The file of bad lines, made only when there is one."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path, self.write, self.count = path, write, 0
        self.file: IO[str] | None = None

    def __enter__(self) -> "Quarantine":
        return self

    def __exit__(self, *_error: object) -> None:
        if self.file:
            self.file.close()

    def keep(self, bad: list[Bad]) -> None:
        """Add lines to it."""
        self.count += len(bad)
        if bad and self.write:
            if self.file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.file = self.path.open("w", encoding="utf-8")
            self.file.writelines(line.as_json() + "\n" for line in bad)


def _batches(found: Iterator[Record | Bad]) -> Iterator[list[Record | Bad]]:
    while batch := list(islice(found, BATCH)):
        yield batch


def _unbroken(found: Iterator[Record | Bad]) -> Iterator[Record | Bad]:
    """End a damaged .gz or .xz file with a bad line instead of a broken run: what was read before it is kept."""
    line = 0
    try:
        for record in found:
            line = record.line
            yield record
    except (OSError, EOFError, ValueError) as error:
        yield Bad(line + 1, f"the file is damaged from here on: {error}", b"")
