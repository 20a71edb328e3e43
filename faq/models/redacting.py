"""How public text is made from the person's own words: guards find, findings hide, moderators decide."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from faq.models.answer import Answer
from faq.models.finding import Finding, with_redactions
from faq.models.followup import FollowUp
from faq.models.sealed import SealedText
from people.models import User
from text.guards.patient_data import Hit, find

if TYPE_CHECKING:
    from faq.models.thread import Thread

TEXT_FIELDS: Final = ("title", "body", "nickname")


def hits_in(text: str) -> list[Hit]:
    """Return what every guard that exists finds in one text."""
    return find(text)


def guarded(
    question: "Thread",
    words: dict[str, str],
    *,
    follow_up: FollowUp | None = None,
    basis: str = Finding.Basis.SEALED,
) -> tuple[dict[str, str], list[Finding]]:
    """Run the guards over each text, store what they find, and return the texts with the spans hidden.

    Found in public text (`basis` public) the words stay as they are until somebody decides: they are not public yet.
    """
    findings = [
        Finding(
            question_id=question.pk,
            follow_up=follow_up,
            basis=basis,
            field=field,
            kind=hit.kind,
            start=hit.start,
            end=hit.end,
        )
        for field, text in words.items()
        for hit in hits_in(text)
    ]
    Finding.objects.bulk_create(findings)
    if basis == Finding.Basis.PUBLIC:
        return words, findings
    return {field: _redacted(question, field, text, findings) for field, text in words.items()}, findings


def decide(finding: Finding, *, show: bool, by: User) -> None:
    """Decide a finding: hide its words for good, or show them. The public text follows at once."""
    finding.decision = Finding.Decision.SHOWN if show else Finding.Decision.HIDDEN
    finding.decided_by, finding.decided_at = by, timezone.now()
    finding.save()
    if finding.basis == Finding.Basis.SEALED:
        rebuild(finding.question, follow_up=finding.follow_up, by=by)
    elif not show:
        _cut_out(finding)


def rebuild(
    question: "Thread",
    *,
    by: User | None,
    follow_up: FollowUp | None = None,
    reason: str = "",
) -> None:
    """Write the public text again from the sealed one and the findings that hide."""
    sealed = SealedText.objects.filter(question_id=question.pk, follow_up=follow_up).first()
    if sealed is None or (follow_up is None and question.is_revised):
        return
    words = sealed.open(by=by, reason=reason or "decision on a finding")
    findings = list(Finding.objects.filter(question_id=question.pk, follow_up=follow_up).of_sealed().hiding())
    if follow_up is not None:
        follow_up.body = _redacted(question, "body", words["body"], findings)
        follow_up.save(update_fields=["body"])
        return
    for field in TEXT_FIELDS:
        setattr(question, field, _redacted(question, field, words.get(field, ""), findings))
    question.store_text()
    _rebuild_intake(question, words.get("intake", {}), findings)


def conceal(question: "Thread", phrases: Iterable[str]) -> list[str]:
    """Hide every occurrence of the asker's phrases in the sealed words; returns those that do not occur."""
    sealed = SealedText.objects.filter(question_id=question.pk, follow_up__isnull=True).first()
    words = sealed.open(by=None, reason="the asker hides words") if sealed else {}
    missed, added = [], []
    for phrase in phrases:
        places = [(field, at) for field in TEXT_FIELDS for at in _places(words.get(field, ""), phrase)]
        added += [
            Finding(
                question_id=question.pk,
                field=field,
                kind="asker",
                start=at,
                end=at + len(phrase),
            )
            for field, at in places
        ]
        if not places:
            missed.append(phrase)
    Finding.objects.bulk_create(added)
    rebuild(question, by=None, reason="the asker hides words")
    return missed


def _places(text: str, phrase: str) -> list[int]:
    places, at = [], text.find(phrase) if phrase else -1
    while at >= 0:
        places.append(at)
        at = text.find(phrase, at + len(phrase))
    return places


def _redacted(question: "Thread", field: str, text: str, findings: Iterable[Finding]) -> str:
    return with_redactions(
        text,
        [finding for finding in findings if finding.field == field],
        question.language,
    )


def _rebuild_intake(question: "Thread", originals: dict[str, Any], findings: list[Finding]) -> None:
    for value in question.intake_values.select_related("field"):
        original = str(originals.get(value.field.key, value.value))
        value.value = _redacted(question, f"intake:{value.field.key}", original, findings)[:200]
        value.save(update_fields=["value"])


def _holder_of(finding: Finding) -> tuple[Any, str]:
    """Return the row that holds the words of a finding in public text, and the name of its field there."""
    if finding.follow_up is not None:
        return finding.follow_up, "body"
    if finding.field.startswith("answer:"):
        return Answer.objects.get(pk=finding.field.removeprefix("answer:"), question_id=finding.question_id), "body"
    return finding.question, finding.field


def words_of(finding: Finding, sealed: dict[str, Any]) -> str:
    """Return the words that a finding marks; `sealed` is the opened text of those counted there."""
    if finding.basis == Finding.Basis.PUBLIC:
        holder, name = _holder_of(finding)
        return str(getattr(holder, name))[finding.start : finding.end]
    key = finding.field.removeprefix("intake:")
    text = sealed.get("intake", {}).get(key, "") if finding.field != key else sealed.get(finding.field, "")
    return str(text)[finding.start : finding.end]


def _cut_out(finding: Finding) -> None:
    """Hide a span of public text in place, and move the later findings of that field along."""
    holder, name = _holder_of(finding)
    before = getattr(holder, name)
    after = with_redactions(before, [finding], finding.question.language)
    setattr(holder, name, after)
    if holder is finding.question:
        holder.store_text()
    else:
        holder.save()
    moved = len(after) - len(before)
    later = Finding.objects.filter(
        question_id=finding.question_id,
        follow_up=finding.follow_up,
        basis=Finding.Basis.PUBLIC,
        field=finding.field,
        start__gte=finding.end,
    )
    for other in later:
        other.start, other.end = other.start + moved, other.end + moved
        other.save(update_fields=["start", "end"])
