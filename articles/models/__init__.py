"""What is written: articles, static pages, and the messages that readers send to the house."""

from articles.models.article import (
    Article,
    ArticleFaqEntry,
    ArticleReference,
    TaggedArticle,
)
from articles.models.comment import Comment, CommentReport
from articles.models.contact import ContactMessage
from articles.models.event import ArticleEvent
from articles.models.feature import HomeFeature
from articles.models.finding import ArticleFinding
from articles.models.menu import MenuItem
from articles.models.notice import SiteNotice
from articles.models.page import StaticPage
from articles.models.picture import Picture, PictureFile
from articles.models.redirect import Redirect
from articles.models.revision import ArticleReading, ArticleRevision
from articles.models.snippet import ContactBlock
from articles.standard import ensure_menus

__all__ = [
    "Article",
    "ArticleEvent",
    "ArticleFaqEntry",
    "ArticleFinding",
    "ArticleReading",
    "ArticleReference",
    "ArticleRevision",
    "Comment",
    "CommentReport",
    "ContactBlock",
    "ContactMessage",
    "HomeFeature",
    "MenuItem",
    "Picture",
    "PictureFile",
    "Redirect",
    "SiteNotice",
    "StaticPage",
    "TaggedArticle",
    "ensure_menus",
]
