"""The page of one question as a moderator reads it, with all that is offered beside it."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from faq.admin.moderator_feature import topics_for
from faq.admin.moderator_fetch import question_of
from faq.admin.moderator_findings import (
    NEW_QUESTION,
    Compared,
    FindingRow,
    Original,
    compared,
    compared_follow_up,
    findings_of,
    open_original,
)
from faq.admin.moderator_merge import merged_into
from faq.admin.moderator_queues import NEW, Queue, undoable_acts
from faq.admin.moderator_similar import similar_rows
from faq.department_suggestion import SuggestedDepartment
from faq.forms.moderation import ModerationForm
from faq.models import FollowUp, Question, SealedAccess
from faq.states import MOVES, InvalidMove, Who
from faq.suggest import FoundConcept, suggestions_for
from people.models import Department, User
from search.models import Concept
from text.diff import Piece, diff

EVENTS: Final = 50
ACCESSES: Final = 20


@dataclass(frozen=True)
class TagBox:
    """A concept with its box: whether it is ticked, and the words of the question that suggest it, or others' tags."""

    concept: Concept
    is_ticked: bool
    words: str = ""
    is_borrowed: bool = False


@dataclass(frozen=True)
class AddedRow:
    """What the asker added, compared with what was written, and whether a moderator can let it through."""

    follow_up: FollowUp
    compared: Compared | None
    can_show: bool


@dataclass
class Screen:
    """One question on the desk, and what is said about the last try."""

    user: User
    question: Question
    queue: Queue = NEW
    form: ModerationForm | None = None
    reason: str = ""
    sentences: list[str] = field(default_factory=list)
    is_saved: bool = False

    def context(self) -> dict[str, Any]:
        """Return the template's words."""
        question, form = self.question, self.form or ModerationForm(question=self.question)
        original = self._original()
        suggested = suggestions_for(question, list(form.tagged.values()))
        follow_ups, answers = list(question.follow_ups.all()), list(question.answers.select_related("physician"))
        intake = list(question.intake_values.select_related("field"))
        findings = findings_of(question, original, follow_ups, answers)
        return {
            "title": _("Question %d") % question.pk,
            "question": question,
            "queue": self.queue,
            "form": form,
            "acts": acts_of(question),
            "sentences": [*self.sentences, *_sentences_of_form(form)],
            "is_saved": self.is_saved,
            "newer": newer_texts(form),
            "tags": tag_boxes(form, suggested.tags),
            "departments": _departments(suggested.departments),
            "suggested": suggested,
            "original": original,
            "is_sealed": bool(original) or question.sealed.exists(),
            "compared": compared(question, original, intake),
            "intake": intake,
            "answers": answers,
            "added": [_added(each, original, findings) for each in follow_ups],
            "findings": findings,
            "undecided": sum(row.is_open for row in findings),
            "last_act": undoable_acts(self.user).first(),
            "topics": topics_for(question),
            "neighbours": similar_rows(question),
            "merging": merged_into(question),
            **logs_of(question),
        }

    def _original(self) -> Original:
        if self.question.status in MOVES["accept"].sources:
            return open_original(self.question, by=self.user, reason=NEW_QUESTION)
        return open_original(self.question, by=self.user, reason=self.reason) if self.reason else Original()


def show(request: HttpRequest, site: AdminSite, screen: Screen) -> HttpResponse:
    """Answer with the page."""
    context = {**site.each_context(request), "is_nav_sidebar_enabled": False, **screen.context()}
    return render(request, "admin/faq/moderator_question.html", context)


def acts_of(question: Question) -> set[str]:
    """Return what the table of moves lets a moderator do with a question where it is, and "edit" where it lives."""
    moves = {name for name, move in MOVES.items() if question.status in move.sources and Who.MODERATOR in move.who}
    moves -= {"undo", "merge", "unmerge"}
    return moves | {"edit"} if moves else moves


def sentences_of(error: InvalidMove, user: User, pk: int) -> list[str]:
    """Return what to say to a moderator whose act was not possible: what is missing, or where the question is now."""
    question = question_of(user, pk)
    move = MOVES.get(error.move)
    if move and question.status not in move.sources:
        return [_("This is not possible any more: the question is now “%s”.") % question.get_status_display()]
    return error.conditions or [_("This is not possible at the moment.")]


def logs_of(question: Question) -> dict[str, Any]:
    """Return what happened to a question, and who opened its sealed text, the last first; two queries."""
    accesses = SealedAccess.objects.filter(question=question).select_related("actor")
    return {
        "events": list(question.events.select_related("actor").order_by("-pk")[:EVENTS]),
        "accesses": list(accesses[:ACCESSES]),
    }


def tag_boxes(form: ModerationForm, found: list[FoundConcept]) -> list[TagBox]:
    """Return a box for every tag that is set, was ticked, is suggested by the text, or was meant by a typed name."""
    by_concept = {each.concept.pk: each for each in found}
    known = {**form.tagged, **form.wanted, **{each.concept.pk: each.concept for each in found}}
    known |= {concept.pk: concept for concept in form.unclear}
    return [
        TagBox(
            concept,
            pk in form.wanted,
            by_concept[pk].words if pk in by_concept else "",
            is_borrowed=pk in by_concept and by_concept[pk].is_borrowed,
        )
        for pk, concept in known.items()
    ]


def newer_texts(form: ModerationForm) -> list[tuple[str, str, list[Piece]]]:
    """Return the texts that somebody else wrote meanwhile: label, the text as it is now, how the person's differs."""
    texts = [name for name in sorted(form.overtaken) if isinstance(form.now[name], str)]
    return [
        (str(form.fields[name].label), form.now[name], diff(form.now[name], str(form[name].value()))) for name in texts
    ]


def _sentences_of_form(form: ModerationForm) -> list[str]:
    if not form.errors:
        return []
    return [_("Nothing was saved yet. See the sentences at the fields below.")]


def _departments(suggested: list[SuggestedDepartment]) -> dict[str, list[Department]]:
    first = [each.department for each in suggested]
    return {"suggested": first, "others": [each for each in Department.objects.all() if each not in first]}


def _added(follow_up: FollowUp, original: Original, findings: list[FindingRow]) -> AddedRow:
    waits = any(row.is_open and row.finding.follow_up_id == follow_up.pk for row in findings)
    return AddedRow(follow_up, compared_follow_up(follow_up, original), not waits and not follow_up.is_accepted)
