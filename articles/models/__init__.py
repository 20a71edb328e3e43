"""What is written: articles, static pages, and the messages that readers send to the house."""

from articles.models.article import (
    Article,
    ArticleFaqEntry,
    ArticleReference,
    TaggedArticle,
)
from articles.models.contact import ContactMessage
from articles.models.page import StaticPage
from articles.models.picture import Picture, PictureFile

__all__ = [
    "Article",
    "ArticleFaqEntry",
    "ArticleReference",
    "ContactMessage",
    "Picture",
    "PictureFile",
    "StaticPage",
    "TaggedArticle",
]
