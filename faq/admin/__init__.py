"""The desks of physicians and moderators, and what stands around them, in the admin."""

from faq.admin import (
    more_info,
    neighbour_quality,
    physician_texts,
    plain,
    promoted,
    question,
    searches,
    topics,
    vocabulary,
)

__all__ = [
    "more_info",
    "neighbour_quality",
    "physician_texts",
    "plain",
    "promoted",
    "question",
    "searches",
    "topics",
    "vocabulary",
]
