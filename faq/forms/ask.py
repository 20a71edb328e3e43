"""The ask form: the person's words, cleaned, and the choices around them."""

import unicodedata
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar, Final

import regex
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from faq.choices import AgeBand, ForWhom, Sex
from faq.models import ConsentText, Question
from faq.submission import Submission
from people.languages import HTML_LANG, active_prefix
from people.models import Department, IntakeField
from people.visitors import VisitorForm
from text.clean import clean_line, clean_text
from text.fold import fold

TITLE: Final = (4, 120)
BODY: Final = (10, 5000)
NICKNAME: Final = 20
EMAIL: Final = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets
INTAKE: Final = 200

_STAFF: Final = regex.compile(
    r"(?<![a-z])(?:d\W?r|doctor|physician|prof|professor|nurse|pharmacist|dietitian|admin|administrator|moderator|"
    r"staff|editor|webmaster|support|official|wenyi)(?![a-z])"
    r"|[醫医](?:師|师|生|院|護|护)|大夫|主任|教授|院長|院长|護理師|护理师|護士|护士|藥師|药师|藥劑師|营养师|營養師"
    r"|治療師|治疗师|心理師|心理师|管理[員员]|版主|站長|站长|客服|編輯|编辑|官方|工作人員|工作人员|小編|問醫|问医"
)
_NUMBER: Final = regex.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,6})?")
_MISSING: Final = {
    "department": _("Choose a department. If you are not sure, take the one that comes closest."),
    "for_whom": _("Choose for whom you ask."),
    "title": _("Write a title: your question in one short sentence."),
    "body": _("Write your question."),
    "age_band": _("Choose the age of the person whom the question is about."),
    "sex": _("Choose the sex of the person whom the question is about."),
    "wants_public": _("Choose whether everyone may read the answer, or only you."),
    "has_consented": _("Read the text above and tick the box: without your consent no physician may read your words."),
}


class LanguageSelect(forms.Select):
    """A list of languages, each called in its own and marked as such."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's, with the language of its words."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["lang"] = HTML_LANG[str(value)]
        return option


class AskForm(VisitorForm):
    """What a person asks one department. Fields stand in the order of the page."""

    name: ClassVar[str] = "ask"

    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.none(), to_field_name="slug", empty_label=None
    )
    for_whom = forms.ChoiceField(label=_("For whom do you ask?"), choices=ForWhom, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of your question"),
        choices=[("zh-hant", "中文"), ("en", "English")],
        widget=LanguageSelect,
    )
    title = forms.CharField(label=_("Title"), help_text=_("Your question in one short sentence."))
    body = forms.CharField(
        label=_("Your question"),
        help_text=_(
            "What is the trouble, since when, what has been found and tried so far, and what do you want to know? "
            "Write no names, no numbers of documents or telephones, no addresses."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    nickname = forms.CharField(
        label=_("Nickname"),
        help_text=_("Not your real name. It stands beside your question."),
        required=False,
    )
    age_band = forms.ChoiceField(
        label=_("Age"),
        help_text=_("Of the person whom the question is about."),
        choices=[("", _("Choose")), *AgeBand.choices],
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        help_text=_("Of the person whom the question is about."),
        choices=Sex,
        widget=forms.RadioSelect,
    )
    email = forms.CharField(
        label=_("E-mail"),
        help_text=_("Only to tell you that there is news. Nobody sees it, and everything works without it."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    wants_public = forms.ChoiceField(
        label=_("Who may read question and answer?"),
        help_text=_("Before anything is published, a moderator hides what tells who you are."),
        choices=[
            ("yes", _("Everyone: it helps others with the same question")),
            ("no", _("Only me: answer me and publish nothing")),
        ],
        widget=forms.RadioSelect,
    )
    has_consented = forms.BooleanField(label=_("I have read this and I agree."))
    consent_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    fields: dict[str, Any]

    def __init__(
        self,
        *args: Any,
        department: Department | None,
        departments: list[Department],
        consents: Mapping[str, ConsentText],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.consents = consents
        self.extra = list(department.intake_fields.all()) if department else []
        self._offer(department, departments)
        names = list(self.fields)
        for row in self.extra:
            self.fields[f"intake_{row.key}"] = intake_field(row)
        self.order_fields([*names[: names.index("email")], *(f"intake_{row.key}" for row in self.extra)])
        self.initial.setdefault("language", active_prefix())

    def _offer(self, department: Department | None, departments: list[Department]) -> None:
        """Offer the departments that take questions, and the one that was chosen, which may have closed meanwhile."""
        offered = departments if department is None or department in departments else [department, *departments]
        self.fields["department"].queryset = Department.objects.filter(pk__in=[each.pk for each in offered])
        self.fields["for_whom"].choices = [choice for choice in ForWhom.choices if choice[0] in self.consents]

    @property
    def intake_fields(self) -> list[forms.BoundField]:
        """The department's own fields."""
        return [self[f"intake_{row.key}"] for row in self.extra]

    @property
    def shown_consents(self) -> str:
        """Which wordings the page shows, to come back with the form."""
        return ",".join(str(consent.pk) for consent in self.consents.values())

    def missing(self, name: str) -> str:
        return str(_MISSING.get(name) or super().missing(name))

    def was_sent(self, key: uuid.UUID) -> bool:
        return Question.objects.filter(uuid=key).exists()

    def clean_title(self) -> str:
        return within(clean_line(self.cleaned_data["title"]), *TITLE, self.missing("title"))

    def clean_body(self) -> str:
        return within(clean_text(self.cleaned_data["body"]), *BODY, self.missing("body"))

    def clean_nickname(self) -> str:
        return nickname_of(self.cleaned_data["nickname"])

    def clean_email(self) -> str:
        return email_address(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Bring the department's fields into their form, and hold the consent against the wording that was shown."""
        for row in self.extra:
            self._clean_intake(row)
        department = self.cleaned_data.get("department")
        if self.extra and department and self.data.get("shown_for", department.slug) != department.slug:
            self.add_error("department", translate("This department asks a few things more: you find them below."))
        consent = self.consents.get(self.cleaned_data.get("for_whom", ""))
        seen = self.cleaned_data.get("consent_seen", "").split(",")
        if consent and self.cleaned_data.get("has_consented") and str(consent.pk) not in seen:
            self.add_error("has_consented", translate("The wording has changed meanwhile: read it again, please."))
        return self.cleaned_data

    def _clean_intake(self, row: IntakeField) -> None:
        name = f"intake_{row.key}"
        value = self.cleaned_data.get(name, "")
        if row.kind == IntakeField.Kind.NUMBER:
            value = _figures(value, row.unit)
            if value and not _NUMBER.fullmatch(value):
                self.add_error(name, translate("Write a number in figures, like 36.5."))
        elif row.kind == IntakeField.Kind.TEXT:
            value = clean_line(value)
            if len(value) > INTAKE:
                self.add_error(name, _too_long(INTAKE, len(value)))
        self.cleaned_data[name] = value

    def submission(self) -> Submission:
        """What a valid form hands over."""
        data = self.cleaned_data
        plain = ("department", "language", "title", "body", "nickname", "age_band", "sex", "for_whom", "email")
        intake = {row.key: data[f"intake_{row.key}"] for row in self.extra}
        return Submission(
            key=self.key,
            wants_public=data["wants_public"] == "yes",
            consent=self.consents[data["for_whom"]],
            intake={key: value for key, value in intake.items() if value},
            **{name: data[name] for name in plain},
        )


def intake_field(row: IntakeField) -> forms.Field:
    """The form field of one of the department's own questions, with its reason as the hint."""
    hints: dict[str, Any] = {"label": row.label, "help_text": row.reason, "required": row.is_required}
    if row.kind == IntakeField.Kind.CHOICE:
        choices = row.choices if row.is_required else [("", translate("No answer")), *row.choices]
        field: forms.Field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **hints)
    else:
        number = row.kind == IntakeField.Kind.NUMBER
        attrs = {"inputmode": "decimal"} if number else {}
        field = forms.CharField(widget=forms.TextInput(attrs=attrs), **hints)
        if number and row.unit:
            field.label = f"{row.label} ({row.unit})"
    field.error_messages["required"] = translate("This department needs to know this to answer.")
    return field


def email_address(typed: str) -> str:
    """Return an address in ordinary characters, or an empty text; raises ValidationError for anything else."""
    email = unicodedata.normalize("NFKC", clean_line(typed))
    try:
        if email:
            validate_email(email)
            MaxLengthValidator(EMAIL)(email)
    except ValidationError:
        raise ValidationError(
            translate("This is not a complete e-mail address. Write it like name@example.com, or leave it empty.")
        ) from None
    return email


def _figures(typed: str, unit: str) -> str:
    """The number that somebody typed, full-width figures as ASCII, without blanks and without its unit."""
    plain = "".join(unicodedata.normalize("NFKC", clean_line(typed)).split()).casefold()
    return plain.removesuffix("".join(unicodedata.normalize("NFKC", unit).split()).casefold())


def nickname_of(typed: str) -> str:
    """Return a nickname as it is kept; raises ValidationError for one that is too long or looks like the staff's."""
    nickname = clean_line(typed)
    if len(nickname) > NICKNAME:
        raise ValidationError(_too_long(NICKNAME, len(nickname)))
    if _STAFF.search(fold(nickname)):
        raise ValidationError(
            translate("This nickname looks as if you were one of the staff. Take another, or leave it empty.")
        )
    return nickname


def within(words: str, least: int, most: int, missing: str) -> str:
    """Return `words` if their length in characters lies between the two; raises ValidationError with what to do."""
    if not words:
        raise ValidationError(missing)
    if len(words) < least:
        raise ValidationError(translate("Write a little more: at least %(least)d characters.") % {"least": least})
    if len(words) > most:
        raise ValidationError(_too_long(most, len(words)))
    return words


def _too_long(most: int, length: int) -> str:
    sentence = translate(
        "This is too long: %(length)d characters, and at most %(most)d have room. Nothing is cut off."
    )
    return sentence % {"length": length, "most": most}
