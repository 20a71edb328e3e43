"""What is asked: questions and their answers, topics, and the log of what happened to each."""

from faq.models.answer import Answer, AnswerCorrection, AnswerDraft, CannedText
from faq.models.answered_day import AnsweredDay
from faq.models.event import QuestionEvent
from faq.models.featured import FeaturedQuestion, NotFeaturable
from faq.models.finding import Finding
from faq.models.followup import FollowUp
from faq.models.intake import ConsentText, IntakeValue
from faq.models.measure import NeighbourMeasure, SparedQuestion
from faq.models.more_info import MoreInfo
from faq.models.notification import Notification
from faq.models.question import Question
from faq.models.related import RelatedTopic
from faq.models.reviewing import ReviewEvent
from faq.models.sealed import SealedAccess, SealedText
from faq.models.similar import SimilarQuestion, Surroundings
from faq.models.tagged import TaggedQuestion
from faq.models.ticket import Ticket
from faq.models.topic import Topic

__all__ = [
    "Answer",
    "AnswerCorrection",
    "AnswerDraft",
    "AnsweredDay",
    "CannedText",
    "ConsentText",
    "FeaturedQuestion",
    "Finding",
    "FollowUp",
    "IntakeValue",
    "MoreInfo",
    "NeighbourMeasure",
    "NotFeaturable",
    "Notification",
    "Question",
    "QuestionEvent",
    "RelatedTopic",
    "ReviewEvent",
    "SealedAccess",
    "SealedText",
    "SimilarQuestion",
    "SparedQuestion",
    "Surroundings",
    "TaggedQuestion",
    "Ticket",
    "Topic",
]
