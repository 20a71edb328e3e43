"""The desks of physicians and moderators, and what stands around them, in the admin."""

from faq.admin import more_info, physician_texts, plain, question, topics, vocabulary

__all__ = ["more_info", "physician_texts", "plain", "question", "topics", "vocabulary"]
