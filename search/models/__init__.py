"""How things are found: the vocabulary, what is public, and in which order it changed."""

from search.models.concept import Concept, ConceptName
from search.models.document import Change, ChangeCounter, Document
from search.models.merge import ConceptMerge, ConceptMergeRow
from search.models.miss import SearchMiss
from search.models.upload import ConceptUpload
from search.models.views import ViewCount

__all__ = [
    "Change",
    "ChangeCounter",
    "Concept",
    "ConceptMerge",
    "ConceptMergeRow",
    "ConceptName",
    "ConceptUpload",
    "Document",
    "SearchMiss",
    "ViewCount",
]
