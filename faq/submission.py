"""How a question comes in: sealed, guarded, given its ticket and its first event, all at once or not at all."""

import hashlib
import hmac
import json
import uuid
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from faq.models import (
    ConsentText,
    IntakeValue,
    Notification,
    Question,
    QuestionEvent,
    SealedText,
    Ticket,
)
from faq.models.redacting import TEXT_FIELDS, guarded
from faq.states import Status, Who
from people.models import Department
from search.changes import changing


@dataclass(frozen=True)
class Submission:
    """What the ask form hands over, cleaned: the person's words, and what they chose."""

    key: uuid.UUID
    department: Department
    language: str
    title: str
    body: str
    nickname: str
    age_band: str
    sex: str
    for_whom: str
    wants_public: bool
    consent: ConsentText | None = None
    email: str = ""
    intake: dict[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """Return a keyed hash of everything sent, to tell a repeated form from a changed one."""
        words = {name: value for name, value in asdict(self).items() if name not in {"key", "department", "consent"}}
        sent = json.dumps([self.department.pk, words], sort_keys=True, ensure_ascii=False)
        return hmac.new(settings.SECRET_KEY.encode(), sent.encode(), hashlib.sha256).hexdigest()


class ChangedAfterSending(Exception):
    """The same form was sent again with other words; the question that was saved first is `question`."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.pk)
        self.question = question


def submit(sent: Submission) -> Question:
    """Save a question and everything that belongs to it; the same form sent again returns the question it made.

    Raises ChangedAfterSending when the form's key made a question before but the words are others now.
    """
    known = Question.objects.filter(uuid=sent.key).first()
    if known is None:
        try:
            return _save(sent)
        except IntegrityError:
            # The double click: the other request saved it between our look and our insert.
            known = Question.objects.get(uuid=sent.key)
    if not hmac.compare_digest(known.submission_digest, sent.digest()):
        raise ChangedAfterSending(known)
    return known


def _save(sent: Submission) -> Question:
    with changing() as keys:
        question = Question.objects.create(
            uuid=sent.key,
            submission_digest=sent.digest(),
            department=sent.department,
            language=sent.language,
            age_band=sent.age_band,
            sex=sent.sex,
            for_whom=sent.for_whom,
            wants_public=sent.wants_public,
            consent=sent.consent,
            asked_on=timezone.localdate(),
            status=Status.SUBMITTED,
        )
        _seal_and_show(question, sent)
        Ticket.issue(question)
        event = QuestionEvent.objects.create(
            question=question, act="submit", to_status=Status.SUBMITTED, who=Who.ASKER
        )
        if sent.email:
            Notification.objects.create(event=event)
        keys.add(f"department:{question.department_id}:waiting")
    return question


def _seal_and_show(question: Question, sent: Submission) -> None:
    words = {"title": sent.title, "body": sent.body, "nickname": sent.nickname}
    SealedText.seal({**words, "email": sent.email, "intake": sent.intake}, question=question)
    intake = {f"intake:{key}": value for key, value in sent.intake.items()}
    shown, _findings = guarded(question, {**words, **intake})
    for name in TEXT_FIELDS:
        setattr(question, name, shown[name])
    question.store_text()
    fields = {row.key: row for row in sent.department.intake_fields.all()}
    IntakeValue.objects.bulk_create(
        IntakeValue(
            question=question,
            field=fields[key],
            value=shown[f"intake:{key}"][:200],
            is_public=fields[key].is_public,
        )
        for key in sent.intake
    )
