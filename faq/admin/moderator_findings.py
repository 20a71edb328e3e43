"""The person's own words beside the public ones: opened through their door, compared, and what was found in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from faq.models import Answer, Finding, FollowUp, IntakeValue, Question, SealedText
from people.models import User
from text.diff import Piece, diff

NEW_QUESTION: Final = gettext_noop("moderating a new question")
"""The reason that needs no typing: whoever decides on a new question has to read what was written."""

KINDS: Final = {
    "national_id": gettext_lazy("national identity number"),
    "resident_id": gettext_lazy("resident certificate number"),
    "labelled_id": gettext_lazy("number of a document"),
    "email": gettext_lazy("e-mail address"),
    "mobile": gettext_lazy("mobile number"),
    "landline": gettext_lazy("telephone number"),
    "asker": gettext_lazy("hidden at the asker's wish"),
    "marked": gettext_lazy("marked by a moderator"),
}
FIELDS: Final = {
    "title": gettext_lazy("Title"),
    "body": gettext_lazy("Question"),
    "nickname": gettext_lazy("Nickname"),
    "editorial_title": gettext_lazy("Editorial title"),
}


@dataclass(frozen=True)
class FindingRow:
    """A finding as a moderator reads it. `words` is empty while the text that it is about is not open."""

    finding: Finding
    kind: str
    place: str
    words: str
    can_show: bool
    can_hide: bool

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.finding.decision == Finding.Decision.OPEN


@dataclass(frozen=True)
class Compared:
    """One text as the person wrote it, as everyone reads it, and what differs."""

    label: str
    original: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        """Whether the two differ at all."""
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True)
class Original:
    """The opened words of a question (None) and of its follow-ups, by number."""

    words: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.words)

    def text(self, part: int | None, name: str) -> str:
        """Return one opened text, or nothing."""
        words = self.words.get(part, {})
        key = name.removeprefix("intake:")
        return str((words if key == name else words.get("intake", {})).get(key, ""))


def open_original(question: Question, *, by: User, reason: str) -> Original:
    """Open everything that is sealed about a question, each piece with an entry in the log."""
    sealed = SealedText.objects.filter(question=question).order_by("follow_up_id")
    return Original({row.follow_up_id: row.open(by=by, reason=reason) for row in sealed})


def compared(question: Question, original: Original, intake: Iterable[IntakeValue]) -> list[Compared]:
    """Compare the question's own texts; none where nothing is open."""
    if None not in original.words:
        return []
    public = [(name, str(FIELDS[name]), getattr(question, name)) for name in ("title", "body", "nickname")]
    public += [(f"intake:{value.field.key}", value.field.label, value.value) for value in intake]
    return [_compared(label, original.text(None, name), text) for name, label, text in public]


def compared_follow_up(follow_up: FollowUp, original: Original) -> Compared | None:
    """Compare what the asker added; None where it is not open."""
    if follow_up.pk not in original.words:
        return None
    return _compared(follow_up.get_kind_display(), original.text(follow_up.pk, "body"), follow_up.body)


def findings_of(
    question: Question, original: Original, follow_ups: Iterable[FollowUp], answers: Iterable[Answer]
) -> list[FindingRow]:
    """Return every finding that still says something, the undecided first; one query."""
    found = Finding.objects.filter(question=question).exclude(decision=Finding.Decision.SUPERSEDED)
    public = _public_texts(question, follow_ups, answers)
    rows = [_row(finding, original, public) for finding in found]
    return sorted(rows, key=lambda row: not row.is_open)


def _compared(label: str, original: str, public: str) -> Compared:
    return Compared(label, original, diff(original, public))


def _public_texts(
    question: Question, follow_ups: Iterable[FollowUp], answers: Iterable[Answer]
) -> dict[tuple[int | None, str], str]:
    texts: dict[tuple[int | None, str], str] = {(None, name): getattr(question, name) for name in FIELDS}
    texts |= {(follow_up.pk, "body"): follow_up.body for follow_up in follow_ups}
    return texts | {(None, f"answer:{answer.pk}"): answer.body for answer in answers}


def _row(finding: Finding, original: Original, public: dict[tuple[int | None, str], str]) -> FindingRow:
    # Words that were cut out of public text are gone from there, and the place says nothing any more.
    is_cut = finding.basis == Finding.Basis.PUBLIC and finding.decision == Finding.Decision.HIDDEN
    words = "" if is_cut else _words(finding, original, public)
    return FindingRow(
        finding=finding,
        kind=str(KINDS.get(finding.kind, finding.kind)),
        place=_place_of(finding),
        words=words,
        can_show=bool(words) and finding.decision != Finding.Decision.SHOWN,
        can_hide=not is_cut and finding.decision != Finding.Decision.HIDDEN,
    )


def _words(finding: Finding, original: Original, public: dict[tuple[int | None, str], str]) -> str:
    if finding.basis == Finding.Basis.SEALED:
        text = original.text(finding.follow_up_id, finding.field)
    else:
        text = public.get((finding.follow_up_id, finding.field), "")
    return text[finding.start : finding.end]


def _place_of(finding: Finding) -> str:
    if finding.follow_up_id is not None:
        return _("Follow-up")
    if finding.field.startswith("answer:"):
        return _("Answer")
    if finding.field.startswith("intake:"):
        return _("Further details")
    return str(FIELDS.get(finding.field, finding.field))
