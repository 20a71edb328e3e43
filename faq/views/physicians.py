"""The public profile of someone who answers."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from faq.models import Question
from faq.paging import page_of, tally
from faq.responses import is_at, moved, public_page
from faq.thread_page import other_prefix
from people.languages import active_prefix
from people.linked_data import profile
from people.models import Department, Physician


@require_safe
@public_page
def physician_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    """Someone who answers: verified by the house, or known from public answers."""
    physician = _physician(pk)
    if physician.merged_into is not None:
        return moved(request, physician.merged_into.get_absolute_url())
    if not is_at(request, physician.get_absolute_url()):
        return moved(request, physician.get_absolute_url())
    prefix = active_prefix()
    answered = Question.objects.published().filter(answered_by=physician)
    page = page_of(request, answered.under_prefix(prefix).select_related("department", "answered_by"))
    in_other = tally(answered.under_prefix(other_prefix(prefix)))
    with override(other_prefix(prefix)):
        twin = physician.get_absolute_url()
    departments = list(physician.departments.all())
    context = {
        "physician": physician,
        "things": [profile(physician, departments)],
        "departments": departments,
        "department": _speaking_for(departments),
        "page": page,
        "in_other": in_other,
        "twin_address": twin,
    }
    return render(request, "faq/physician_detail.html", context)


def _physician(pk: int) -> Physician:
    answers = Question.objects.published().filter(answered_by=OuterRef("pk"))
    known = Q(verified_at__isnull=False) | Q(merged_into__isnull=False) | Exists(answers)
    rows = Physician.objects.filter(known).select_related("merged_into").prefetch_related("departments")
    physician = rows.filter(pk=pk).first()
    if physician is None:
        raise Http404("no such physician")
    return physician


def _speaking_for(departments: list[Department]) -> Department | None:
    """The department that decides how the person is addressed: one of physicians, if there is one."""
    return min(departments, key=lambda department: department.kind != Department.Kind.PHYSICIAN, default=None)
