"""A file of concepts between its preview and its import."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ConceptUpload(models.Model):
    """What somebody uploaded and looks at before it is taken in. Gone after a week."""

    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    only_new = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("upload of concepts")
        verbose_name_plural = _("uploads of concepts")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name
