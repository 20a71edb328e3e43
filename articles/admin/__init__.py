"""The admin of what is written."""

from articles.admin.articles import ArticleAdmin
from articles.admin.contact import ContactMessageAdmin
from articles.admin.pages import StaticPageAdmin

__all__ = ["ArticleAdmin", "ContactMessageAdmin", "StaticPageAdmin"]
