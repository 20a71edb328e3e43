"""The forms of a question's screen, and what has been typed into them: a page that comes again keeps every word."""

import uuid
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from django import forms

from faq.forms.answer import AnswerForm, AskForm, CorrectionForm, DeclineForm, HandOverForm, draft_fields
from faq.models import Answer, AnswerDraft, FollowUp, Question

AnyForm = TypeVar("AnyForm", bound=forms.Form)
NOTHING: Final[Mapping[str, str]] = {}


class Typed:
    """The forms of one screen.

    `sent` is the request's data. Only the form named `checked` is bound to it and says what is wrong; the others show
    what was typed without a word about it.
    """

    def __init__(
        self,
        question: Question,
        draft: AnswerDraft | None,
        sent: Mapping[str, str] = NOTHING,
        *,
        checked: str = "",
    ) -> None:
        self.question = question
        self.sent = sent
        self.checked = checked
        self.is_from_main = "body" in sent
        initial = self._first_values(draft)
        self.answer = self._form("answer", AnswerForm, "", initial, question=question)
        self.ask = self._form("ask", AskForm, "ask", {})
        self.hand_over = self._form("hand_over", HandOverForm, "hand_over", {}, question=question)
        self.decline = self._form("decline", DeclineForm, "decline", {})

    def is_refused(self) -> bool:
        """Say whether the checked form has something marked, so that the page can say so at its top."""
        forms_by_name = {"answer": self.answer, "ask": self.ask, "hand_over": self.hand_over, "decline": self.decline}
        checked = forms_by_name.get(self.checked)
        return bool(checked and checked.errors) or self.checked.startswith("correct-")

    def correction(self, answer: Answer, count: int) -> CorrectionForm:
        """Return the form that corrects one answer, of which there have been `count` corrections."""
        prefix = f"correct-{answer.pk}"
        return self._form(prefix, CorrectionForm, prefix, {"body": answer.body, "seen": count}, answer=answer)

    def _first_values(self, draft: AnswerDraft | None) -> dict[str, Any]:
        follow_up = FollowUp.objects.filter(question=self.question).unanswered().answerable().first()
        start = draft_fields(draft) if draft else {"key": uuid.uuid4(), "version": 0}
        return {**start, "follow_up": follow_up.pk if follow_up else None, "seen": self.question.answers.count()}

    def _form(self, name: str, form: type[AnyForm], prefix: str, initial: Mapping[str, Any], **given: Any) -> AnyForm:
        if name == self.checked:
            return form(self.sent, prefix=prefix, **given)
        lead = f"{prefix}-" if prefix else ""
        typed = {key: self.sent[lead + key] for key in form.base_fields if lead + key in self.sent}
        return form(initial={**initial, **typed}, prefix=prefix, **given)
