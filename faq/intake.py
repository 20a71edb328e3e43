"""Whether a department takes a question now, and under which wording a person consents."""

from collections.abc import Iterable

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faq.models import ConsentText, Question
from people.models import Department


def refusal(department: Department) -> str:
    """Return the sentence that says why the department takes no question now; empty when it takes one."""
    if not department.takes_questions():
        if department.reopens_on:
            return _("%(department)s takes no questions at the moment. It opens again on %(day)s.") % {
                "department": department.name,
                "day": date_format(department.reopens_on, "DATE_FORMAT"),
            }
        return _("%(department)s takes no questions at the moment.") % {"department": department.name}
    if full_today([department]):
        return _("%(department)s has received as many questions as it can answer today. It takes more tomorrow.") % {
            "department": department.name
        }
    return ""


def full_today(departments: Iterable[Department]) -> set[int]:
    """Return the keys of those departments whose daily quota today's questions have reached.

    Two people at the last place both get it: nobody is refused what the page has just offered, and a physician has
    one question more.
    """
    quotas = {each.pk: each.daily_quota for each in departments if each.daily_quota is not None}
    if not quotas:
        return set()
    today = Question.objects.received_on(timezone.localdate()).filter(department__in=quotas)
    counts = dict(today.order_by().values_list("department").annotate(Count("pk")))
    return {pk for pk, quota in quotas.items() if counts.get(pk, 0) >= quota}


def departments_taking_questions() -> list[Department]:
    """Return the departments that take a question now, in their order."""
    open_ones = list(Department.objects.taking_questions())
    full = full_today(open_ones)
    return [department for department in open_ones if department.pk not in full]


def consents_in_force() -> dict[str, ConsentText]:
    """Return the newest wording in force for each "for whom"; one that has none cannot be asked for."""
    return {consent.for_whom: consent for consent in reversed(ConsentText.objects.in_force())}
