"""Addresses of what is written. Static pages come last: their one word must not hide another address."""

from django.urls import path

from articles import feeds
from articles.views import articles, comments, contact, pages

app_name = "articles"

urlpatterns = [
    path("articles/", articles.article_list, name="article_list"),
    path("articles/feed/", feeds.article_feed, name="article_feed"),
    path("articles/<int:pk>/", articles.article_detail, name="article_short"),
    path("articles/<int:pk>/comments/", comments.comment_list, name="comment_list"),
    path("articles/<int:pk>/comments/new/", comments.comment_add, name="comment_add"),
    path("comments/<int:pk>/report/", comments.comment_report, name="comment_report"),
    path("articles/<int:pk>/<str:slug>/", articles.article_detail, name="article_detail"),
    path("contact/", contact.contact, name="contact"),
    path("<slug:slug>/", pages.page_detail, name="page_detail"),
]
