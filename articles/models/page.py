"""The static pages of the footer, in both languages."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from simple_history.models import HistoricalRecords

from articles.models.redirect import Redirect
from people.languages import HTML_LANG, prefix_of
from people.models import Translated
from search.changes import bury_document, changing, put_changed
from search.models import Document
from text import insets, markdown
from text.render import to_plain
from text.teaser import brief

WITH_PAGES_OF_THEIR_OWN: Final = ("contact", "sitemap")
"""Address names whose words stand on another page, which the menus name themselves."""
PLACE: Final = 900
"""Where a new page comes in the footer: behind those that somebody has put in order, before contact and sitemap."""


class StaticPage(Translated):
    """A page such as "About" or "Privacy": one row a language under the same address name.

    Renamed, page and twin leave redirects; withdrawn, a page stays as a row that says why (410).
    """

    texts: ClassVar[tuple[str, ...]] = ("title", "body")

    slug = models.SlugField(_("address name"), max_length=40)
    language = models.CharField(_("language"), max_length=8, choices=[("en", "English"), ("zh-hant", "中文")])
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), help_text=_("Markdown."))
    body_html = models.TextField(editable=False)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    next_review_on = models.DateField(_("next review on"), null=True, blank=True)
    is_public = models.BooleanField(_("published"), default=True)
    withdrawn_because = models.CharField(
        _("why it is withdrawn"),
        max_length=300,
        blank=True,
        help_text=_("Readers of the old address are told, in the language of the page."),
    )

    history = HistoricalRecords(excluded_fields=["body_html", "version", "text_changed_at", "in_line_at"])

    class Meta:
        verbose_name = _("static page")
        verbose_name_plural = _("static pages")
        ordering = ("slug", "language")
        constraints = [
            models.UniqueConstraint(fields=["slug", "language"], name="staticpage_once_a_language"),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(withdrawn_because=""), name="staticpage_public_is_not_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render, store, follow a new address name, and say that the page and the menus that name it changed."""
        self.body_html = markdown.render(self.body, heading=2, language=self.language, insets=insets.mark)
        with changing() as keys:
            stored = StaticPage.objects.filter(pk=self.pk).first() if self.pk else None
            twin = (stored or self).twin()
            if stored and kwargs.get("update_fields") is None:
                self.in_line_at = stored.in_line_at  # the twin may have written it since this row was read
            was_behind = stored is None or (twin is not None and stored.is_behind(twin))
            super().save(*args, **kwargs)
            if twin and was_behind and (stored is None or stored.text_changed_at != self.text_changed_at):
                self._lead(twin)
            if stored and stored.slug != self.slug:
                self._move_from(stored)
            if stored is None:
                self._enter_footer()
            keys.update({f"page:{self.slug}", "menu"})
            self.renew_document()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Take the page away for good; where it was public, its address says so."""
        with changing() as keys:
            keys.update({f"page:{self.slug}", "menu"})
            bury_document(self.document_key)
            if self.is_public or self.withdrawn_because:
                why = self.withdrawn_because
                reasons: dict[str, Any] = {
                    "reason_en": (why if self.language == "en" else "") or "This page has been taken down.",
                    "reason_zh_hant": (why if self.language != "en" else "") or "這個頁面已經撤下。",
                }
                Redirect.lay(self.get_absolute_url(), is_gone=True, **reasons)
            return super().delete(*args, **kwargs)

    def withdraw(self, because: str) -> None:
        """Take the page down; its address answers 410 with the reason."""
        self.is_public, self.withdrawn_because = False, because
        self.save()

    def renew_document(self) -> None:
        """Make it public as it is now, or bury it."""
        put_changed([self.document()]) if self.is_public else bury_document(self.document_key)

    def document(self) -> Document:
        """Return the public form of the page, for search."""
        plain = to_plain(self.body, "markdown")
        return Document(
            key=self.document_key,
            kind="page",
            language=self.language,
            title=self.title,
            body=plain,
            teaser=brief(plain, 200),
            path=self.get_absolute_url(),
        )

    @property
    def document_key(self) -> str:
        """The key of its document; pages of both languages share the key under which they are kept (`page:about`)."""
        return f"page:{self.pk}"

    def get_absolute_url(self) -> str:
        """The address under the prefix of its own language."""
        with override(prefix_of(self.language)):
            return reverse("articles:page_detail", args=[self.slug])

    def twin(self) -> "StaticPage | None":
        """The same page in the other language, public or not."""
        return StaticPage.objects.filter(slug=self.slug).exclude(language=self.language).exclude(pk=self.pk).first()

    @property
    def html_lang(self) -> str:
        """The `lang` attribute of the text."""
        return HTML_LANG[self.language]

    @property
    def page_keys(self) -> set[str]:
        """The keys of the pages that show the text."""
        return {f"page:{self.slug}"}

    @property
    def is_overdue(self) -> bool:
        """Whether its review is due."""
        return self.next_review_on is not None and self.next_review_on < timezone.localdate()

    def _lead(self, twin: "StaticPage") -> None:
        """The words followed those of the twin: that they are newer now does not make the twin's old."""
        StaticPage.objects.filter(pk=twin.pk).update(in_line_at=self.text_changed_at)

    def _move_from(self, stored: "StaticPage") -> None:
        """Both languages share the address name: the twin moves along, and what readers knew leaves a redirect."""
        StaticPage.objects.filter(slug=stored.slug).exclude(pk=self.pk).update(slug=self.slug)
        for page in StaticPage.objects.filter(slug=self.slug):
            page.renew_document()
            Redirect.lift(page.get_absolute_url())
            if page.is_public or page.withdrawn_because:
                before = StaticPage(slug=stored.slug, language=page.language)
                Redirect.lay(before.get_absolute_url(), page.get_absolute_url())

    def _enter_footer(self) -> None:
        if self.slug not in WITH_PAGES_OF_THEIR_OWN:
            self.menu_items.create(place="footer", language=self.language, order=PLACE)
