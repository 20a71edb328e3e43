"""The template library `asked`: who asked, who answered, and what is linked from them."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from faq import asker, concept_page, pictograms
from faq.models import Question
from people.models import Department
from search.models import Concept

register = template.Library()


@register.filter
def asker_line(question: Question) -> SafeString:
    """ "jimmy, 40–49 year old female, asked 2011/05/01", as far as it is known."""
    return asker.asker_line(question)


@register.filter
def doctor(name: str, department: Department | None) -> str:
    """A name with "Dr." where those who answer in the department are physicians, and does not say so itself."""
    if not name:
        return _("A physician")
    elsewhere = department and department.kind != Department.Kind.PHYSICIAN
    if elsewhere or name.lower().startswith("dr") or name.endswith(("醫師", "医师", "醫生", "医生")):
        return name
    return _("Dr. %(name)s") % {"name": name}


@register.filter
def seal(name: str) -> str:
    """The character cut in somebody's seal: the family name in Chinese, else the last name's first letter."""
    words = name.split()
    if not words:
        return ""
    letter = words[0][0] if "\u3400" <= words[0][0] <= "\u9fff" else words[-1][0]
    return letter.upper()


@register.filter
def pictogram(department: Department) -> str:
    """The id of the symbol that stands beside a department."""
    return pictograms.pictogram(department.slug)


@register.filter
def concept_address(concept: Concept) -> str:
    """The address of a concept's page in the language of this page."""
    return concept_page.concept_address(concept)
