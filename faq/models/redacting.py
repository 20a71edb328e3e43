"""How public text is made from the person's own words: guards find, findings hide, moderators decide."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, cast

from django.utils import timezone
from django.utils.translation import gettext_noop

from faq.models.answer import Answer
from faq.models.finding import Finding, with_redactions
from faq.models.followup import FollowUp
from faq.models.intake import IntakeValue
from faq.models.sealed import SealedText
from people.models import User
from text.guards.patient_data import Hit, find

if TYPE_CHECKING:
    from faq.models.question import Question
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
    if sealed is None:
        return
    words = sealed.open(by=by, reason=reason or gettext_noop("decision on a finding"))
    findings = list(Finding.objects.filter(question_id=question.pk, follow_up=follow_up).of_sealed().hiding())
    if follow_up is not None:
        follow_up.body = _redacted(question, "body", words["body"], findings)
        follow_up.save(update_fields=["body"])
        return
    if not question.is_revised:
        for field in TEXT_FIELDS:
            setattr(question, field, _redacted(question, field, words.get(field, ""), findings))
        question.store_text()
    _rebuild_intake(question, words.get("intake", {}), findings)


def conceal(question: "Thread", phrases: Iterable[str], *, by: User | None = None) -> list[str]:
    """Hide every occurrence of phrases: at the asker's wish, or a moderator's (`by`); returns those that do not occur.

    They are looked for in the sealed words from which the public text is made, and where a moderator has revised that
    text, or nothing was sealed, in the public text itself. A moderator's marks are decided, an asker's wait for one.
    """
    phrases = [phrase for phrase in phrases if phrase]
    found: set[str] = set()
    for part in _sealed_parts(question):
        found |= _conceal_sealed(question, phrases, part, by)
    revised = question.is_revised or not SealedText.objects.filter(question_id=question.pk).exists()
    found |= _conceal_public(question, phrases, by, [*(TEXT_FIELDS if revised else ()), "editorial_title"])
    return [phrase for phrase in phrases if phrase not in found]


def _sealed_parts(question: "Thread") -> list[FollowUp | None]:
    """The question itself (None), and what the asker added later."""
    return [None, *FollowUp.objects.filter(question_id=question.pk, sealed__isnull=False)]


def _conceal_sealed(question: "Thread", phrases: list[str], part: FollowUp | None, by: User | None) -> set[str]:
    sealed = SealedText.objects.filter(question_id=question.pk, follow_up=part).first()
    if sealed is None:
        return set()
    reason = gettext_noop("hiding words") if by else gettext_noop("the asker hides words")
    words = sealed.open(by=by, reason=reason)
    texts = {} if question.is_revised and part is None else {name: words.get(name, "") for name in TEXT_FIELDS}
    texts |= {f"intake:{key}": str(value) for key, value in words.get("intake", {}).items()}
    places = [(phrase, field, at) for phrase in phrases for field in texts for at in _places(texts[field], phrase)]
    # An asker's form that was sent twice marks nothing twice.
    hidden = Finding.objects.filter(question_id=question.pk, follow_up=part, kind="asker").of_sealed().hiding()
    known = set() if by else set(hidden.values_list("field", "start", "end"))
    Finding.objects.bulk_create(
        _marked(question, by, follow_up=part, field=field, start=at, end=at + len(phrase))
        for phrase, field, at in places
        if (field, at, at + len(phrase)) not in known
    )
    if places:
        rebuild(question, by=by, follow_up=part, reason=reason)
    return {phrase for phrase, _field, _at in places}


def _conceal_public(question: "Thread", phrases: list[str], by: User | None, fields: list[str]) -> set[str]:
    found: set[str] = set()
    for field in fields:
        text = getattr(question, field)
        spans = [(at, at + len(phrase), phrase) for phrase in phrases for at in _places(text, phrase)]
        found |= {phrase for _start, _end, phrase in spans}
        for start, end in reversed(_with_undecided(question, field, [span[:2] for span in spans])):
            finding = _marked(question, by, basis=Finding.Basis.PUBLIC, field=field, start=start, end=end)
            # Cut out at once: there is nothing left to be shown again, and so nothing to decide.
            finding.decision, finding.decided_at = Finding.Decision.HIDDEN, timezone.now()
            finding.save()
            _cut_out(finding)
    return found


def _with_undecided(question: "Thread", field: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap, with each other or with a finding that waits: a number half hidden is not hidden."""
    waiting = Finding.objects.filter(question_id=question.pk, follow_up=None, basis=Finding.Basis.PUBLIC, field=field)
    for finding in waiting.undecided() if spans else []:
        if any(start < finding.end and finding.start < end for start, end in spans):
            finding.decision = Finding.Decision.SUPERSEDED
            finding.save(update_fields=["decision"])
            spans.append((finding.start, finding.end))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        first, last = joined.pop() if joined and start < joined[-1][1] else (start, end)
        joined.append((first, max(end, last)))
    return joined


def _marked(question: "Thread", by: User | None, **span: Any) -> Finding:
    decided = {"decision": Finding.Decision.HIDDEN, "decided_by": by, "decided_at": timezone.now()} if by else {}
    # The row itself, not its number: what is cut out is cut out of the caller's copy.
    return Finding(question=cast("Question", question), kind="marked" if by else "asker", **decided, **span)


def _places(text: str, phrase: str) -> list[int]:
    places, at = [], text.find(phrase) if phrase else -1
    while at >= 0:
        places.append(at)
        at = text.find(phrase, at + len(phrase))
    return places


def _redacted(question: "Thread", field: str, text: str, findings: Iterable[Finding]) -> str:
    own = [finding for finding in findings if finding.field == field]
    return _fitting(question, field, with_redactions(text, own, question.language))


def _fitting(question: "Thread", field: str, text: str) -> str:
    """Cut off what has no room in the column: a label may be longer than the words it hides."""
    most = None if ":" in field else getattr(question._meta.get_field(field), "max_length", None)
    return text[:most]


def _rebuild_intake(question: "Thread", originals: dict[str, Any], findings: list[Finding]) -> None:
    for value in IntakeValue.objects.filter(question_id=question.pk).select_related("field"):
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


def _cut_out(finding: Finding) -> None:
    """Hide a span of public text in place, and move the later findings of that field along."""
    holder, name = _holder_of(finding)
    before = getattr(holder, name)
    after = with_redactions(before, [finding], finding.question.language)
    if holder is finding.question:
        after = _fitting(holder, name, after)
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
