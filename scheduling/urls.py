"""Addresses of booking and of the API."""

from django.urls import include, path

from scheduling import views
from scheduling.api import api

booking = [
    path("", views.choose, name="choose"),
    path("where/", views.where, name="where"),
    path("hold/", views.hold, name="hold"),
    path("hold/<slug:key>/", views.details, name="details"),
    path("hold/<slug:key>/release/", views.release, name="release"),
    path("request/<str:token>/", views.answer, name="answer"),
    path("hold/<slug:key>/series/", views.choose_series, name="choose_series"),
    path("hold/<slug:key>/series/details/", views.series_details, name="series_details"),
    path("series/<str:token>/", views.series, name="series"),
    path("series/<str:token>/sessions.ics", views.series_file, name="series_file"),
    path("series/<str:token>/cancel/", views.series_cancel, name="series_cancel"),
    path("session/<str:token>/", views.session, name="session"),
    path("session/<str:token>/session.ics", views.session_calendar, name="calendar"),
    path("session/<str:token>/move/", views.move, name="move"),
    path("session/<str:token>/reminders/", views.reminders, name="reminders"),
    path("session/<str:token>/cancel/", views.cancel, name="cancel"),
]

urlpatterns = [
    path("book/", include((booking, "book"))),
    path("session-calendar/<path:file>", views.session_feed, name="session_feed"),
    path("api/v1/", api.urls),
]
