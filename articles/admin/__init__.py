"""The admin of what is written."""

from articles.admin.ageing import ReviewEventAdmin
from articles.admin.articles import ArticleAdmin
from articles.admin.comments import CommentAdmin
from articles.admin.contact import ContactMessageAdmin
from articles.admin.menu import HomeFeatureAdmin, MenuItemAdmin
from articles.admin.notices import SiteNoticeAdmin
from articles.admin.pages import StaticPageAdmin
from articles.admin.pictures import PictureAdmin
from articles.admin.redirects import RedirectAdmin
from articles.admin.snippets import ContactBlockAdmin

__all__ = [
    "ArticleAdmin",
    "CommentAdmin",
    "ContactBlockAdmin",
    "ContactMessageAdmin",
    "HomeFeatureAdmin",
    "MenuItemAdmin",
    "PictureAdmin",
    "RedirectAdmin",
    "ReviewEventAdmin",
    "SiteNoticeAdmin",
    "StaticPageAdmin",
]
