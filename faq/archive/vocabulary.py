"""The words of an archive as concepts: known ones are used, unknown ones become proposals."""

import hashlib

from django.utils.text import slugify

from faq.archive.thread import ArchiveThread
from faq.models import Topic
from people.models import Department
from search.models import Concept, ConceptName
from text.fold import fold


class Vocabulary:
    """The concepts by every name they have, read once for a run."""

    def __init__(self) -> None:
        self.by_name: dict[str, Concept] = {}
        self.topics: set[tuple[int, int, str]] = set(
            Topic.objects.values_list("concept_id", "department_id", "language")
        )
        for name in ConceptName.objects.select_related("concept").order_by("concept__is_proposal", "pk"):
            self.by_name.setdefault(name.folded, name.concept)

    def tags_of(self, thread: ArchiveThread, department: Department) -> list[Concept]:
        """Return the concepts of a thread's tags and topics, each once, and make the topics it names."""
        for described in thread.concepts:
            self._describe(described)
        topics = [self._concept(name, thread.language) for name in thread.topics]
        for concept in topics:
            self._ensure_topic(concept, department, thread.language)
        tags = [self._concept(name, thread.language) for name in thread.names]
        return list({concept.pk: concept for concept in [*tags, *topics]}.values())

    def _concept(self, name: str, language: str) -> Concept:
        shown = name[:120]
        concept = self.by_name.get(fold(shown))
        if concept is None:
            english = language == "en"
            concept = self._made(
                name_en=shown if english else "", name_zh_hant="" if english else shown, is_proposal=True
            )
        return concept

    def _describe(self, described: dict[str, str]) -> None:
        """Make a concept that an export of Wenyi describes with both names and its kind, if it is not known."""
        names = [str(described.get(key) or "")[:120] for key in ("name_en", "name_zh_hant")]
        if not any(names) or any(fold(name) in self.by_name for name in names if name):
            return
        kind = str(described.get("kind"))
        self._made(
            name_en=names[0], name_zh_hant=names[1], kind=kind if kind in Concept.Kind.values else Concept.Kind.OTHER
        )

    def _made(self, **fields: object) -> Concept:
        shown = str(fields["name_en"] or fields["name_zh_hant"])
        slug = f"{slugify(shown)[:60]}-{hashlib.sha256(fold(shown).encode()).hexdigest()[:8]}".lstrip("-")
        concept: Concept = Concept.objects.create(name=slug, slug=slug, **fields)
        for name in concept.names.all():
            self.by_name.setdefault(name.folded, concept)
        return concept

    def _ensure_topic(self, concept: Concept, department: Department, language: str) -> None:
        identity = (concept.pk, department.pk, language)
        if identity not in self.topics:
            self.topics.add(identity)
            Topic.objects.create(concept=concept, department=department, language=language, is_public=True)
