"""What has its names in both languages, and so a document in each."""

from collections.abc import Iterator
from typing import ClassVar, Final

from django.db import models
from django.utils.translation import override

from search.changes import bury_documents, put_changed
from search.models import Document
from search.models.document import key_in

LANGUAGES: Final = ("en", "zh-hant")


class Findable(models.Model):
    """A row that is found by its names in both languages. It says what its document is in the language of the page."""

    document_kind: ClassVar[str]

    class Meta:
        abstract = True

    def document(self) -> Document:
        """The public form in the active language, without key, kind and language."""
        raise NotImplementedError

    def is_findable(self) -> bool:
        """Whether it has a public page now."""
        return True

    def documents(self) -> list[Document]:
        """Its documents, one in each language; none where it has no public page."""
        return list(self._in_each_language()) if self.is_findable() else []

    def renew_documents(self) -> None:
        """Put its documents as they are now, or bury them."""
        documents = self.documents()
        put_changed(documents) if documents else self.bury_documents()

    def bury_documents(self) -> None:
        """Leave tombstones."""
        bury_documents(key_in(self.document_kind, self.pk, language) for language in LANGUAGES)

    def _in_each_language(self) -> Iterator[Document]:
        for language in LANGUAGES:
            with override(language):
                document = self.document()
            document.key = key_in(self.document_kind, self.pk, language)
            document.kind, document.language = self.document_kind, language
            yield document
