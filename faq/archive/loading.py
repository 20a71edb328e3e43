"""Threads into the database, in batches: each batch whole or not at all, each thread once."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone
from django.utils.text import slugify

from faq.archive.lines import Bad, Record
from faq.archive.thread import ArchiveThread, BadThreadError, parse
from faq.archive.vocabulary import Vocabulary
from faq.models import Answer, AnswerCorrection, FollowUp, MoreInfo, Question, QuestionEvent, TaggedQuestion
from faq.states import Status, Who
from people.models import Department, Physician
from search.changes import changing
from text.fold import fold

BATCH: Final = 200
NAMESPACE: Final = uuid.UUID("3b6c6a1e-5d0f-5c5e-9d6b-0a7b7f7f8a10")
"""Names the uuid of an archive's thread after (source, id), so that it is the same in every house."""


@dataclass
class Plan:
    """How a run was asked for."""

    source: str = ""
    department: Department | None = None
    create_departments: bool = False
    names: dict[str, str] = field(default_factory=dict)
    dry_run: bool = False


@dataclass
class Tally:
    """What a run did: threads by department, and those known before."""

    loaded: Counter[str] = field(default_factory=Counter)
    known: int = 0
    bad: int = 0


class Loader:
    """Loads the records of one run. `load` takes a batch and returns what was bad in it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tally = Tally()
        self.vocabulary = Vocabulary()
        self.departments: dict[str, Department] = {}
        for department in Department.objects.all():
            self._remember(department)
        self.physicians: dict[tuple[str, str, str], Physician] = {}
        self.seen: set[tuple[str, str]] = set()

    def load(self, batch: list[Record | Bad]) -> list[Bad]:
        """Store the threads of a batch that are not known yet, in one transaction."""
        bad: list[Bad] = []
        threads: list[tuple[ArchiveThread, Department]] = []
        with changing():
            for record in batch:
                if isinstance(record, Bad):
                    bad.append(record)
                    continue
                try:
                    threads.append(self._placed(parse(record.fields, source=self.plan.source)))
                except BadThreadError as error:
                    bad.append(Bad(record.line, str(error), record.raw))
            self._store(self._new(threads))
        self.tally.bad += len(bad)
        return bad

    def _placed(self, thread: ArchiveThread) -> tuple[ArchiveThread, Department]:
        name = self.plan.names.get(thread.department, thread.department)
        if not name:
            if self.plan.department is None:
                raise BadThreadError("unknown department: none is named")
            return thread, self.plan.department
        department = self.departments.get(fold(name))
        if department is None and self.plan.create_departments:
            department = self._created(name, *thread.department_names[:2])
        if department is None:
            raise BadThreadError(f"unknown department {name!r}")
        return thread, department

    def _created(self, name: str, name_en: str = "", name_zh_hant: str = "") -> Department:
        name_en, name_zh_hant = name_en or name, name_zh_hant or name
        slug = slugify(name_en)[:50] or "department-" + hashlib.sha256(name.encode()).hexdigest()[:8]
        department = Department(slug=slug, name_en=name_en, name_zh_hant=name_zh_hant, order=1000, is_open=False)
        if not self.plan.dry_run:
            department.save()
        self._remember(department)
        return department

    def _remember(self, department: Department) -> None:
        for name in (department.slug, department.name_en, department.name_zh_hant):
            self.departments.setdefault(fold(name), department)

    def _new(self, threads: list[tuple[ArchiveThread, Department]]) -> list[tuple[ArchiveThread, Department]]:
        wanted = {(thread.source, thread.external_id) for thread, _department in threads}
        stored = Question.objects.filter(
            source__in={source for source, _id in wanted}, external_id__in={number for _source, number in wanted}
        )
        self.seen = set(stored.values_list("source", "external_id"))
        new = []
        for thread, department in threads:
            identity = (thread.source, thread.external_id)
            if identity in self.seen:
                self.tally.known += 1
                continue
            self.seen.add(identity)
            self.tally.loaded[department.slug] += 1
            new.append((thread, department))
        return new

    def _store(self, threads: list[tuple[ArchiveThread, Department]]) -> None:
        if self.plan.dry_run or not threads:
            return
        questions = Question.objects.bulk_create([_question(thread, place) for thread, place in threads])
        pairs = [(question, thread) for question, (thread, _place) in zip(questions, threads, strict=True)]
        QuestionEvent.objects.bulk_create(
            QuestionEvent(question=question, act="import", to_status=Status.IMPORTED, who=Who.SYSTEM)
            for question, _thread in pairs
        )
        self._store_replies(pairs)
        MoreInfo.objects.bulk_create(
            _more_info(question, thread.more_info) for question, thread in pairs if thread.more_info
        )
        TaggedQuestion.objects.bulk_create(
            TaggedQuestion(content_object=question, tag=concept)
            for question, thread in pairs
            for concept in self.vocabulary.tags_of(thread, question.department)
        )

    def _store_replies(self, pairs: list[tuple[Question, ArchiveThread]]) -> None:
        follow_ups = [
            [_follow_up(question, place, raw) for place, raw in enumerate(thread.follow_ups)]
            for question, thread in pairs
        ]
        FollowUp.objects.bulk_create(row for rows in follow_ups for row in rows)
        answers = [
            [self._answer(question, place, thread, added) for place in range(len(thread.replies))]
            for (question, thread), added in zip(pairs, follow_ups, strict=True)
        ]
        Answer.objects.bulk_create(row for rows in answers for row in rows)
        AnswerCorrection.objects.bulk_create(
            row for (_q, thread), rows in zip(pairs, answers, strict=True) for row in _corrections(thread, rows)
        )

    def _answer(self, question: Question, place: int, thread: ArchiveThread, follow_ups: list[FollowUp]) -> Answer:
        reply = thread.replies[place]
        fields = dict(reply.fields)
        names = fields.pop("_names")
        department = self.departments.get(fold(names["department"])) if names["department"] else question.department
        extra = {**reply.extra, **({"points_to": names["points_to"]} if names["points_to"] else {})}
        at = names["follow_up"]
        answer = Answer(
            question=question,
            position=place,
            key=uuid.uuid5(question.uuid, f"reply {place}"),
            department=department,
            body=reply.text,
            extra=extra,
            follow_up=follow_ups[at] if isinstance(at, int) and 0 <= at < len(follow_ups) else None,
            physician=self._physician(fields, names["physician_romanised"]),
            **fields,
        )
        answer.render()
        return answer

    def _physician(self, fields: dict[str, Any], romanised: str) -> Physician | None:
        name = fields["physician_name"]
        if not name:
            return None
        identity = (name, fields["hospital_zh_hant"], fields["hospital_en"])
        if identity not in self.physicians:
            self.physicians[identity], _made = Physician.objects.get_or_create(
                name=name,
                hospital_zh_hant=identity[1],
                hospital_en=identity[2],
                defaults={
                    "name_romanised": romanised or (name if name.isascii() else ""),
                    "title_en": fields["title_en"],
                    "title_zh_hant": fields["title_zh_hant"],
                },
            )
        return self.physicians[identity]


def _question(thread: ArchiveThread, department: Department) -> Question:
    question = Question(
        uuid=uuid.uuid5(NAMESPACE, f"{thread.source}\n{thread.external_id}"),
        source=thread.source,
        external_id=thread.external_id,
        language=thread.language,
        department=department,
        title=thread.title,
        body=thread.body,
        status=Status.IMPORTED,
        extra={**thread.extra, **_for_later(thread)},
        **thread.columns,
    )
    question.derive()
    return question


def _for_later(thread: ArchiveThread) -> dict[str, Any]:
    """What the second pass needs, kept with the unknown fields until then."""
    later = {"translation_of": thread.translation_of, "status": "closed" if thread.is_closed else ""}
    return {key: value for key, value in later.items() if value}


def _more_info(question: Question, fields: dict[str, Any]) -> MoreInfo:
    info = MoreInfo(question=question, **fields)
    info.is_public = bool(info.reviewed_on and info.reviewed_by)
    info.render()
    return info


def _follow_up(question: Question, place: int, raw: dict[str, Any]) -> FollowUp:
    kind = raw["kind"] if raw["kind"] in FollowUp.Kind.values else FollowUp.Kind.ADDITION
    key = uuid.uuid5(question.uuid, f"follow-up {place}")
    return FollowUp(
        question=question, kind=kind, body=raw["body"], prompt=raw["prompt"], key=key, asked_on=raw["asked_on"]
    )


def _corrections(thread: ArchiveThread, answers: Iterable[Answer]) -> list[AnswerCorrection]:
    return [
        AnswerCorrection(
            answer=answer,
            old_body=str(raw.get("old_text", "")),
            notice=str(raw.get("notice", ""))[:300],
            corrected_on=str(raw.get("corrected_on") or timezone.localdate()),
        )
        for answer, corrections in zip(answers, thread.corrections, strict=False)
        for raw in corrections
        if isinstance(raw, dict)
    ]
