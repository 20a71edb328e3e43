"""The vocabulary as a file: downloaded, uploaded, looked at, taken in."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from faq.admin.vocabulary_fetch import keeper, page
from search.importing import Imported, carry_out_telling, export_concepts
from search.models import ConceptUpload
from search.planning import Outcome, Plan
from search.sheets import COLUMNS, NotASheet, read

MOST_BYTES: Final = 2 * 1024 * 1024
SHOWN: Final = 300
"""So many lines of each kind a preview shows; the numbers count all of them."""
KEPT: Final = dt.timedelta(days=7)


class UploadForm(forms.Form):
    """A file of concepts."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV as the export writes it, or as a spreadsheet saves it: UTF-8, UTF-16 or Big5."),
        error_messages={"required": _("Choose a file.")},
    )
    only_new = forms.BooleanField(
        label=_("Only add what is new"),
        required=False,
        help_text=_("Concepts that are here already stay as they are, whatever the file says of them."),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large, or no such file, with the reason."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 2 MB: use manage.py import_concepts."))
        try:
            read(file.read())
        except NotASheet as error:
            raise forms.ValidationError(str(error)) from error
        return file


@require_safe
def concept_export(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """The whole vocabulary as a file."""
    keeper(model_admin, request)
    name = f"concepts-{timezone.localdate().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(export_concepts(), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def concept_import(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Take a file, and lead to the preview of what it would do."""
    user = keeper(model_admin, request)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if not form.is_valid():
        context = page(model_admin, request, translate("Import concepts"), form=form, columns=COLUMNS)
        return render(request, "admin/search/concept_import.html", context)
    ConceptUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
    file = form.cleaned_data["file"]
    file.seek(0)
    upload = ConceptUpload.objects.create(
        file_name=(file.name or "")[:200],
        content=file.read(),
        only_new=form.cleaned_data["only_new"],
        uploaded_by=user,
    )
    return redirect("admin:search_concept_upload", upload.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def concept_upload(request: HttpRequest, model_admin: ModelAdmin, pk: int) -> HttpResponse:
    """Show what one's own upload would do, line by line, and do it: exactly that, or the new preview is shown."""
    upload = get_object_or_404(ConceptUpload, pk=pk, uploaded_by=keeper(model_admin, request))
    plan = Plan(read(bytes(upload.content)), only_new=upload.only_new)
    done = None
    if request.method == "POST":
        if request.POST.get("plan") == plan.digest:
            done = _apply(request, upload, plan)
            plan = Plan(read(bytes(upload.content)), only_new=upload.only_new)
        else:
            text = translate(
                "The vocabulary changed while you looked. Nothing was imported: this is what would be now."
            )
            messages.warning(request, text)
    context = page(model_admin, request, translate("Import concepts"), upload=upload, plan=plan, done=done)
    return render(request, "admin/search/concept_upload.html", {**context, **_lines(plan, done)})


def _apply(request: HttpRequest, upload: ConceptUpload, plan: Plan) -> Imported:
    done = carry_out_telling(plan, subject=upload.file_name, by=upload.uploaded_by)
    upload.applied_at = timezone.now()
    upload.save(update_fields=["applied_at"])
    text = translate("Imported: %(new)d new, %(changed)d changed, %(refused)d lines refused.")
    numbers = {"new": done.new, "changed": done.changed, "refused": len(done.refused)}
    messages.success(request, text % numbers)
    return done


def _lines(plan: Plan, done: Imported | None) -> dict[str, Any]:
    """The lines of the preview by what becomes of them; after the import only those that were refused."""
    refused = done.refused if done else plan.of(Outcome.REFUSED)
    new, changed = plan.of(Outcome.NEW), plan.of(Outcome.CHANGED)
    return {
        "refused": refused[:SHOWN],
        "new": new[:SHOWN],
        "changed": changed[:SHOWN],
        "numbers": {"refused": len(refused), "new": len(new), "changed": len(changed)},
        "same": len(plan.of(Outcome.SAME, Outcome.KEPT)),
        "shown": SHOWN,
    }
