"""How things are found: the vocabulary, what is public, and in which order it changed."""

from search.models.concept import Concept, ConceptName
from search.models.document import Change, ChangeCounter, Document
from search.models.merge import ConceptMerge, ConceptMergeRow
from search.models.promoted import PromotedResult
from search.models.searched import SearchDay, SearchPlace, SearchQuery
from search.models.upload import ConceptUpload
from search.models.views import ViewCount
from search.models.wanted import WantedTopic
from search.models.work import Work

__all__ = [
    "Change",
    "ChangeCounter",
    "Concept",
    "ConceptMerge",
    "ConceptMergeRow",
    "ConceptName",
    "ConceptUpload",
    "Document",
    "PromotedResult",
    "SearchDay",
    "SearchPlace",
    "SearchQuery",
    "ViewCount",
    "WantedTopic",
    "Work",
]
