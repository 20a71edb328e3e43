"""The closed lists that questions and answers choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgeBand(models.TextChoices):
    """Ten years wide; never a birth date."""

    FROM_0 = "0-9", _("0-9 years")
    FROM_10 = "10-19", _("10-19 years")
    FROM_20 = "20-29", _("20-29 years")
    FROM_30 = "30-39", _("30-39 years")
    FROM_40 = "40-49", _("40-49 years")
    FROM_50 = "50-59", _("50-59 years")
    FROM_60 = "60-69", _("60-69 years")
    FROM_70 = "70-79", _("70-79 years")
    FROM_80 = "80+", _("80 years or older")


class Sex(models.TextChoices):
    """The sex of the person whom the question is about."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")


class ForWhom(models.TextChoices):
    """Whom the question is about, seen from who asks."""

    SELF = "self", _("for myself")
    CHILD = "child", _("for my child")
    PARENT = "parent", _("for my parent")
    OTHER = "other", _("for someone else")


class TextFormat(models.TextChoices):
    """How a text is written: patients and archives plain, staff in Markdown."""

    PLAIN = "plain", _("plain text")
    MARKDOWN = "markdown", _("Markdown")


class Outcome(models.TextChoices):
    """What an answer could do for the asker."""

    ANSWERED = "answered", _("answered")
    REFERRED = "referred", _("referred elsewhere")
    NEEDS_EXAMINATION = "needs_examination", _("cannot be said without an examination")


class CareLevel(models.TextChoices):
    """How soon the asker should see somebody, in the physician's judgement."""

    SELF_CARE = "self_care", _("self-care")
    ROUTINE = "routine", _("see a doctor at your convenience")
    SOON = "soon", _("see a doctor within days")
    URGENT = "urgent", _("see a doctor today")
    EMERGENCY = "emergency", _("emergency: call 119")


class DeclineReason(models.TextChoices):
    """Why a question is not answered; the asker reads it."""

    SPAM = "spam", _("This is an advertisement or not a question.")
    EMERGENCY = (
        "emergency",
        _("This needs care now: call 119 or go to an emergency department."),
    )
    OUT_OF_SCOPE = "out_of_scope", _("This is outside what physicians can answer here.")
    DUPLICATE = "duplicate", _("This question has already been answered.")
    PERSONAL_DATA = (
        "personal_data",
        _("The text cannot be shown without revealing who it is about."),
    )
    NEEDS_EXAMINATION = (
        "needs_examination",
        _("This cannot be judged without an examination."),
    )
    WRONG_SERVICE = "wrong_service", _("Another service is responsible for this.")


class Urgency(models.IntegerChoices):
    """How far a question goes before others on the desks."""

    NORMAL = 0, _("normal")
    URGENT = 1, _("urgent")
    EMERGENCY = 2, _("emergency")


class TitleFlaw(models.TextChoices):
    """Why a moderator should look at a title."""

    EMPTY = "empty", _("The title says nothing.")
    REPEATED = "repeated", _("Another question of the department is called the same.")
