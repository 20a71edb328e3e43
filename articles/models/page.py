"""The static pages of the footer, in both languages."""

from typing import Any, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from simple_history.models import HistoricalRecords

from people.languages import HTML_LANG, prefix_of
from search.changes import changing
from text import insets, markdown

WITH_PAGES_OF_THEIR_OWN: Final = ("contact", "sitemap")
"""Address names whose words stand on another page, which the menus name themselves."""
PLACE: Final = 900
"""Where a new page comes in the footer: behind those that somebody has put in order, before contact and sitemap."""


class StaticPage(models.Model):
    """A page such as "About" or "Privacy": one row a language under the same address name."""

    slug = models.SlugField(_("address name"), max_length=40)
    language = models.CharField(_("language"), max_length=8, choices=[("en", "English"), ("zh-hant", "中文")])
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), help_text=_("Markdown."))
    body_html = models.TextField(editable=False)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_public = models.BooleanField(_("published"), default=True)

    history = HistoricalRecords(excluded_fields=["body_html"])

    class Meta:
        verbose_name = _("static page")
        verbose_name_plural = _("static pages")
        ordering = ("order", "slug", "language")
        constraints = [models.UniqueConstraint(fields=["slug", "language"], name="staticpage_once_a_language")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render, store, and say that the page and the footer that names it changed."""
        self.body_html = markdown.render(self.body, heading=2, language=self.language, insets=insets.mark)
        with changing() as keys:
            is_new = self.pk is None
            super().save(*args, **kwargs)
            if is_new and self.slug not in WITH_PAGES_OF_THEIR_OWN:
                self.menu_items.create(place="footer", language=self.language, order=PLACE)
            keys.update({f"page:{self.slug}", "menu"})

    def get_absolute_url(self) -> str:
        """The address under the prefix of its own language."""
        with override(prefix_of(self.language)):
            return reverse("articles:page_detail", args=[self.slug])

    @property
    def html_lang(self) -> str:
        """The `lang` attribute of the text."""
        return HTML_LANG[self.language]
