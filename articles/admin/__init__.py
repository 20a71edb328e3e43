"""The admin of what is written."""

from articles.admin.articles import ArticleAdmin
from articles.admin.comments import CommentAdmin
from articles.admin.contact import ContactMessageAdmin
from articles.admin.pages import StaticPageAdmin
from articles.admin.pictures import PictureAdmin

__all__ = ["ArticleAdmin", "CommentAdmin", "ContactMessageAdmin", "PictureAdmin", "StaticPageAdmin"]
