"""What a moderator types on the page of a question, and the reasons for acting on many at once."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from faq.choices import DeclineReason, Urgency
from faq.models import Question
from faq.states import MOVES
from faq.tags import LONGEST, concepts_named, typed_tags
from people.models import Department
from search.models import Concept
from text.clean import clean_line, clean_text, lines
from text.guards.patient_data import find

BODY_LENGTH: Final = 50_000
NOTE_LENGTH: Final = 2000
MOST_TAGS: Final = 30
MOST_PHRASES: Final = 20
TEXTS: Final = ("title", "body", "nickname")
TRACKED: Final = (*TEXTS, "editorial_title", "department", "urgency", "publish_after")
"""What is written only where the person changed it, and never over what somebody else wrote meanwhile."""
NUMBER: Final = re.compile(r"#?\s*(\d{1,18})\b", re.ASCII)

NEEDS: Final[dict[str, tuple[tuple[str, Any], ...]]] = {
    "decline": (("reason", _("Choose a reason.")),),
    "send_back": (("why", _("Say why it goes back.")),),
    "unpublish": (("why", _("Say why it goes.")),),
    "open": (("open_reason", _("Say why you need to read the person's own words.")),),
    "mark": (("phrases", _("Write the words to hide, one phrase a line.")),),
}
"""The fields that an act cannot do without, and what to say when one is empty."""


class Line(forms.CharField):
    """One clean line."""

    def to_python(self, value: Any) -> str:
        """Return the line without what nobody sees."""
        return clean_line(super().to_python(value) or "")


class Text(forms.CharField):
    """Clean text of several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the text without what nobody sees."""
        return clean_text(super().to_python(value) or "")


class DeclineForm(forms.Form):
    """Why a question is declined. The asker reads the reason and the note."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose a reason")), *DeclineReason.choices], required=False
    )
    note = Text(
        label=_("Note to the asker"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For a question that was answered already: begin with the number of the other question."),
    )

    def declines(self) -> bool:
        """Say whether the button that was pressed declines at all."""
        return True

    def others(self) -> QuerySet[Any]:
        """Return the questions that the declined one can be a duplicate of."""
        return Question.objects.all()

    def clean_note(self) -> str:
        """Refuse a duplicate of nothing, of itself, or of what nobody will answer."""
        note: str = self.cleaned_data["note"]
        if not self.declines() or self.cleaned_data.get("reason") != DeclineReason.DUPLICATE:
            return note
        match = NUMBER.match(note)
        other = self.others().filter(pk=int(match[1])).first() if match else None
        if other is None or other.status not in MOVES["merge"].sources:
            raise forms.ValidationError(_("Begin the note with the number of the question that answers this one."))
        return note


class BulkDeclineForm(DeclineForm):
    """Why many questions are declined."""

    def clean_reason(self) -> str:
        """Refuse to decline without a reason."""
        reason: str = self.cleaned_data["reason"]
        if not reason:
            raise forms.ValidationError(_("Choose a reason."))
        return reason


class BulkWhyForm(forms.Form):
    """Why many questions are taken out of the public."""

    why = Line(label=_("Reason"), max_length=500, error_messages={"required": _("Say why it goes.")})


class ModerationForm(DeclineForm):
    """A question as a moderator may change it, with what its buttons need.

    `seen` is what the page showed when it was opened: a field that still says so was not touched by the person; one
    that was touched is refused where somebody else wrote to it meanwhile (`overtaken`).
    """

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    title = Line(label=_("Title"), max_length=200, required=False)
    body = Text(label=_("Question"), max_length=BODY_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 12}))
    nickname = Line(label=_("Nickname"), max_length=40, required=False)
    editorial_title = Line(
        label=_("Editorial title"),
        max_length=200,
        required=False,
        help_text=_("Lists and addresses show it instead of the patient's own title."),
    )
    department = forms.ModelChoiceField(Department.objects.all(), label=_("Department"), empty_label=None)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=Urgency.choices, coerce=int)
    publish_after = forms.DateTimeField(
        label=_("Publish not before"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("When this moment has come, the system publishes the question by itself if nothing is missing."),
    )
    tags = forms.ModelMultipleChoiceField(
        Concept.objects.filter(merged_into__isnull=True),
        label=_("Tags"),
        required=False,
        error_messages={"invalid_choice": _("A tag is not in the vocabulary any more. Choose again.")},
    )
    new_tags = Line(
        label=_("Add tags"),
        max_length=1000,
        required=False,
        help_text=_("In either language, separated by commas. A word that the vocabulary lacks becomes a proposal."),
    )
    phrases = Text(
        label=_("Words to hide"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One phrase a line, as the person wrote it."),
    )
    why = Line(label=_("Reason"), max_length=500, required=False)
    open_reason = Line(
        label=_("Why do you need the person's own words?"),
        max_length=200,
        required=False,
        help_text=_("It is kept in the log of openings with your name."),
    )

    def __init__(self, data: Any = None, *, question: Question, act: str = "", typed: Mapping[str, Any] | None = None):
        """Bind to `data`, or begin with the question as it is; `typed` are words of an act that was refused."""
        self.question, self.act = question, act
        self.now = {name: getattr(question, name) for name in TRACKED}
        self.current = {name: _token(value) for name, value in self.now.items()}
        tagged = Concept.objects.filter(tagged_questions__content_object=question)
        self.tagged: dict[int, Concept] = {concept.pk: concept for concept in tagged}
        self.wanted = dict(self.tagged)
        self.proposals: list[str] = []
        self.changes: dict[str, Any] = {}
        self.overtaken: set[str] = set()
        self.unclear: list[Concept] = []
        super().__init__(data, initial={**self.now, **(typed or {}), "tags": list(self.tagged), "seen": self.state()})
        for name in TEXTS:
            self.fields[name].required = bool(self.now[name]) and name != "nickname"
            self.fields[name].widget.attrs["lang"] = question.html_lang

    def declines(self) -> bool:
        """Say whether the button that was pressed declines."""
        return self.act == "decline"

    def others(self) -> QuerySet[Any]:
        """Return every question but this one."""
        return Question.objects.exclude(pk=self.question.pk)

    def state(self) -> str:
        """Return what the page shows at this moment, for `seen`."""
        return json.dumps({**self.current, "tags": sorted(self.tagged)})

    def clean_editorial_title(self) -> str:
        """Refuse personal numbers in a title that nobody guards afterwards."""
        title: str = self.cleaned_data["editorial_title"]
        if find(title):
            raise forms.ValidationError(_("This title holds what looks like a number or address of a person."))
        return title

    def clean_phrases(self) -> list[str]:
        """Return the phrases, each of at least two characters."""
        phrases = lines(self.cleaned_data["phrases"])
        if len(phrases) > MOST_PHRASES or any(len(phrase) < 2 for phrase in phrases):
            raise forms.ValidationError(_("Write at most twenty phrases of at least two characters each."))
        return phrases

    def clean_new_tags(self) -> list[str]:
        """Return what was typed, split into tags."""
        typed = typed_tags(self.cleaned_data["new_tags"])
        if any(len(tag) > LONGEST for tag in typed):
            raise forms.ValidationError(_("A tag has at most a hundred characters."))
        return typed

    def clean(self) -> dict[str, Any]:
        """Find what the person changed, what somebody else changed meanwhile, and what the act still needs."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, sentence in NEEDS.get(self.act, ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        seen = self._seen()
        for name in TRACKED:
            if name in cleaned and _token(cleaned[name]) not in {seen.get(name), self.current[name]}:
                self._change(name, seen)
        self._clean_tags(cleaned, seen)
        return cleaned

    def _seen(self) -> dict[str, Any]:
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except (ValueError, RecursionError):
            seen = None
        return seen if isinstance(seen, dict) else {}

    def _change(self, name: str, seen: dict[str, Any]) -> None:
        if seen.get(name) == self.current[name]:
            self.changes[name] = self.cleaned_data[name]
        else:
            self.overtaken.add(name)
            self.add_error(name, _("Somebody else changed this meanwhile. Compare, and save again what should stand."))

    def _clean_tags(self, cleaned: dict[str, Any], seen: dict[str, Any]) -> None:
        """What the person added and took away is applied to the tags as they are now: nobody's tag is lost."""
        shown = seen.get("tags")
        before = {pk for pk in shown if isinstance(pk, int)} if isinstance(shown, list) else set(self.tagged)
        chosen = {concept.pk: concept for concept in cleaned.get("tags", [])}
        kept = {pk: concept for pk, concept in self.tagged.items() if pk in chosen or pk not in before}
        wanted = kept | {pk: concept for pk, concept in chosen.items() if pk not in before}
        wanted |= {concept.pk: concept for tag in cleaned.get("new_tags", []) for concept in self._named(tag, wanted)}
        self.proposals = [tag for tag in cleaned.get("new_tags", []) if not concepts_named(tag)]
        if len(wanted) + len(self.proposals) > MOST_TAGS:
            self.add_error("new_tags", translate("A question has at most %d tags.") % MOST_TAGS)
        self.wanted = wanted

    def _named(self, tag: str, wanted: Mapping[int, Concept]) -> list[Concept]:
        named = concepts_named(tag)
        if len(named) < 2 or any(concept.pk in wanted for concept in named):
            return named[:1] if len(named) < 2 else []
        self.unclear += named
        self.add_error("new_tags", translate("“%s” names more than one concept: tick the one you mean.") % tag)
        return []

    @property
    def changes_tags(self) -> bool:
        """Whether the tags are others than those that the question has."""
        return bool(self.proposals) or self.wanted.keys() != self.tagged.keys()

    def renew(self) -> None:
        """Before the page is shown again: keep what the person changed, show the present where they did not."""
        kept = {*self.changes, *self.errors}
        present = {name: self.fields[name].prepare_value(self.now[name]) for name in TRACKED if name not in kept}
        sent = {name: self.data[name] for name in self.data}
        self.data = {**sent, **present, "seen": self.state()}


def _token(value: Any) -> str:
    """A short text that is equal for equal values: texts as they are cleaned, moments to the minute."""
    if isinstance(value, str):
        return hashlib.sha256(clean_text(value).encode()).hexdigest()[:16]
    if isinstance(value, dt.datetime):
        return str(int(value.timestamp()) // 60)
    return str(getattr(value, "pk", value) or 0)
