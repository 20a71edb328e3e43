"""Addresses of what is asked. The number comes first; the slug is decoration that redirects when it is wrong."""

from django.urls import path

from faq import feeds
from faq.views import advice, ask, concepts, departments, helpful, nearest, physicians, questions, tickets, topics

app_name = "faq"

urlpatterns = [
    path("departments/", departments.department_list, name="department_list"),
    path("departments/<slug:slug>/", departments.department_detail, name="department_detail"),
    path("departments/<slug:slug>/feed/", feeds.department_feed, name="department_feed"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<int:pk>/", topics.topic_detail, name="topic_short"),
    path("topics/<int:pk>/feed/", feeds.topic_feed, name="topic_feed"),
    path("topics/<int:pk>/<str:slug>/", topics.topic_detail, name="topic_detail"),
    path("concepts/<int:pk>/", concepts.concept_detail, name="concept_short"),
    path("concepts/<int:pk>/<str:slug>/", concepts.concept_detail, name="concept_detail"),
    path("questions/", questions.question_list, name="question_list"),
    path("questions/feed/", feeds.question_feed, name="question_feed"),
    path("questions/<int:pk>/", questions.question_detail, name="question_short"),
    path("questions/<int:pk>/-/helpful/", helpful.question_helpful, name="question_helpful"),
    path("questions/<int:pk>/<str:slug>/", questions.question_detail, name="question_detail"),
    path("physicians/<int:pk>/", physicians.physician_detail, name="physician_short"),
    path("physicians/<int:pk>/<str:slug>/", physicians.physician_detail, name="physician_detail"),
    path("ask/", ask.ask, name="ask"),
    path("ask/departments/", advice.ask_departments, name="ask_departments"),
    path("ask/nearest/", nearest.ask_nearest, name="ask_nearest"),
    path("ask/answered/", nearest.ask_answered, name="ask_answered"),
    path("ticket/", tickets.ticket_find, name="ticket_find"),
    path("ticket/<str:secret>/", tickets.ticket_detail, name="ticket_detail"),
    path("ticket/<str:secret>/<slug:act>/", tickets.ticket_act, name="ticket_act"),
]
